import type { TenantTx } from '@app/db/tenant-db';
import { attachUploads } from '../files/attach';
import type { TicketRow } from './ticket-row';

/** Files of the question; their ticket and message follow in the statement of the creation. */
export async function attachFirst(
  tx: TenantTx,
  row: TicketRow,
  messageId: string,
  uploadIds: readonly string[],
): Promise<void> {
  const { id: ticketId, hubId, associationId } = row;
  await attachUploads(tx, uploadIds, { ticketId, hubId, associationId, messageId, public: true });
  const data = { messageId, count: uploadIds.length };
  tx.emit({ type: 'ticket.files-added', hubId, associationId, ticketId, entityVersion: 1, data });
}
