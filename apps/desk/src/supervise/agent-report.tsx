import { useQuery } from '@tanstack/react-query';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import type { paths } from '@app/contract/openapi';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { Definitions, Headline } from './report-parts';
import { agentGroupOf, periodOf, type ReportSearch } from './report-search';
import { ReportTable } from './report-table';

type Query = paths['/api/v1/reports/agents/list']['get']['parameters']['query'];

/** Time of people: occupancy, adherence to the plan, and what they consist of. In the order of names or of time, never a ranking. */
export function AgentReport({ search }: { search: ReportSearch }) {
  const [list, setList] = useState<{ title: string; list: string } | null>(null);
  const query = { ...periodOf(search), by: agentGroupOf(search), ...(search.hub ? { hubId: search.hub } : {}) };
  const { data: report, error } = useQuery({
    queryKey: ['agent-report', query],
    queryFn: () => call(api.GET('/api/v1/reports/agents', { params: { query } })),
  });
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!report) return null;
  if (report.rows.length === 0) {
    return <Empty icon={IconUsers} title={t('supervise.report.nobody')} text={t('supervise.report.nobodyText')} />;
  }
  return (
    <>
      <Headline report={report} onList={setList} />
      <section className="card">
        <ReportTable report={report} onList={setList} />
      </section>
      <Definitions report={report} />
      {list && <StretchList {...list} onClose={() => setList(null)} />}
    </>
  );
}

/** The stretches of time behind one figure; `list` is the address that the figure itself names. */
function StretchList({ title, list, onClose }: { title: string; list: string; onClose: () => void }) {
  const asked = Object.fromEntries(new URLSearchParams(list.split('?')[1]));
  const { data, error } = useQuery({
    queryKey: ['agent-list', list],
    queryFn: () => call(api.GET('/api/v1/reports/agents/list', { params: { query: asked as unknown as Query } })),
  });
  return (
    <Dialog title={title} onClose={onClose} wide>
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && (
        <DataTable
          caption={title}
          rows={data.items}
          rowKey={(row) => `${row.accountId} ${row.from}`}
          empty={<p className="mut">{t('supervise.report.noStretches')}</p>}
          columns={[
            { key: 'name', head: t('supervise.by.agent'), cell: (row) => <UserName text={row.name} /> },
            {
              key: 'from',
              head: t('supervise.report.from'),
              cell: (row) => <DateTime at={row.from} style="dateTime" />,
            },
            {
              key: 'long',
              head: t('supervise.report.long'),
              cell: (row) => <bdi className="nw">{shortDuration(Date.parse(row.to) - Date.parse(row.from))}</bdi>,
            },
            {
              key: 'presence',
              head: t('supervise.report.presence'),
              cell: (row) => t(`desk.presence.${row.presence}`),
            },
            { key: 'doing', head: t('supervise.report.doing'), cell: (row) => t(`supervise.doing.${row.doing}`) },
            {
              key: 'planned',
              head: t('supervise.report.planned'),
              cell: (row) =>
                row.planned && (
                  <span className={row.asPlanned ? undefined : 'warn'}>
                    {t(`supervise.planned.${row.planned}`)}
                    {!row.asPlanned && ` · ${t('supervise.report.notAsPlanned')}`}
                  </span>
                ),
            },
          ]}
        />
      )}
      {data?.more && <p className="mut sm">{t('supervise.report.more', { n: data.items.length })}</p>}
    </Dialog>
  );
}
