import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconUserPlus } from '@tabler/icons-react';
import type { WallSnapshot } from '@app/contract/realtime';
import { UserLine, UserName } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { SlaChip } from '@app/ui/sla-chip';
import type { TicketSummary } from '../data/queries';
import { fromOf } from '../inbox/ticket-row';
import { nearestClock } from '../inbox/who-moves';
import { useMay } from '../session/me';
import { dotOf } from '../shell/presence-switch';
import { assign, useTicketAct } from '../ticket/ticket-acts';
import { Avatar } from '../ui/avatar';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Reference } from '../ui/reference';

type WallAgent = NonNullable<WallSnapshot['agents']>[number];

/** The ten that will be late first. On television without names of associations. */
export function WallNext({ wall, tv }: { wall: WallSnapshot; tv?: boolean }) {
  const rows = (wall.nextToBreach ?? []) as TicketSummary[];
  return (
    <section className="card grow wall-next" aria-label={t('supervise.next.title')}>
      <h2>{t('supervise.next.title')}</h2>
      {rows.length === 0 && <p className="mut pad">{t('supervise.next.none')}</p>}
      {rows.map((row) => {
        const clock = nearestClock(row);
        return (
          <div key={row.id} className="nb">
            <span>{clock && <SlaChip clock={clock} />}</span>
            <span className="ell">
              {tv ? (
                <Reference of={row.reference} className="b" />
              ) : (
                <Link to="/t/$ticket" params={{ ticket: row.reference }} className="row">
                  <Reference of={row.reference} className="b" />
                  <UserLine text={`${row.subject} · ${fromOf(row)}`} cut className="ell" />
                </Link>
              )}
            </span>
            <Owner row={row} agents={wall.agents ?? []} tv={tv} />
          </div>
        );
      })}
    </section>
  );
}

function Owner({ row, agents, tv }: { row: TicketSummary; agents: readonly WallAgent[]; tv?: boolean }) {
  const may = useMay();
  const act = useTicketAct((to: string) => assign(row, to));
  const name = row.assignee?.name;
  if (tv || !may('tickets:assign') || agents.length === 0) {
    if (name && !tv) return <Avatar id={row.assignee!.id} name={name} size={24} />;
    return (
      <span className={name ? 'mut' : 'b urgent'}>{t(name ? 'supervise.next.assigned' : 'supervise.next.nobody')}</span>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {name ? (
          <button type="button" className="btn q small" aria-label={t('supervise.next.reassign', { name })}>
            <Avatar id={row.assignee!.id} name={name} size={24} />
          </button>
        ) : (
          <Btn small look="tint" busy={act.isPending}>
            <Icon of={IconUserPlus} size={15} />
            {t('supervise.next.assign')}
          </Btn>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {agents.map((agent) => (
          <Menu.Item
            key={agent.accountId}
            leftSection={<span className={dotOf(agent.presence, agent.activity)} />}
            disabled={agent.accountId === row.assignee?.id}
            onClick={() => act.mutate(agent.accountId)}
          >
            <UserName text={agent.name} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
