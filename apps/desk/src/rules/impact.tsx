import { useQuery } from '@tanstack/react-query';
import { problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { DataTable } from '../ui/data-table';
import { Reference } from '../ui/reference';
import type { Impact } from './calendar-queries';

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
  return (
    <>
      <p className={data.becomeLate > 0 ? 'alert warn' : 'alert'} role="status">
        {t('rules.impact.moved', { n: data.movedClocks })} {t('rules.impact.late', { n: data.becomeLate })}
      </p>
      {data.tickets.length > 0 && (
        <DataTable
          caption={t('rules.impact.tickets')}
          rows={data.tickets}
          rowKey={(row) => `${row.id} ${row.metric}`}
          empty={null}
          columns={[
            { key: 'ticket', head: t('rules.impact.ticket'), cell: (row) => <Reference of={row.reference} /> },
            {
              key: 'before',
              head: t('rules.impact.before'),
              cell: (row) => row.before.at && <DateTime at={row.before.at} style="dateTime" />,
            },
            {
              key: 'after',
              head: t('rules.impact.after'),
              cell: (row) => row.after.at && <DateTime at={row.after.at} style="dateTime" />,
            },
          ]}
        />
      )}
    </>
  );
}
