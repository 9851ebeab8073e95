import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle, IconPoint } from '@tabler/icons-react';
import { useState } from 'react';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { screenLocale, t } from '@app/ui/i18n';
import { listsStale } from '../data/live';
import { keepTicket } from '../data/ticket-cache';
import type { Ticket, TicketSummary } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { OtherTicketField } from './other-ticket-field';

const UNDO_MS = 10_000;

/** This ticket goes on in another one; what that means is read first, and it can be taken back for a day. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [other, setOther] = useState<TicketSummary | null>(null);
  const preview = useQuery({
    queryKey: ['merge-preview', ticket.id, other?.id],
    queryFn: () =>
      call(
        api.GET('/api/v1/tickets/{ticket}/merge-preview', {
          params: { path: { ticket: ticket.id }, query: { into: other!.id } },
        }),
      ),
    enabled: other !== null,
    retry: false,
  });
  const undo = useMutation({
    mutationFn: () => call(api.DELETE('/api/v1/tickets/{ticket}/merge', { params: { path: { ticket: ticket.id } } })),
    onSuccess: (now) => {
      keepTicket(client, now);
      void client.invalidateQueries();
      void navigate({ to: '/t/$ticket', params: { ticket: now.reference } });
    },
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  const merge = useMutation({
    mutationFn: (into: string) =>
      call(
        api.POST('/api/v1/tickets/{ticket}/merge', {
          params: { path: { ticket: ticket.id }, header: { 'If-Match': ifMatch(ticket.version) } },
          body: { into },
        }),
      ),
    onSuccess: ({ source, target }) => {
      keepTicket(client, source);
      keepTicket(client, target);
      for (const key of ['relations', 'messages', 'events']) void client.invalidateQueries({ queryKey: [key] });
      listsStale.set((count) => count + 1);
      toast({
        text: t('acts.merge.done', { reference: target.reference }),
        ms: UNDO_MS,
        action: { label: t('desk.common.undo'), run: () => undo.mutate() },
      });
      onClose();
      void navigate({ to: '/t/$ticket', params: { ticket: target.reference } });
    },
  });
  const obstacle = preview.data?.obstacle ?? null;
  const problem = merge.error ?? preview.error;
  return (
    <Dialog
      title={t('acts.merge.title')}
      onClose={onClose}
      confirm={t('acts.merge.confirm')}
      onConfirm={() => other && merge.mutate(other.id)}
      busy={merge.isPending}
      disabled={!preview.data || obstacle !== null}
      problem={problem ? problemText(problem) : null}
    >
      <OtherTicketField ticket={ticket} label={t('acts.merge.into')} value={other} onChange={setOther} />
      {obstacle !== null && (
        <p className="alert warn" role="alert">
          <Icon of={IconAlertTriangle} />
          {t('acts.merge.obstacle')}
        </p>
      )}
      {preview.data && obstacle === null && (
        <ul className="facts">
          {preview.data.consequences.map((one, at) => (
            <li key={at}>
              <Icon of={IconPoint} size={15} />
              <span>{screenLocale() === 'ar' ? one.ar : one.fr}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
