import { LineChart } from '@mantine/charts';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import type { Report } from './report-search';
import '@mantine/charts/styles.layer.css';

interface ReportChartProps {
  report: Report;
  time: 'business' | 'calendar';
}

/** Median and ninetieth percentile of the first response by day. A chart of time is never mirrored. */
export function ReportChart({ report, time }: ReportChartProps) {
  const infix = time === 'calendar' ? 'calendar_' : '';
  const of = (row: Report['rows'][number], metric: string): number | null =>
    row.figures.find((one) => one.metric === metric)?.value ?? null;
  const data = report.rows.map((row) => ({
    day: `${row.key.slice(8, 10)}/${row.key.slice(5, 7)}`,
    median: of(row, `first_response_${infix}median`),
    p90: of(row, `first_response_${infix}p90`),
  }));
  return (
    <div dir="ltr" className="chart">
      <LineChart
        h={260}
        data={data}
        dataKey="day"
        withLegend
        connectNulls
        curveType="linear"
        valueFormatter={(minutes) => shortDuration(minutes * 60_000)}
        series={[
          { name: 'median', label: t('supervise.report.median'), color: 'var(--brand)' },
          { name: 'p90', label: t('supervise.report.p90'), color: 'var(--faint)', strokeDasharray: '5 4' },
        ]}
        yAxisProps={{ width: 64 }}
      />
    </div>
  );
}
