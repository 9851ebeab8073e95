import { createStore } from '../data/store';

/** Tickets on which something written was not sent yet, by id. */
export const drafts = createStore<ReadonlySet<string>>(new Set());

export function markDraft(ticketId: string, there: boolean): void {
  drafts.set((now) => {
    if (now.has(ticketId) === there) return now;
    const next = new Set(now);
    if (there) next.add(ticketId);
    else next.delete(ticketId);
    return next;
  });
}
