import { DateTime } from '@app/ui/date-time';
import { Bidi, UserName } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { DataTable } from '../ui/data-table';
import { FigureText, wordsOf } from './figure';
import type { Report } from './report-search';

/** What reports of all kinds have in common. */
export interface Tabular {
  by: Report['by'];
  metrics: (Pick<Report['metrics'][number], 'unit' | 'name' | 'definition' | 'formula'> & { metric: string })[];
  total: TabularFigure[];
  rows: { key: string; name: { fr: string; ar: string } | null; figures: TabularFigure[] }[];
}
interface TabularFigure {
  metric: string;
  value: number | null;
  n: number;
  few: boolean;
  list: string | null;
}

type Row = Tabular['rows'][number];

interface ReportTableProps {
  report: Tabular;
  onList: (list: { title: string; list: string }) => void;
}

const shortDay = (key: string): string => `${key.slice(8, 10)}/${key.slice(5, 7)}/${key.slice(0, 4)}`;

function RowName({ row, by }: { row: Row; by: Tabular['by'] }) {
  // Local hours and months are shown as they are named: no instant stands behind them.
  if (by === 'half_hour' || by === 'hour') return <Bidi>{`${shortDay(row.key)} ${row.key.slice(11)}`}</Bidi>;
  if (by === 'month') return <Bidi>{`${row.key.slice(5, 7)}/${row.key.slice(0, 4)}`}</Bidi>;
  if (by === 'week') return <Bidi>{shortDay(row.key)}</Bidi>;
  if (by === 'day') return <DateTime at={`${row.key}T12:00:00Z`} />;
  // People of other hubs who lent a hand have no name here.
  if (!row.name) return t('supervise.report.other');
  return by === 'agent' ? <UserName text={row.name.fr} /> : wordsOf(row.name);
}

/** Every figure of every row; each opens the tickets behind it. */
export function ReportTable({ report, onList }: ReportTableProps) {
  return (
    <DataTable
      caption={t('supervise.report.title')}
      rows={report.rows}
      rowKey={(row) => row.key}
      empty={null}
      columns={[
        {
          key: 'name',
          head: t(`supervise.by.${report.by}`),
          cell: (row: Row) => <RowName row={row} by={report.by} />,
        },
        ...report.metrics.map((metric) => ({
          key: metric.metric,
          head: wordsOf(metric.name),
          numeric: true,
          cell: (row: Row) => {
            const figure = row.figures.find((one) => one.metric === metric.metric)!;
            const text = <FigureText figure={figure} unit={metric.unit} />;
            if (!figure.list || figure.n === 0) return text;
            const list = figure.list;
            return (
              <button type="button" className="btn link" onClick={() => onList({ title: wordsOf(metric.name), list })}>
                {text}
              </button>
            );
          },
        })),
      ]}
    />
  );
}
