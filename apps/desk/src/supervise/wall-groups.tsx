import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { WallSnapshot } from '@app/contract/realtime';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { Language } from '@app/domain/language';
import { hubsQuery, queuesQuery } from '../data/queries';
import { Icon } from '../ui/icon';
import type { InboxSearch } from '../inbox/inbox-search';
import type { ViewId } from '../inbox/views';
import { nameOf } from '../ui/names';

type Group = WallSnapshot['byLanguage'][number];

/** Queues of the hub, or hubs of the programme, then languages: how many wait, are at risk, are late. A figure of one's hub opens its list. */
export function WallGroups({ wall, tv }: { wall: WallSnapshot; tv?: boolean }) {
  const names = useNames(wall);
  const groups = wall.byHub ?? wall.byQueue ?? [];
  const lists = wall.byQueue !== undefined && !tv;
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
            <Row
              key={one.key}
              group={one}
              name={names.get(one.key) ?? '–'}
              list={lists ? { queueId: one.key } : undefined}
            />
          ))}
          {wall.byLanguage.map((one) => (
            <Row
              key={one.key}
              group={one}
              name={t(`supervise.language.${one.key.replace('-', '_')}`)}
              list={lists ? { language: one.key as Language } : undefined}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  group: Group;
  name: string;
  /** What the lists behind its figures are narrowed to. */
  list?: InboxSearch;
}

function Row({ group, name, list }: RowProps) {
  return (
    <tr>
      <th scope="row" className="ell">
        {name}
      </th>
      <Cell n={group.waiting} view="waiting" list={list} />
      <Cell n={group.atRisk} view="soon" list={list} />
      <Cell n={group.late} view="late" list={list} />
      <Cell n={group.open} view="hub" list={list} />
    </tr>
  );
}

/** Blue by quantity; lateness has its sign beside it. */
function Cell({ n, view, list }: { n: number; view: ViewId; list?: InboxSearch }) {
  const depth = n === 0 ? 'none' : n < 3 ? 'few' : n < 10 ? 'some' : 'many';
  const figure = (
    <>
      <Bidi>{n}</Bidi>
      {view === 'late' && n > 0 && <Icon of={IconAlertTriangle} size={14} />}
    </>
  );
  return (
    <td className={`c ${depth}`}>
      {list && n > 0 ? (
        <Link to="/inbox/$view" params={{ view }} search={list}>
          {figure}
        </Link>
      ) : (
        figure
      )}
    </td>
  );
}

function useNames(wall: WallSnapshot): Map<string, string> {
  const { data: hubs } = useQuery({ ...hubsQuery, enabled: wall.byHub !== undefined });
  const { data: queues } = useQuery({ ...queuesQuery, enabled: wall.byQueue !== undefined });
  const named = [...(hubs?.items ?? []), ...(queues?.items ?? [])];
  return new Map(named.map((one) => [one.id, nameOf(one)]));
}
