import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';

interface Colleague {
  id: string;
  name: string;
  readsRestricted: boolean;
}

interface Moved {
  id: string;
  associationId: string | null;
  queueId: string;
  version: number;
  to: string | null;
}

const MOVE = `
  update ticket t set assignee_id = case when $4::uuid is null or (t.restricted and not $6) then null else $4 end,
    assignee_name = case when $4::uuid is null or (t.restricted and not $6) then null else $5 end,
    version = t.version + 1, updated_at = greatest(t.updated_at, $3)
  where t.hub_id = $1 and t.assignee_id = $2 and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')
  returning t.id, t.association_id as "associationId", t.queue_id as "queueId", t.version, t.assignee_id as "to"`;

/**
 * Gives all open tickets of somebody who leaves to a colleague, or back to the queue, where the hub's way of assigning takes them up again.
 * Restricted ones that the colleague may not read go to the queue too.
 */
export async function reassignTickets(
  tx: TenantTx,
  hubId: string,
  fromId: string,
  colleagueId: string | null,
): Promise<{ toColleague: number; toQueue: number }> {
  const colleague = colleagueId === null ? null : await findColleague(tx, hubId, fromId, colleagueId);
  const moved = await tx.query<Moved>('people-tickets', MOVE, [
    hubId,
    fromId,
    tx.now,
    colleague?.id ?? null,
    colleague?.name ?? null,
    colleague?.readsRestricted ?? false,
  ]);
  for (const { id, associationId, version, queueId, to } of moved) {
    const about = { hubId, associationId, ticketId: id, entityVersion: version };
    tx.emit({ ...about, type: 'ticket.assigned', data: { from: fromId, to } });
    const reason = { fr: 'Le conseiller a quitté le pôle', ar: 'غادر المستشار القطب' };
    if (!to) tx.emit({ ...about, type: 'ticket.routed', data: { hubId, queueId, reason } });
  }
  const toColleague = moved.filter((one) => one.to).length;
  return { toColleague, toQueue: moved.length - toColleague };
}

async function findColleague(tx: TenantTx, hubId: string, fromId: string, id: string): Promise<Colleague> {
  const [colleague] = await tx.query<Colleague>(
    'people-colleague',
    `select a.id, a.name, bool_or(m.cleared or m.role = 'supervisor') as "readsRestricted"
     from membership m join account a on a.id = m.account_id and a.status = 'active'
     where a.id = $1 and m.hub_id = $2 and m.role in ('agent', 'supervisor') and m.valid @> $3::date group by a.id`,
    [id, hubId, localParts(tx.now).date],
  );
  if (!colleague || id === fromId) throw Refusal.field('/colleagueId', 'unknown', 'Name a colleague of the hub.');
  return colleague;
}
