import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { api, call, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { validationsQuery, type Ticket, type Validation } from '../data/queries';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import type { DraftKeeper } from './draft-keeper';
import { refreshTicket } from './outgoing';

/** Where an answer stands that somebody else reads before it leaves. */
export function ValidationState({ ticket, keeper }: { ticket: Ticket; keeper: DraftKeeper }) {
  const { data } = useQuery({ ...validationsQuery(ticket.id), enabled: ticket.needsValidation });
  const [latest] = [...(data?.items ?? [])].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  if (latest?.state === 'waiting') return <WaitingVerdict validation={latest} keeper={keeper} />;
  if (latest?.state === 'refused') return <Refused validation={latest} keeper={keeper} />;
  return null;
}

function WaitingVerdict({ validation, keeper }: { validation: Validation; keeper: DraftKeeper }) {
  const client = useQueryClient();
  const { accountId } = useMe();
  const withdraw = useMutation({
    mutationFn: () =>
      call(
        api.DELETE('/api/v1/tickets/{ticket}/validations/{id}', {
          params: { path: { ticket: validation.ticketId, id: validation.id } },
        }),
      ),
    onSuccess: ({ body }) => keeper.edit({ text: body }),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: () => refreshTicket(client),
  });
  return (
    <div className="alert" role="status">
      <Icon of={IconShieldCheck} />
      <span className="grow">{t('desk.validation.waits')}</span>
      {validation.author.id === accountId && (
        <Btn small busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('desk.validation.withdraw')}
        </Btn>
      )}
    </div>
  );
}

function Refused({ validation, keeper }: { validation: Validation; keeper: DraftKeeper }) {
  return (
    <div className="alert warn" role="status">
      <Icon of={IconShieldX} />
      <div className="grow">
        <span className="b">{t('desk.validation.refused', { name: validation.decidedBy?.name ?? '' })}</span>
        {validation.remarks && <UserText text={validation.remarks} />}
      </div>
      {keeper.state.get().text === '' && (
        <Btn small onClick={() => keeper.edit({ text: validation.body })}>
          {t('desk.compose.takeUp')}
        </Btn>
      )}
    </div>
  );
}
