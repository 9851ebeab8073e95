import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { OfferRow } from './offer-writes';

interface Moved {
  version: number;
  associationId: string | null;
  queueId: string;
}

/**
 * A ticket comes over to the helping hub whose agent took it, with everything below it. Clocks go on, the hub that had it keeps
 * sight through a loan, and a hub is visited once. False when somebody has taken it meanwhile.
 */
export async function takeOver(tx: TenantTx, { ticketId, itemId, itemHubId, hubId }: OfferRow): Promise<boolean> {
  const [moved] = await tx.query<Moved>(
    'work-take-over',
    `update ticket t set hub_id = $3, version = t.version + 1, updated_at = greatest(t.updated_at, $4),
       queue_id = coalesce((select there.id from queue here join queue there on there.code = here.code and there.hub_id = $3 where here.id = t.queue_id), t.queue_id)
     where t.id = $1 and t.hub_id = $2 and t.assignee_id is null and t.status in ('new', 'open')
     returning t.version, t.association_id as "associationId", t.queue_id as "queueId"`,
    [ticketId, itemHubId, hubId, tx.now],
  );
  if (!moved) return false;
  await tx.query(
    'work-item-over',
    `update work_item set visited_hubs = array_append(visited_hubs, $2::uuid), hops = hops + 1, queue_id = $3 where id = $1`,
    [itemId, itemHubId, moved.queueId],
  );
  await tx.query(
    'work-loan',
    `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, granted_by, granted_at)
     values ($1, $2, $3, $4, 'hub', 'overflow', $5, $6)`,
    [uuid(), ticketId, hubId, itemHubId, tx.actorId, tx.now],
  );
  tx.emit({
    type: 'ticket.routed',
    hubId,
    associationId: moved.associationId,
    ticketId,
    entityVersion: moved.version,
    data: {
      hubId,
      fromHubId: itemHubId,
      queueId: moved.queueId,
      reason: { fr: 'Renfort d’un pôle voisin', ar: 'دعم من قطب مجاور' },
    },
  });
  return true;
}
