import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChartLine, IconReportAnalytics, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { shortDuration } from '@app/ui/dates';
import { isolate, plain, t } from '@app/ui/i18n';
import { useMay } from '../session/me';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { AgentReport } from './agent-report';
import { HubChoice } from './hub-choice';
import { ReportExport } from './report-export';
import { ReportFilters } from './report-filters';
import { ReportList } from './report-list';
import { Definitions, Headline } from './report-parts';
import { periodOf, type Figure, type Metric, type Report, type ReportSearch } from './report-search';
import { ReportTable } from './report-table';
import '../styles/report.css';

const ReportChart = lazy(() => import('./report-chart').then((found) => ({ default: found.ReportChart })));

/** What a screen of response times shows, in opening hours or in elapsed time. */
function shownMetrics(time: ReportSearch['time']): Metric[] {
  const infix = time === 'calendar' ? 'calendar_' : '';
  return [
    'created',
    'first_response_kept',
    `first_response_${infix}median`,
    `first_response_${infix}p90`,
    'resolution_kept',
    `resolution_${infix}median`,
    `resolution_${infix}p90`,
    'next_response_kept',
    `next_response_${infix}median`,
    `next_response_${infix}p90`,
    'holding_kept',
    `holding_${infix}median`,
    `holding_${infix}p90`,
    'service_level_answered',
    'service_level_created',
    'reopened',
    'transferred',
  ] as Metric[];
}

const reportOf = (search: ReportSearch) => ({
  queryKey: ['report', search],
  queryFn: () =>
    call(
      api.GET('/api/v1/reports/tickets', {
        params: {
          query: {
            ...periodOf(search),
            by: search.by ?? 'day',
            metric: shownMetrics(search.time),
            ...(search.hub ? { hubId: search.hub } : {}),
          },
        },
        querySerializer: { array: { style: 'form', explode: false } },
      }),
    ),
});

export function ReportScreen() {
  const search = useSearch({ strict: false }) as ReportSearch;
  const { show, ...asked } = search;
  const navigate = useNavigate();
  const may = useMay();
  const people = search.of === 'agents';
  const { data: report, error } = useQuery({ ...reportOf(asked), enabled: !people });
  const go = (next: ReportSearch) => void navigate({ to: '/sup/reports', search: { ...search, ...next } });
  return (
    <Page
      title={t('supervise.report.title')}
      tools={may('reports:export') && <ReportExport key={JSON.stringify(asked)} search={asked} />}
    >
      <div className="stacked">
        <ReportFilters
          search={asked}
          onChange={go}
          hubs={<HubChoice hub={asked.hub} onChange={(hub) => go({ hub })} />}
        />
        {error && <p className="alert warn">{problemText(error)}</p>}
        {people && <AgentReport search={asked} />}
        {report && !people && <ReportBody report={report} search={search} onShow={(next) => go({ show: next })} />}
      </div>
    </Page>
  );
}

interface ReportBodyProps {
  report: Report;
  search: ReportSearch;
  onShow: (show: 'table' | undefined) => void;
}

function ReportBody({ report, search: { show, time }, onShow }: ReportBodyProps) {
  const [list, setList] = useState<{ title: string; list: string } | null>(null);
  if (report.rows.length === 0) {
    return (
      <Empty icon={IconReportAnalytics} title={t('supervise.report.none')} text={t('supervise.report.noneText')} />
    );
  }
  const byDay = report.by === 'day';
  return (
    <>
      <Headline report={report} onList={setList} />
      <section className="card">
        <h2>
          {summaryOf(report, time)}
          {byDay && <ShowChoice table={show === 'table'} onChange={onShow} />}
        </h2>
        {byDay && show !== 'table' ? (
          <Suspense fallback={<div className="chart" />}>
            <ReportChart report={report} time={time ?? 'business'} />
          </Suspense>
        ) : (
          <ReportTable report={report} onList={setList} />
        )}
      </section>
      <Definitions report={report} />
      {list && <ReportList {...list} onClose={() => setList(null)} />}
    </>
  );
}

/** The whole report in one sentence. */
function summaryOf({ total }: Report, time: ReportSearch['time']): string {
  const of = (metric: string): Figure | undefined => total.find((one) => one.metric === metric);
  const median = of(`first_response_${time === 'calendar' ? 'calendar_' : ''}median`)?.value;
  const n = of('created')?.value ?? 0;
  return median === null || median === undefined
    ? t('supervise.report.summaryShort', { n })
    : plain('supervise.report.summary', {
        count: t('supervise.report.summaryShort', { n }),
        median: isolate(shortDuration(median * 60_000)),
      });
}

function ShowChoice({ table, onChange }: { table: boolean; onChange: (show: 'table' | undefined) => void }) {
  return (
    <span className="seg end">
      <button type="button" aria-pressed={!table} onClick={() => onChange(undefined)}>
        <Icon of={IconChartLine} size={15} />
        {t('supervise.report.chart')}
      </button>
      <button type="button" aria-pressed={table} onClick={() => onChange('table')}>
        <Icon of={IconTable} size={15} />
        {t('supervise.report.table')}
      </button>
    </span>
  );
}
