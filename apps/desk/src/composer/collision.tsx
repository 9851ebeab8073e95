import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import type { PendingReply, Ticket } from '../data/queries';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import type { DraftKeeper } from './draft-keeper';
import { refreshTicket } from './outgoing';

function showNewest({ lastMessageId }: Ticket): void {
  document.getElementById(`message-${lastMessageId}`)?.scrollIntoView({ block: 'center' });
}

interface CollisionProps {
  ticket: Ticket;
  /** A newer message came in since writing began. */
  isBehind: boolean;
  /** The server refused what was just sent. */
  isRefused: boolean;
  onRead: () => void;
  onForce: () => void;
}

/** Somebody wrote meanwhile: read first, or send all the same. */
export function Collision({ ticket, isBehind, isRefused, onRead, onForce }: CollisionProps) {
  if (!isRefused && !isBehind) return null;
  const read = () => {
    onRead();
    showNewest(ticket);
  };
  return (
    <div className="alert warn" role="alert">
      <Icon of={IconAlertTriangle} />
      <span className="grow">{t(isRefused ? 'desk.compose.refused' : 'desk.compose.behind')}</span>
      <Btn small onClick={read}>
        {t('desk.compose.read')}
      </Btn>
      {isRefused && (
        <Btn small onClick={onForce}>
          {t('desk.compose.force')}
        </Btn>
      )}
    </div>
  );
}

/** A reply that was handed over and did not leave: its text comes back into the editor. */
export function HeldBack({ reply, keeper }: { reply: PendingReply; keeper: DraftKeeper }) {
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () =>
      call(
        api.DELETE('/api/v1/tickets/{ticket}/pending-replies/{id}', {
          params: { path: { ticket: reply.ticketId, id: reply.id } },
        }),
      ),
    onSuccess: ({ body }) => keeper.edit({ text: body }),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: () => refreshTicket(client),
  });
  return (
    <div className="alert warn" role="alert">
      <Icon of={IconAlertTriangle} />
      <span className="grow">{t('desk.compose.heldBack')}</span>
      <Btn small busy={back.isPending} onClick={() => back.mutate()}>
        {t('desk.compose.takeUp')}
      </Btn>
    </div>
  );
}
