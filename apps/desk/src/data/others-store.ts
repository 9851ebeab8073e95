import type { Presence, Viewer } from '@app/contract/realtime';
import { createStore } from './store';

/** Who looks and writes, by ticket: never part of the server's state, forgotten when it grows old. */
export interface Others {
  viewers: readonly Viewer[];
  writers: readonly Viewer[];
  /** When each of them was last told of, ms since 1970. */
  since: number;
}

export const others = createStore<ReadonlyMap<string, Others>>(new Map());

export function heard({ ticketId, viewers, writers }: Presence): void {
  others.set((now) => new Map(now).set(ticketId, { viewers, writers, since: Date.now() }));
}

export function forget(ticketId: string): void {
  others.set((now) => {
    if (!now.has(ticketId)) return now;
    const next = new Map(now);
    next.delete(ticketId);
    return next;
  });
}
