import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { useMay } from '../session/me';
import { DataTable } from '../ui/data-table';
import { wordsOf } from './figure';

interface Asked {
  hubId: string;
  from?: string;
  to?: string;
}

const firstContactQuery = (query: Asked) => ({
  queryKey: ['calls', 'first-contact', query.hubId, query.from ?? null, query.to ?? null],
  queryFn: () => call(api.GET('/api/v1/reports/first-contact', { params: { query } })),
});

/** Questions that one contact settled, with those that came back. */
export function FirstContactPart(asked: Asked) {
  const may = useMay();
  const { data } = useQuery({ ...firstContactQuery(asked), enabled: may('reports:plan') });
  if (!data) return null;
  const shares = [
    ['resolved', data.resolved],
    ['withoutEscalation', data.withoutEscalation],
  ] as const;
  return (
    <section className="card" aria-label={wordsOf(data.name)}>
      <h2>{wordsOf(data.name)}</h2>
      <div className="figures part">
        {shares.map(([key, { part, whole, value }]) => (
          <div className="card figure" key={key}>
            <span className="mut sm">{t(`supervise.contact.${key}`)}</span>
            <span className="big">
              {value === null ? (
                <span className="mut">{t('supervise.report.noData')}</span>
              ) : (
                <Bidi>{formatPercent(value, 1)}</Bidi>
              )}
            </span>
            <span className="mut xs">
              <Bidi>
                {formatNumber(part)}/{formatNumber(whole)}
              </Bidi>
            </span>
            <span className="xs mut">{wordsOf(data.formula)}</span>
            <span className="tagl">{t('supervise.calls.basis.measured')}</span>
          </div>
        ))}
      </div>
      {data.unsettled > 0 && <p className="mut sm part">{t('supervise.contact.unsettled', { n: data.unsettled })}</p>}
      <DataTable
        caption={t('supervise.contact.list')}
        rows={data.items}
        rowKey={(one) => one.ticketId}
        empty={null}
        columns={[
          {
            key: 'reference',
            head: t('supervise.contact.question'),
            cell: (one) => <Ticket reference={one.reference} />,
          },
          {
            key: 'closed',
            head: t('supervise.contact.closed'),
            cell: (one) => <DateTime at={one.closedAt} style="dateTime" />,
          },
          {
            key: 'why',
            head: t('supervise.contact.why'),
            cell: (one) => (
              <>
                {one.escalated && <span className="tagl">{t('supervise.contact.escalated')}</span>}{' '}
                {one.repeatReference !== null && (
                  <>
                    {t('supervise.contact.again')} <Ticket reference={one.repeatReference} />
                  </>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

function Ticket({ reference }: { reference: string }) {
  return (
    <Link to="/t/$ticket" params={{ ticket: reference }}>
      <Bidi>{reference}</Bidi>
    </Link>
  );
}
