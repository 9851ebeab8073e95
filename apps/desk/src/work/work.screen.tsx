import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconBriefcase } from '@tabler/icons-react';
import { api, call, problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { workQuery } from '../data/queries';
import { PresenceSwitch } from '../shell/presence-switch';
import { Btn } from '../ui/button';
import { Reference } from '../ui/reference';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Page } from '../ui/page';
import { toast } from '../ui/toast-store';
import { useTakeNext } from './use-take-next';

/** What one has in hand, and the next piece. */
export function WorkScreen() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data } = useQuery(workQuery);
  const next = useTakeNext(
    (reference) => reference && void navigate({ to: '/t/$ticket', params: { ticket: reference } }),
  );
  const finish = useMutation({
    mutationFn: (id: string) => call(api.POST('/api/v1/work/{id}/complete', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['work'] }),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  const takeNext = (
    <Btn look="primary" busy={next.isPending} onClick={() => next.mutate()}>
      {t('desk.work.next')}
    </Btn>
  );
  return (
    <Page
      title={t('desk.work.title')}
      tools={
        <>
          <PresenceSwitch />
          {data && data.items.length > 0 && takeNext}
        </>
      }
    >
      {data && (
        <DataTable
          caption={t('desk.work.title')}
          rows={data.items}
          rowKey={(row) => row.id}
          empty={
            <Empty icon={IconBriefcase} title={t('desk.work.none')} text={t('desk.work.noneText')} action={takeNext} />
          }
          columns={[
            { key: 'what', head: t('desk.work.what'), cell: (row) => t(`desk.work.kind.${row.kind}`) },
            {
              key: 'ticket',
              head: t('desk.work.ticket'),
              cell: (row) =>
                row.reference && (
                  <Link to="/t/$ticket" params={{ ticket: row.reference }}>
                    <Reference of={row.reference} />
                  </Link>
                ),
            },
            { key: 'state', head: t('desk.work.state'), cell: (row) => t(`desk.work.state.${row.state}`) },
            {
              key: 'since',
              head: t('desk.work.since'),
              cell: (row) => <DateTime at={row.stateSince} style="recent" />,
            },
            {
              key: 'finish',
              head: '',
              numeric: true,
              cell: (row) => (
                <Btn small busy={finish.isPending} onClick={() => finish.mutate(row.id)}>
                  {t(row.state === 'wrap_up' ? 'desk.work.finishWrapUp' : 'desk.work.finish')}
                </Btn>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
