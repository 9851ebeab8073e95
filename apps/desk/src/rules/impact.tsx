import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { DataTable } from '../ui/data-table';
import { nameOf } from '../ui/names';
import { Reference } from '../ui/reference';
import type { Impact } from './calendar-queries';
import { Figure } from './figure';

interface ImpactPaneProps {
  /** What is asked, as a key. */
  of: readonly unknown[];
  ask: () => Promise<Impact>;
}

/** What a change would do to open promises, before anybody decides. */
export function ImpactPane({ of, ask }: ImpactPaneProps) {
  const { data, error } = useQuery({ queryKey: ['impact', ...of], queryFn: ask, staleTime: 0, retry: false });
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!data) return <p className="mut">{t('rules.impact.counting')}</p>;
  return <ImpactView impact={data} />;
}

type Shown = Omit<Impact, 'definition'>;

/** The figures of an impact; those of the own hub lead to the tickets that they count. */
export function ImpactView({ impact }: { impact: Shown }) {
  const { openClocks, movedTickets, becomeLate, tickets, leftOut } = impact;
  const list = tickets.length > 0 ? '#impact-tickets' : undefined;
  return (
    <div className="stacked" role="status">
      <div className="rl-figures">
        <Figure value={movedTickets} text={t('rules.impact.movedTickets', { n: movedTickets })} href={list} />
        <Figure
          value={becomeLate}
          text={t('rules.impact.becomeLate', { n: becomeLate })}
          href={list}
          warn={becomeLate > 0}
        />
      </div>
      <p className="mut sm">
        {t('rules.impact.moved', { n: impact.movedClocks })} {t('rules.impact.ofOpen', { n: openClocks })}
      </p>
      <ByHub impact={impact} />
      {tickets.length > 0 && (
        <DataTable
          caption={t('rules.impact.tickets')}
          rows={tickets}
          rowKey={(row) => `${row.id} ${row.metric}`}
          empty={null}
          columns={[
            {
              key: 'ticket',
              head: t('rules.impact.ticket'),
              cell: (row) => (
                <>
                  <Link
                    id={row === tickets[0] ? 'impact-tickets' : undefined}
                    to="/t/$ticket"
                    params={{ ticket: row.reference }}
                  >
                    <Reference of={row.reference} className="nw" />
                  </Link>
                  <span className="mut xs u">{t(`desk.metric.${row.metric}`)}</span>
                </>
              ),
            },
            {
              key: 'due',
              head: t('rules.impact.due'),
              cell: (row) => (
                <>
                  {row.before.at && (
                    <span className="mut u nw">
                      {t('rules.impact.before')} <DateTime at={row.before.at} style="dateTime" />
                    </span>
                  )}
                  {row.after.at && (
                    <span className={row.late ? 'u nw rl-late' : 'u nw'}>
                      {t('rules.impact.after')} <DateTime at={row.after.at} style="dateTime" />
                    </span>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
      {leftOut > 0 && tickets.length > 0 && <p className="mut sm">{t('rules.impact.leftOut', { n: leftOut })}</p>}
    </div>
  );
}

/** For the programme, which sees no tickets: where they are. */
function ByHub({ impact: { byHub } }: { impact: Shown }) {
  if (byHub.length < 2 && !byHub.some((one) => one.moved > 0)) return null;
  return (
    <ul className="rl-hubs">
      {byHub.map(({ hub, moved, late }) => (
        <li key={hub.id}>
          <bdi>{nameOf(hub)}</bdi>
          <span className="mut">
            {t('rules.impact.moved', { n: moved })} {late > 0 && t('rules.impact.late', { n: late })}
          </span>
        </li>
      ))}
    </ul>
  );
}
