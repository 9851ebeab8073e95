import { useQuery } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { clockText } from '../calls/call-bits';
import { useMay } from '../session/me';
import { DataTable } from '../ui/data-table';
import { wordsOf } from './figure';

const HALF_HOURS = 2;

const staffingQuery = (hubId: string) => ({
  queryKey: ['calls', 'staffing', hubId],
  queryFn: () => call(api.GET('/api/v1/reports/calls/staffing', { params: { query: { hubId } } })),
});

/** Agents that the hub's real calls would need in its busiest half-hours. */
export function StaffingPart({ hubId }: { hubId: string }) {
  const may = useMay();
  const { data, error } = useQuery({ ...staffingQuery(hubId), enabled: may('reports:plan') });
  if (error) {
    return (
      <section className="card calls-staffing">
        <h2>{t('supervise.calls.staffing')}</h2>
        <p className="part mut">{t('supervise.calls.tooShort')}</p>
      </section>
    );
  }
  if (!data) return null;
  const days = t('supervise.calls.weekdays').split('|');
  return (
    <section className="card calls-staffing">
      <h2>{t('supervise.calls.staffing')}</h2>
      <div className="part stacked">
        <p className="mut sm">{wordsOf(data.definition)}</p>
        {data.patienceSeconds !== null && (
          <p className="sm">
            {t('supervise.calls.patience')} <Bidi>{clockText(data.patienceSeconds * 1_000)}</Bidi>
          </p>
        )}
        <p className="sm">
          {t('supervise.calls.history', { n: data.calls })} ·{' '}
          {data.handleSeconds === null ? (
            t('supervise.calls.tooFew')
          ) : (
            <Bidi>{clockText(data.handleSeconds * 1_000)}</Bidi>
          )}{' '}
          · {t(`supervise.calls.basis.${data.basis}`)}
        </p>
        <DataTable
          caption={t('supervise.calls.busiest')}
          rows={data.busiest}
          rowKey={(one) => `${one.weekday} ${one.interval}`}
          empty={null}
          columns={[
            {
              key: 'when',
              head: t('supervise.calls.busiest'),
              cell: (one) => (
                <>
                  {days[one.weekday - 1]} <Bidi>{halfHour(one.interval)}</Bidi>
                </>
              ),
            },
            {
              key: 'load',
              head: t('supervise.calls.perHour'),
              numeric: true,
              cell: (one) => formatNumber(one.callsPerHour, 1),
            },
          ]}
        />
        <Options options={data.options} />
      </div>
    </section>
  );
}

function Options({ options }: { options: components['schemas']['CallStaffingOption'][] }) {
  return (
    <DataTable
      caption={t('supervise.calls.options')}
      rows={options}
      rowKey={(one) => String(one.agents)}
      empty={<p className="mut">{t('supervise.calls.tooFew')}</p>}
      columns={[
        {
          key: 'agents',
          head: t('supervise.calls.agents'),
          numeric: true,
          cell: (one) => formatNumber(one.agents),
        },
        {
          key: 'roster',
          head: t('supervise.calls.roster'),
          numeric: true,
          cell: (one) => formatNumber(one.roster),
        },
        {
          key: 'level',
          head: t('supervise.calls.expected'),
          numeric: true,
          cell: (one) => <Bidi>{formatPercent(one.serviceLevel)}</Bidi>,
        },
        {
          key: 'occupancy',
          head: t('supervise.calls.occupancy'),
          numeric: true,
          cell: (one) => <Bidi>{formatPercent(one.occupancy)}</Bidi>,
        },
        {
          key: 'patient',
          head: t('supervise.calls.patient'),
          numeric: true,
          cell: ({ patient }) =>
            patient === null ? (
              '–'
            ) : (
              <Bidi>
                {formatPercent(patient.serviceLevel)} / {formatPercent(patient.abandoned, 1)}
              </Bidi>
            ),
        },
        {
          key: 'warnings',
          head: t('supervise.calls.warnings'),
          cell: (one) => one.warnings.map((warning) => t(`supervise.calls.warning.${warning}`)).join(' · '),
        },
      ]}
    />
  );
}

function halfHour(interval: number): string {
  return `${String(Math.floor(interval / HALF_HOURS)).padStart(2, '0')}:${interval % HALF_HOURS === 0 ? '00' : '30'}`;
}
