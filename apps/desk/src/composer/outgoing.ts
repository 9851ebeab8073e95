import type { QueryClient } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, ApiProblem, call, idempotencyKey, problemText } from '@app/ui/api';
import { createStore } from '../data/store';
import { toast } from '../ui/toast-store';
import type { DraftKeeper } from './draft-keeper';
import { clearUploads } from './uploads';

export type Outcome = 'answered' | 'pending' | 'resolved';
type Body = components['schemas']['NewMessageBody'];

/** A reply that waits its ten seconds. The draft stays until it has left, so that nothing is lost when the page dies. */
export interface Outgoing {
  ticketId: string;
  reference: string;
  body: Body;
  keeper: DraftKeeper;
  leavesAt: number;
}

export const outgoing = createStore<ReadonlyMap<string, Outgoing>>(new Map());
/** Tickets whose reply was refused because a newer message came in, with the reply. */
export const refusedReplies = createStore<ReadonlyMap<string, Outgoing>>(new Map());

export const HOLD_MS = 10_000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function put(store: typeof outgoing, ticketId: string, one: Outgoing | null): void {
  store.set((now) => {
    const next = new Map(now);
    if (one) next.set(ticketId, one);
    else next.delete(ticketId);
    return next;
  });
}

/** Holds a reply; it leaves by itself, wherever the person has gone on the desk. */
export function holdReply(client: QueryClient, one: Omit<Outgoing, 'leavesAt'>, ms = HOLD_MS): void {
  const held = { ...one, leavesAt: Date.now() + ms };
  put(refusedReplies, one.ticketId, null);
  put(outgoing, one.ticketId, held);
  clearTimeout(timers.get(one.ticketId));
  timers.set(
    one.ticketId,
    setTimeout(() => void sendNow(client, one.ticketId), ms),
  );
}

/** Takes it back: the text is where it was. */
export function takeBack(ticketId: string): void {
  clearTimeout(timers.get(ticketId));
  put(outgoing, ticketId, null);
}

export async function sendNow(client: QueryClient, ticketId: string): Promise<void> {
  const held = outgoing.get().get(ticketId);
  if (!held) return;
  clearTimeout(timers.get(ticketId));
  try {
    await postMessage(client, held);
    put(outgoing, ticketId, null);
  } catch (problem) {
    put(outgoing, ticketId, null);
    if (problem instanceof ApiProblem && problem.code === 'stale_reply') put(refusedReplies, ticketId, held);
    else toast({ text: problemText(problem), bad: true });
  }
}

/** Posts and clears the draft; the conversation and the ticket are read anew. */
export async function postMessage(
  client: QueryClient,
  { ticketId, body, keeper }: Omit<Outgoing, 'leavesAt'>,
): Promise<void> {
  const draftVersion = await keeper.settled();
  const params = { path: { ticket: ticketId }, header: { 'Idempotency-Key': idempotencyKey() } };
  await call(api.POST('/api/v1/tickets/{ticket}/messages', { params, body: { ...body, draftVersion } }));
  await keeper.clear(false);
  clearUploads(`${ticketId}:${keeper.kind}`);
  for (const key of ['ticket', 'messages', 'events', 'counts']) void client.invalidateQueries({ queryKey: [key] });
}

/** A page that is closed sends what it holds rather than dropping it. */
export function sendAllOnLeave(client: QueryClient): () => void {
  const leave = () => {
    for (const ticketId of outgoing.get().keys()) void sendNow(client, ticketId);
  };
  window.addEventListener('pagehide', leave);
  return () => window.removeEventListener('pagehide', leave);
}
