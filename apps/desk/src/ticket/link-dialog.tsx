import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CHOSEN_LINKS, type ChosenLink } from '@app/domain/collaboration';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import type { Ticket, TicketSummary } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Choices } from '../ui/field';
import { toast } from '../ui/toast-store';
import { OtherTicketField } from './other-ticket-field';

/** Two tickets that have to do with each other; each goes on by itself. */
export function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const client = useQueryClient();
  const [other, setOther] = useState<TicketSummary | null>(null);
  const [kind, setKind] = useState<ChosenLink>(CHOSEN_LINKS[0]);
  const path = { ticket: ticket.id };
  const refresh = () => void client.invalidateQueries({ queryKey: ['relations'] });
  const undo = useMutation({
    mutationFn: (id: string) =>
      call(api.DELETE('/api/v1/tickets/{ticket}/links/{id}', { params: { path: { ...path, id } } })),
    onSuccess: refresh,
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  const link = useMutation({
    mutationFn: (to: string) =>
      call(api.POST('/api/v1/tickets/{ticket}/links', { params: { path }, body: { ticket: to, kind } })),
    onSuccess: ({ links }) => {
      refresh();
      const made = links.find((one) => one.ticket.id === other?.id);
      toast({
        text: t('acts.link.done'),
        ...(made ? { action: { label: t('desk.common.undo'), run: () => undo.mutate(made.id) } } : {}),
      });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('acts.link.title')}
      onClose={onClose}
      confirm={t('acts.link.confirm')}
      onConfirm={() => other && link.mutate(other.id)}
      busy={link.isPending}
      disabled={!other}
      problem={link.error ? problemText(link.error) : null}
    >
      <OtherTicketField ticket={ticket} label={t('acts.link.to')} value={other} onChange={setOther} />
      <Choices
        label={t('acts.link.kind')}
        value={kind}
        onChange={setKind}
        options={CHOSEN_LINKS.map((one) => ({ value: one, label: t(`acts.link.kind.${one}`) }))}
      />
    </Dialog>
  );
}
