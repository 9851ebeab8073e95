import type { QueryClient } from '@tanstack/react-query';
import { api, call, problemText } from '@app/ui/api';
import { keepTicket } from '../data/ticket-cache';
import { toast } from '../ui/toast-store';

/** A ticket that was split off goes on where it came from. Answers whether it was done. */
export async function undoSplit(client: QueryClient, ticketId: string): Promise<boolean> {
  try {
    keepTicket(
      client,
      await call(api.DELETE('/api/v1/tickets/{ticket}/split', { params: { path: { ticket: ticketId } } })),
    );
    void client.invalidateQueries();
    return true;
  } catch (problem) {
    toast({ text: problemText(problem), bad: true });
    return false;
  }
}
