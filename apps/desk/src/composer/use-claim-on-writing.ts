import { useRef } from 'react';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { assign, useTicketAct } from '../ticket/ticket-acts';
import { toast } from '../ui/toast-store';

/** Who begins to answer what nobody has, takes it; once, and it can be given back. */
export function useClaimOnWriting(ticket: Ticket): () => void {
  const may = useMay();
  const done = useRef(false);
  const release = useTicketAct((version: number) => assign({ id: ticket.id, version }, null));
  const take = useTicketAct(
    () => assign(ticket, 'me'),
    (now) =>
      toast({
        key: `claim-${ticket.id}`,
        text: t('desk.ticket.claimed'),
        action: { label: t('desk.common.undo'), run: () => release.mutate(now.version) },
      }),
  );
  return () => {
    if (done.current || ticket.assignee || !may('tickets:claim')) return;
    done.current = true;
    take.mutate(undefined);
  };
}
