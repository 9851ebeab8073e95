import type { QueryClient } from '@tanstack/react-query';
import type { Confidentiality, Status } from '@app/domain/ticket';
import type { Priority } from '@app/domain/sla-policy';
import { problemText } from '@app/ui/api';
import type { components } from '@app/contract/openapi';
import type { Ticket } from '../data/queries';
import { keepTicket } from '../data/ticket-cache';
import { assign, change, setStatus } from '../ticket/ticket-acts';
import { toast } from '../ui/toast-store';

type Action = components['schemas']['PreviewedAction'];

/** What a macro does besides its text; each act builds on the version that the one before answered with. */
const ACTS: Partial<Record<Action['type'], (ticket: Ticket, value: string) => Promise<Ticket>>> = {
  status: (ticket, value) => setStatus(ticket, { status: value as Status }),
  priority: (ticket, value) => change(ticket, { priority: value as Priority }),
  confidentiality: (ticket, value) => change(ticket, { confidentiality: value as Confidentiality }),
  tag: (ticket, value) => change(ticket, { tags: [...new Set([...ticket.tags, value])] }),
  assign: (ticket, value) => assign(ticket, value),
};

export async function applyActions(client: QueryClient, ticket: Ticket, actions: readonly Action[]): Promise<void> {
  let now = ticket;
  for (const { type, value, changes } of actions) {
    const act = changes ? ACTS[type] : undefined;
    if (!act) continue;
    try {
      now = await act(now, String(value));
      keepTicket(client, now);
    } catch (problem) {
      toast({ text: problemText(problem), bad: true });
      return;
    }
  }
}
