import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { RoutedReason } from '@app/domain/work/reason-words';
import type { ReferenceData } from '../directory/reference-data';
import { followHub } from '../tickets/hub-promise';
import type { OfferRow } from './offer-writes';

interface Moved {
  version: number;
  associationId: string | null;
  queueId: string;
}

/**
 * A ticket comes over to the helping hub whose agent took it, with its work. False when somebody has taken it meanwhile.
 */
export async function takeOver(
  tx: TenantTx,
  { ticketId, itemId, itemHubId, hubId }: OfferRow,
  reference: ReferenceData,
): Promise<boolean> {
  const moved = await takeOverTicket(tx, ticketId!, { from: itemHubId, to: hubId }, reference);
  if (!moved) return false;
  await tx.query(
    'work-item-over',
    `update work_item set visited_hubs = array_append(visited_hubs, $2::uuid), hops = hops + 1, queue_id = $3 where id = $1`,
    [itemId, itemHubId, moved.queueId],
  );
  return true;
}

/**
 * A ticket that nobody has comes over to a helping hub, with everything below it. Clocks go on by its policy and calendar, the hub that had it keeps sight through
 * a loan. Null when somebody has taken it meanwhile.
 */
export async function takeOverTicket(
  tx: TenantTx,
  ticketId: string,
  { from: fromHubId, to: hubId }: { from: string; to: string },
  reference: ReferenceData,
): Promise<Moved | null> {
  const [moved] = await tx.query<Moved>(
    'work-take-over',
    `update ticket t set hub_id = $3, version = t.version + 1, updated_at = greatest(t.updated_at, $4),
       queue_id = coalesce((select there.id from queue here join queue there on there.code = here.code and there.hub_id = $3 where here.id = t.queue_id), t.queue_id)
     where t.id = $1 and t.hub_id = $2 and t.assignee_id is null and t.status in ('new', 'open')
     returning t.version, t.association_id as "associationId", t.queue_id as "queueId"`,
    [ticketId, fromHubId, hubId, tx.now],
  );
  if (!moved) return null;
  await tx.query(
    'work-deadlines-over',
    'update deadline set hub_id = $1 where clock_id in (select id from sla_clock where ticket_id = $2)',
    [hubId, ticketId],
  );
  await tx.query(
    'work-loan',
    `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, granted_by, granted_at)
     values ($1, $2, $3, $4, 'hub', 'overflow', $5, $6)`,
    [uuid(), ticketId, hubId, fromHubId, tx.actorId, tx.now],
  );
  tx.emit({
    type: 'ticket.routed',
    hubId,
    associationId: moved.associationId,
    ticketId,
    entityVersion: moved.version,
    data: { hubId, fromHubId, queueId: moved.queueId, why: 'neighbour' satisfies RoutedReason },
  });
  await followHub(tx, ticketId, reference);
  return moved;
}
