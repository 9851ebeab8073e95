import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, call, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { paths } from '@app/contract/openapi';
import { fromOf } from '../inbox/ticket-row';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Reference } from '../ui/reference';

type Query = paths['/api/v1/reports/tickets/list']['get']['parameters']['query'];

const MOST = 100;

/** The tickets behind one figure; `list` is the address that the figure itself names. */
export function ReportList({ title, list, onClose }: { title: string; list: string; onClose: () => void }) {
  const asked = Object.fromEntries(new URLSearchParams(list.split('?')[1]));
  const { data, error } = useQuery({
    queryKey: ['report-list', list],
    queryFn: () =>
      call(
        api.GET('/api/v1/reports/tickets/list', { params: { query: { ...asked, limit: MOST } as unknown as Query } }),
      ),
  });
  return (
    <Dialog title={title} onClose={onClose} wide>
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && (
        <DataTable
          caption={title}
          rows={data.items}
          rowKey={(row) => row.id}
          empty={<p className="mut">{t('supervise.report.noTickets')}</p>}
          columns={[
            {
              key: 'reference',
              head: t('supervise.report.reference'),
              cell: (row) => (
                <Link to="/t/$ticket" params={{ ticket: row.reference }}>
                  <Reference of={row.reference} className="nw" />
                </Link>
              ),
            },
            {
              key: 'subject',
              head: t('supervise.report.subject'),
              cell: (row) => <UserLine text={`${row.subject} · ${fromOf(row)}`} />,
            },
            { key: 'opened', head: t('supervise.report.opened'), cell: (row) => <DateTime at={row.openedAt} /> },
          ]}
        />
      )}
      {data?.nextCursor && <p className="mut sm">{t('supervise.report.more', { n: MOST })}</p>}
    </Dialog>
  );
}
