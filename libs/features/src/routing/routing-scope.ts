import type { TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { ReferenceData } from '../directory/reference-data';

/** First half of the two-number advisory locks: the second is the hub. */
const ROUTING_LOCK = 4_203;

/** The hub whose routing is meant: one's own, for the programme any. @throws Refusal `not_found` */
export function routingHub(actor: Actor, hubId: string, reference: ReferenceData): string {
  if (actor.role !== 'coordinator' && hubId !== actor.hubId) throw new Refusal('not_found', 'Not found.');
  return reference.hub(hubId).id;
}

/** Changes of one hub's routing come one after the other: what was found true of queues and rules stays true until commit. */
export async function lockRouting(tx: TenantTx, hubId: string): Promise<void> {
  await tx.query('routing-lock', 'select pg_advisory_xact_lock($1, hashtext($2))', [ROUTING_LOCK, hubId]);
}

/** Leaves a line in the log; what was changed is read where it stands. */
export function tellRouting(
  tx: TenantTx,
  hubId: string,
  data: { what: 'rules' | 'queue' | 'skills' | 'mode' | 'presence_reason'; version?: number; id?: string; to?: string },
): void {
  tx.emit({ type: 'routing.changed', hubId, entityVersion: data.version ?? null, data });
}
