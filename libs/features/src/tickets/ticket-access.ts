import type { TenantDb, TenantTx } from '@app/db/tenant-db';
import { may, type Actor, type TicketAction } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { endsResolution } from '@app/domain/ticket-status';
import type { ReferenceData } from '../directory/reference-data';
import { areLegalFormsAsked, legalFormOf } from './legal-form';
import { TicketWrite } from './ticket-write';
import { findTicket, ticketKey, type FoundTicket, type TicketKey } from './ticket-find';

/** What an act works with: the ticket, locked, and the statement that gathers its changes. */
export interface Act {
  tx: TenantTx;
  found: FoundTicket;
  write: TicketWrite;
}

/**
 * Runs an act on one ticket after the one policy has allowed it: under the actor's own role, else as a guest with a loan that may be
 * written. A ticket that the actor may not read does not exist; one that it may read but not change is forbidden.
 */
export async function actOn<T>(
  deps: { db: TenantDb; reference: ReferenceData },
  actor: Actor,
  idOrReference: string,
  action: TicketAction,
  work: (act: Act) => Promise<T>,
): Promise<T> {
  const key = ticketKey(idOrReference);
  const attempt = (as: 'guest' | undefined) =>
    deps.db.run(
      actor,
      async (tx) => {
        const found = await findTicket(tx, key, as, 'lock');
        if (!found || !may(actor, 'tickets:read', found.subject)) return null;
        if (!may(actor, action, found.subject)) throw new Refusal('forbidden', 'Your role does not allow this.');
        refuseMerged(found);
        tx.notBefore(found.row.updatedAt);
        if (found.as === 'guest') found.legalForm = await legalFormFor(deps, found);
        if (actor.associationId) tx.useHub(found.row.hubId);
        return { done: await work({ tx, found, write: new TicketWrite(tx, found, deps.reference) }) };
      },
      { as },
    );
  const result = (await attempt(undefined)) ?? (actor.associationId ? null : await attempt('guest'));
  if (!result) return refuse(deps.db, actor, key);
  return result.done;
}

/** A guest does not read associations; what a promise that begins anew asks of one is read for it. */
async function legalFormFor(
  { db, reference }: { db: TenantDb; reference: ReferenceData },
  { row: { associationId, status } }: FoundTicket,
): Promise<string | null> {
  if (!associationId || !endsResolution(status) || !areLegalFormsAsked(reference.current)) return null;
  return db.system((tx) => legalFormOf(tx, associationId, reference));
}

/** What was merged goes on in the other ticket, whose id stands beside the code. */
export function refuseMerged({ row: { mergedInto } }: FoundTicket): void {
  if (mergedInto) throw new TicketMerged(mergedInto);
}

export class TicketMerged extends Refusal {
  constructor(readonly into: string) {
    super('ticket_merged', 'This ticket was merged into another one: go on there.');
  }
}

/** A loan for reading hides the row from a lock, but not from its reader. */
async function refuse(db: TenantDb, actor: Actor, key: TicketKey): Promise<never> {
  const read = actor.associationId ? null : await db.run(actor, (tx) => findTicket(tx, key, 'guest'), { as: 'guest' });
  if (read && may(actor, 'tickets:read', read.subject)) throw new Refusal('forbidden', 'This was lent for reading.');
  throw new Refusal('not_found', 'Not found.');
}
