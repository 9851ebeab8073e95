import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { EventType } from '@app/domain/events';
import type { PlannedOffer } from '@app/domain/work/dispatch';
import type { RescindReason } from '@app/domain/work/work-item';

/** An offer with the place of its item in the log. */
export interface OfferRow {
  id: string;
  itemId: string;
  accountId: string;
  /** Of the agent. */
  hubId: string;
  itemHubId: string;
  ticketId: string | null;
}

/** What `delta` items add to or take from their agents, in the statement that moves them. */
export const agentsChange = (from: string, sign: '+' | '-'): string => `
  agent as (
    update agent_state a set capacity_used = a.capacity_used ${sign} d.points, calls_used = a.calls_used ${sign} d.calls, chats_used = a.chats_used ${sign} d.chats
    from (
      select account_id, hub_id, sum(points) as points, sum(calls) as calls, sum(chats) as chats from (${from}) one group by account_id, hub_id) d
    where a.account_id = d.account_id and a.hub_id = d.hub_id)`;

/** Calls and callbacks share the one line of an agent. */
export const COUNTS = `i.cost as points, (i.kind in ('call', 'callback'))::int as calls, (i.kind = 'chat')::int as chats`;
/** Suspended work gives its points back and keeps its place among the limits. */
const POINTS = `i.cost as points, 0 as calls, 0 as chats`;

const MAKE = `
  with planned as (
      select * from jsonb_to_recordset($1) as p(id uuid, "itemId" uuid, "accountId" uuid, "hubId" uuid, "expiresAt" timestamptz)),
    item as (
      update work_item i set state = 'offered', why_waiting = null, missing_skills = '{}', state_at = greatest(i.state_at, $2), version = i.version + 1
      from planned p where i.id = p."itemId" and i.state = 'queued'
      returning i.id, i.kind, i.cost, i.hub_id, i.ticket_id),
    made as (
      insert into offer (id, item_id, hub_id, account_id, state, offered_at, expires_at)
      select p.id, i.id, p."hubId", p."accountId", 'pending', $2, p."expiresAt" from planned p join item i on i.id = p."itemId"
      returning id, item_id, hub_id, account_id),
    ${agentsChange(`select m.account_id, m.hub_id, ${COUNTS} from made m join item i on i.id = m.item_id`, '+')}
  select m.id, m.item_id as "itemId", m.account_id as "accountId", m.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"
  from made m join item i on i.id = m.item_id order by m.id`;

const LOCK_WAITING = `select id from work_item where id = any ($1) and state = 'queued' order by id for update skip locked`;

/**
 * Makes the offers whose items still wait, and makes room for them. The caller holds the rows of the agents, so what was found true of
 * them is true at commit.
 */
export async function makeOffers(tx: TenantTx, planned: readonly PlannedOffer[], at: Date): Promise<OfferRow[]> {
  const waiting = await tx.query<{ id: string }>('work-lock-items', LOCK_WAITING, [planned.map((one) => one.itemId)]);
  const free = new Set(waiting.map((row) => row.id));
  const offers = planned.filter((one) => free.has(one.itemId)).map((one) => ({ ...one, id: uuid() }));
  if (offers.length === 0) return [];
  for (const { itemId, suspends, rescinds } of offers) await makeRoom(tx, itemId, suspends, rescinds, at);
  const made = await tx.query<OfferRow>('work-make-offers', MAKE, [JSON.stringify(offers), at]);
  for (const offer of made) {
    const { expiresAt, relaxation, why } = offers.find((one) => one.id === offer.id)!;
    tell(tx, 'offer.made', offer, { expiresAt, relaxation, why });
  }
  return made;
}

/** Takes back the offers of some items and lays others aside for the one that comes. */
export async function makeRoom(
  tx: TenantTx,
  by: string,
  suspends: string[],
  rescinds: string[],
  at: Date,
): Promise<void> {
  if (rescinds.length > 0) {
    const ids = await tx.sql<{ id: string }>(`select id from offer where item_id = any ($1) and state = 'pending'`, [
      rescinds,
    ]);
    await releaseOffers(
      tx,
      ids.map((row) => row.id),
      'rescinded',
      at,
      'interrupted',
    );
  }
  if (suspends.length === 0) return;
  const held = await tx.query<OfferRow>('work-suspend', SUSPEND, [by, suspends, at]);
  for (const one of held) tell(tx, 'work.moved', one, { to: 'held' });
}

const IN_HAND = `
  select o.id, i.id as "itemId", o.account_id as "accountId", o.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"
  from item i join offer o on o.item_id = i.id and o.ended_at is null order by o.id`;

const SUSPEND = `
  with item as (
      update work_item i set state = 'held', interrupted_by = $1, state_at = greatest(i.state_at, $3), version = i.version + 1
      where i.id = any ($2) and i.state in ('accepted', 'active', 'held') and i.interrupted_by is null returning i.id, i.kind, i.cost, i.hub_id, i.ticket_id),
    ${agentsChange(`select o.account_id, o.hub_id, ${POINTS} from item i join offer o on o.item_id = i.id and o.ended_at is null`, '-')}
  ${IN_HAND}`;

const RESUME = `
  with item as (
      update work_item i set state = 'active', interrupted_by = null, state_at = greatest(i.state_at, $2), version = i.version + 1
      where i.interrupted_by = any ($1) and i.state = 'held' returning i.id, i.kind, i.cost, i.hub_id, i.ticket_id),
    ${agentsChange(`select o.account_id, o.hub_id, ${POINTS} from item i join offer o on o.item_id = i.id and o.ended_at is null`, '+')}
  ${IN_HAND}`;

/** What was interrupted by these goes on, before anything new comes. */
export async function resumeAfter(tx: TenantTx, itemIds: readonly string[], at: Date): Promise<void> {
  if (itemIds.length === 0) return;
  const back = await tx.query<OfferRow>('work-resume', RESUME, [itemIds, at]);
  for (const one of back) tell(tx, 'work.moved', one, { to: 'active' });
}

export type Refused = 'rejected' | 'timed_out' | 'rescinded';
const TOLD: Record<Refused, EventType> = {
  rejected: 'offer.declined',
  timed_out: 'offer.timed-out',
  rescinded: 'offer.rescinded',
};

const RELEASE = `
  with ended as (
      update offer set state = $2, reason = $3, decided_at = greatest(offered_at, $4), ended_at = greatest(offered_at, $4)
      where id = any ($1) and state = 'pending' returning id, item_id, hub_id, account_id),
    item as (
      update work_item i set state = 'queued', state_at = greatest(i.state_at, $4), version = i.version + 1
      from ended e where i.id = e.item_id and i.state = 'offered' returning i.id, i.kind, i.cost, i.hub_id, i.ticket_id),
    ${agentsChange(`select e.account_id, e.hub_id, ${COUNTS} from ended e join item i on i.id = e.item_id`, '-')}
  select e.id, e.item_id as "itemId", e.account_id as "accountId", e.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"
  from ended e join item i on i.id = e.item_id order by e.id`;

/** Ends pending offers without success: the items are back in their places, with the time they came. Others are left alone. */
export async function releaseOffers(
  tx: TenantTx,
  offerIds: readonly string[],
  to: Refused,
  at: Date,
  reason: RescindReason | null = null,
): Promise<OfferRow[]> {
  if (offerIds.length === 0) return [];
  const released = await tx.query<OfferRow>('work-release', RELEASE, [offerIds, to, reason, at]);
  for (const offer of released) tell(tx, TOLD[to], offer, reason ? { reason } : {});
  await resumeAfter(
    tx,
    released.map((one) => one.itemId),
    at,
  );
  return released;
}

/** Of an offer, to the one it is made to and to the history of the ticket; requesters see none of it. */
export function tell(tx: TenantTx, type: EventType, offer: OfferRow, data: Record<string, unknown> = {}): void {
  const { id: offerId, itemId, accountId, hubId, itemHubId, ticketId } = offer;
  tx.emit({ type, hubId: itemHubId, ticketId, data: { offerId, itemId, accountId, agentHubId: hubId, ...data } });
}
