import type { ReactNode } from 'react';
import { t } from '@app/ui/i18n';

export interface Column<T> {
  key: string;
  /** Empty: buttons. */
  head: string;
  cell: (row: T) => ReactNode;
  /** Figures stand at the end of their column. */
  numeric?: boolean;
  /** Share of the table; when columns say one, tables below each other stand in line. */
  width?: string;
}

interface DataTableProps<T> {
  /** For screen readers: what the table lists. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  empty: ReactNode;
}

/** A plain table; long ones scroll sideways inside their own box, never the page. */
export function DataTable<T>({ caption, columns, rows, rowKey, empty }: DataTableProps<T>) {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div className="card scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <table className={columns.some((one) => one.width) ? 'tbl even' : 'tbl'}>
        <caption className="sr">{caption}</caption>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={width ? { inlineSize: width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.numeric ? 'num' : undefined}>
                {column.head || <span className="sr">{t('desk.common.acts')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.numeric ? 'num' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
