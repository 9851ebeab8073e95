import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { draftsQuery } from '../data/queries';
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

/** Marks what was left unfinished, also on another device. */
export function useDraftMarks(writes: boolean): void {
  const { data } = useQuery({ ...draftsQuery, enabled: writes });
  useEffect(() => {
    for (const { ticketId } of data?.items ?? []) markDraft(ticketId, true);
  }, [data]);
}
