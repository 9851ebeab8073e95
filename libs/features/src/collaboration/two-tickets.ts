import type { TenantTx } from '@app/db/tenant-db';
import { may, type TicketAction } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { findTicket, ticketKey, type FoundTicket, type TicketKey } from '../tickets/ticket-find';

const absent = (): Refusal => new Refusal('not_found', 'Not found.');

/** A ticket that the actor may read, not locked; one that it may not read does not exist. */
export async function readTicket(tx: TenantTx, key: TicketKey): Promise<FoundTicket> {
  const found = await findTicket(tx, key, undefined);
  if (!found || !may(tx.actor, 'tickets:read', found.subject)) throw absent();
  return found;
}

/**
 * Two tickets, locked in the order of their ids so that acts that cross each other cannot block each other. The right is asked on both
 * sides.
 */
export async function lockTwo(
  tx: TenantTx,
  keys: readonly [TicketKey, TicketKey],
  action: TicketAction,
): Promise<[FoundTicket, FoundTicket]> {
  const ids = [(await readTicket(tx, keys[0])).row.id, (await readTicket(tx, keys[1])).row.id];
  const locked = new Map<string, FoundTicket>();
  for (const id of [...new Set(ids)].sort()) {
    const found = await findTicket(tx, { column: 'id', value: id }, undefined, 'lock');
    if (!found || !may(tx.actor, 'tickets:read', found.subject)) throw absent();
    if (!may(tx.actor, action, found.subject)) throw new Refusal('forbidden', 'Your role does not allow this.');
    tx.notBefore(found.row.updatedAt);
    locked.set(id, found);
  }
  return [locked.get(ids[0])!, locked.get(ids[1])!];
}

/** An id or a reference that stands in a body. */
export function keyInBody(text: string, pointer: string): TicketKey {
  try {
    return ticketKey(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw Refusal.field(pointer, 'id_or_reference_expected', 'This is neither an id nor a reference.');
  }
}
