import type { QueryClient } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call, idempotencyKey } from '@app/ui/api';
import type { DraftKeeper } from './draft-keeper';
import { parkUploads } from './uploads';

export type Outcome = 'answered' | 'pending' | 'resolved';
export type MessageBody = components['schemas']['NewMessageBody'];

/** So long a reply of the hub can be taken back; the server holds it, whatever becomes of this page. */
export const HOLD_SECONDS = 10;

/** What shows a conversation, after something was written in it. */
export function refreshTicket(client: QueryClient): void {
  for (const key of ['ticket', 'messages', 'events', 'counts', 'pending-replies', 'validations']) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}

/** Hands a message over as the draft it was written as; the draft goes with it. */
export async function postMessage(client: QueryClient, keeper: DraftKeeper, body: MessageBody): Promise<void> {
  const draftVersion = await keeper.settled();
  const params = { path: { ticket: keeper.ticketId }, header: { 'Idempotency-Key': idempotencyKey() } };
  const sent = await call(api.POST('/api/v1/tickets/{ticket}/messages', { params, body: { ...body, draftVersion } }));
  await keeper.clear(false);
  parkUploads(`${keeper.ticketId}:${keeper.kind}`, sent.id);
  refreshTicket(client);
}
