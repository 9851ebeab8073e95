import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, ApiProblem, call, ifMatch, problemText } from '@app/ui/api';
import { keepTicket } from '../data/ticket-cache';
import type { Ticket } from '../data/queries';
import { toast } from '../ui/toast-store';

export type StatusBody = components['schemas']['StatusBody'];
type ChangeBody = components['schemas']['ChangeTicketBody'];
type Versioned = { id: string; version: number };

const at = ({ id, version }: Versioned) => ({ path: { ticket: id }, header: { 'If-Match': ifMatch(version) } });

export const assign = (ticket: Versioned, assigneeId: string | null): Promise<Ticket> =>
  call(api.PUT('/api/v1/tickets/{ticket}/assignment', { params: at(ticket), body: { assigneeId } }));

export const setStatus = (ticket: Versioned, body: StatusBody): Promise<Ticket> =>
  call(api.PUT('/api/v1/tickets/{ticket}/status', { params: at(ticket), body }));

export const change = (ticket: Versioned, body: ChangeBody): Promise<Ticket> =>
  call(api.PATCH('/api/v1/tickets/{ticket}', { params: at(ticket), body }));

/** Somebody was faster: what is shown was old, so it is read anew and the person decides again. */
function onRefused(client: QueryClient, problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 412) void client.invalidateQueries({ queryKey: ['ticket'] });
  toast({ text: problemText(problem), bad: true });
}

/** One act on a ticket: the answer is put wherever the ticket is shown. */
export function useTicketAct<T>(act: (body: T) => Promise<Ticket>, done?: (ticket: Ticket, body: T) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (ticket, body) => {
      keepTicket(client, ticket);
      void client.invalidateQueries({ queryKey: ['events'] });
      void client.invalidateQueries({ queryKey: ['counts'] });
      done?.(ticket, body);
    },
    onError: (problem) => onRefused(client, problem),
  });
}
