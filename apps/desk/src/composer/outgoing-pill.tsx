import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { PendingReply } from '../data/queries';
import { toast } from '../ui/toast-store';
import type { DraftKeeper } from './draft-keeper';
import { refreshTicket } from './outgoing';
import { unparkUploads } from './uploads';

const SECOND_MS = 1_000;
/** The server needs a moment after the last second. */
const AFTER_MS = 600;

/** The reply that leaves in a moment, and the way to take it back: its text is then where it was. */
export function OutgoingPill({ reply, keeper }: { reply: PendingReply; keeper: DraftKeeper }) {
  const client = useQueryClient();
  const [now, setNow] = useState(() => Date.now());
  const leavesAt = Date.parse(reply.sendAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS / 4);
    const gone = setInterval(() => Date.now() > leavesAt + AFTER_MS && refreshTicket(client), SECOND_MS);
    return () => {
      clearInterval(timer);
      clearInterval(gone);
    };
  }, [client, leavesAt]);
  const back = useMutation({
    mutationFn: () =>
      call(
        api.DELETE('/api/v1/tickets/{ticket}/pending-replies/{id}', {
          params: { path: { ticket: reply.ticketId, id: reply.id } },
        }),
      ),
    onSuccess: ({ id, body }) => {
      keeper.edit({ text: body });
      unparkUploads(id);
      refreshTicket(client);
    },
    onError: (problem) => {
      toast({ text: problemText(problem), bad: true });
      refreshTicket(client);
    },
  });
  const seconds = Math.max(0, Math.ceil((leavesAt - now) / SECOND_MS));
  return (
    <div className="leaving">
      <div className="leaving-text">
        <UserText text={reply.body} />
      </div>
      <div className="row">
        <span className="toast">
          <span>{t('desk.compose.leaving', { n: seconds })}</span>
          <button type="button" className="act" autoFocus disabled={back.isPending} onClick={() => back.mutate()}>
            {t('desk.common.undo')}
          </button>
        </span>
      </div>
    </div>
  );
}
