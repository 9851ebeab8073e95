import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { WallSnapshot } from '@app/contract/realtime';
import { api, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';

type Group = WallSnapshot['byLanguage'][number];

/** Queues of the hub, or hubs of the programme, then languages: how many wait, are at risk, are late. */
export function WallGroups({ wall }: { wall: WallSnapshot }) {
  const names = useNames(wall);
  const groups = wall.byHub ?? wall.byQueue ?? [];
  const title = t(wall.byHub ? 'supervise.groups.hubs' : 'supervise.groups.queues');
  return (
    <section className="card">
      <h2>{title}</h2>
      <table className="hm">
        <caption className="sr">{title}</caption>
        <thead>
          <tr>
            <td />
            {(['waiting', 'atRisk', 'late', 'open'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`supervise.groups.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => (
            <Row key={one.key} group={one} name={names.get(one.key) ?? '–'} />
          ))}
          {wall.byLanguage.map((one) => (
            <Row key={one.key} group={one} name={t(`supervise.language.${one.key.replace('-', '_')}`)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ group, name }: { group: Group; name: string }) {
  return (
    <tr>
      <th scope="row" className="ell">
        {name}
      </th>
      <Cell n={group.waiting} />
      <Cell n={group.atRisk} />
      <Cell n={group.late} late />
      <Cell n={group.open} />
    </tr>
  );
}

/** Blue by quantity; lateness has its sign beside it. */
function Cell({ n, late }: { n: number; late?: boolean }) {
  const depth = n === 0 ? 'none' : n < 3 ? 'few' : n < 10 ? 'some' : 'many';
  return (
    <td className={`c ${depth}`}>
      <Bidi>{n}</Bidi>
      {late && n > 0 && <Icon of={IconAlertTriangle} size={14} />}
    </td>
  );
}

function useNames(wall: WallSnapshot): Map<string, string> {
  const { data: hubs } = useQuery({ ...hubsQuery, enabled: wall.byHub !== undefined });
  const { data: queues } = useQuery({
    queryKey: ['queues'],
    queryFn: () => call(api.GET('/api/v1/queues')),
    staleTime: 3_600_000,
    enabled: wall.byQueue !== undefined,
  });
  const named = [...(hubs?.items ?? []), ...(queues?.items ?? [])];
  return new Map(named.map((one) => [one.id, nameOf(one)]));
}
