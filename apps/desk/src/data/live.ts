import type { QueryClient } from '@tanstack/react-query';
import type { Poke } from '@app/contract/realtime';
import { api, ApiProblem, call } from '@app/ui/api';
import type { Live, LiveState } from '@app/ui/live';
import { sessionLost } from '../session/session-store';
import { heard, others } from './others-store';
import { createStore } from './store';
import { dropRow, heldTicket, keepTicket, rowVersion } from './ticket-cache';

export const connection = createStore<LiveState>('connecting');
/** Counts up when a list may have gained or lost rows: lists look at their first page again. */
export const listsStale = createStore(0);

const MESSAGES = new Set(['ticket.replied', 'ticket.asked-again', 'ticket.noted', 'ticket.created']);
/** What an event of a family makes old. A lent ticket's events are heard by those who watch it, so notices tell experts. */
const KEYS: Record<string, readonly string[]> = {
  notification: ['notifications', 'consultations', 'validations', 'counts'],
  consultation: ['consultations'],
  validation: ['validations', 'counts'],
  reply: ['pending-replies', 'messages'],
  offer: ['offers', 'work', 'presence'],
  work: ['offers', 'work', 'presence'],
  presence: ['presence'],
  call: ['calls'],
  callback: ['callbacks'],
};
/** Events that come together are answered together. */
const TOGETHER_MS = 120;
const MOST_AT_ONCE = 12;

/** Null until it is there: whoever watches a ticket waits for it. */
export const socket = createStore<Live | null>(null);

export function live(): Live | null {
  return socket.get();
}

/** Connects; the answer ends it. The socket only says what moved: content is read through the guarded API. */
export function startLive(client: QueryClient): () => void {
  let end: (() => void) | null = null;
  let ended = false;
  void import('@app/ui/live').then((found) => {
    if (!ended) end = listen(client, new found.Live());
  });
  return () => {
    ended = true;
    end?.();
  };
}

function listen(client: QueryClient, mine: Live): () => void {
  const pokes = new Pokes(client);
  const again = () => {
    void refetchShown(client);
    listsStale.set((count) => count + 1);
  };
  const ends = [
    mine.on('event', (poke) => pokes.take(poke)),
    mine.on('presence', heard),
    mine.on('resync', again),
    mine.on('state', (state) => {
      const before = connection.get();
      connection.set(state);
      if (state === 'lost') others.set(new Map());
      // The first time too: what happened between the page's own reading and now was told to nobody.
      if (state === 'live' && before !== 'live') again();
    }),
    mine.on('closing', ({ code }) => {
      if (code === 'session_closed') sessionLost();
    }),
  ];
  socket.set(mine);
  return () => {
    for (const end of ends) end();
    mine.close();
    socket.set(null);
  };
}

/** What is on the screen now; what it shows stays until the answer is there. Lists have their own way (`listsStale`). */
function refetchShown(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    refetchType: 'active',
    predicate: ({ queryKey }) => queryKey[0] !== 'tickets' && queryKey[0] !== 'me',
  });
}

class Pokes {
  private readonly tickets = new Set<string>();
  private readonly keys = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: QueryClient) {}

  take(poke: Poke): void {
    const [family] = poke.type.split('.');
    if (family === 'ticket' || family === 'clock') this.ofTicket(poke);
    for (const key of KEYS[family] ?? []) this.keys.add(key);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.settle();
    }, TOGETHER_MS);
  }

  private ofTicket({ id, version, type }: Poke): void {
    if (!id) return;
    this.keys.add('counts');
    const held = heldTicket(this.client, id);
    for (const key of held.keys) this.said(key, type);
    const inList = rowVersion(this.client, id);
    const known = Math.max(held.version, inList ?? 0);
    if (known > 0 && (version === null || version > known)) this.tickets.add(id);
    if (inList === null || type.startsWith('ticket.')) listsStale.set((count) => count + 1);
  }

  /** Conversation and history of a ticket that is held under this address. */
  private said(key: string, type: string): void {
    if (MESSAGES.has(type)) void this.client.invalidateQueries({ queryKey: ['messages', key] });
    void this.client.invalidateQueries({ queryKey: ['events', key] });
  }

  private async settle(): Promise<void> {
    const keys = [...this.keys];
    const ids = [...this.tickets];
    this.keys.clear();
    this.tickets.clear();
    for (const key of keys) void this.client.invalidateQueries({ queryKey: [key] });
    await Promise.all(ids.slice(0, MOST_AT_ONCE).map((id) => this.read(id)));
    if (ids.length > MOST_AT_ONCE) listsStale.set((count) => count + 1);
  }

  /** A ticket that can no longer be seen leaves the lists; an open one says so itself. */
  private async read(id: string): Promise<void> {
    try {
      keepTicket(this.client, await call(api.GET('/api/v1/tickets/{ticket}', { params: { path: { ticket: id } } })));
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.status !== 404) return;
      dropRow(this.client, id);
      for (const key of heldTicket(this.client, id).keys)
        void this.client.invalidateQueries({ queryKey: ['ticket', key] });
    }
  }
}
