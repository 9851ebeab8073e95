import type { TenantTx } from '@app/db/tenant-db';
import type { ItemOutcome } from '@app/domain/work/work-item';
import { tell, type OfferRow, resumeAfter } from './offer-writes';

const HELD = `o.item_id = i.id and o.state = 'accepted' and o.ended_at is null`;
const PLACE = `o.id, i.id as "itemId", o.account_id as "accountId", o.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"`;

/** Suspended work holds no points, and its limits only. */
const GIVE_BACK = `
  update agent_state a set capacity_used = a.capacity_used - d.points, calls_used = a.calls_used - d.calls, chats_used = a.chats_used - d.chats, idle_since = $3
  from (
    select o.account_id, o.hub_id, sum(case when i.interrupted_by is null then i.cost else 0 end) as points,
      sum((i.kind in ('call', 'callback'))::int) as calls, sum((i.kind = 'chat')::int) as chats
    from item i join ended o on o.item_id = i.id group by 1, 2) d
  where a.account_id = d.account_id and a.hub_id = d.hub_id`;

/** One statement for every way out of an agent's hands. The item is read before it is changed, hence the two names. */
const leaveHands = (set: string): string => `
  with item as (
      select i.id, i.kind, i.cost, i.hub_id, i.ticket_id, i.interrupted_by, i.state from work_item i
      where i.id = any ($1) and i.state in ('accepted', 'active', 'held', 'wrap_up') for update),
    ended as (
      update offer o set ended_at = greatest(o.decided_at, $3) from item i where ${HELD} returning o.id, o.item_id, o.account_id, o.hub_id),
    moved as (
      update work_item i set ${set}, state_at = greatest(i.state_at, $3), wrap_up_until = null, interrupted_by = null, version = i.version + 1
      from item before where before.id = i.id),
    agent as (${GIVE_BACK})
  select ${PLACE} from ended o join item i on i.id = o.item_id order by o.id`;

/** Ends work in hand for good; what it had interrupted goes on. */
export async function endWork(
  tx: TenantTx,
  itemIds: readonly string[],
  outcome: ItemOutcome,
  at: Date,
): Promise<OfferRow[]> {
  const ended = await tx.query<OfferRow>('work-end', leaveHands('state = $2'), [itemIds, outcome, at]);
  for (const one of ended) tell(tx, 'work.ended', one, { outcome });
  await resumeAfter(
    tx,
    ended.map((one) => one.itemId),
    at,
  );
  return ended;
}

/** Puts work in hand back into its queue, in the place that its first arrival gives it. */
export async function putBack(tx: TenantTx, itemIds: readonly string[], at: Date): Promise<OfferRow[]> {
  const back = await tx.query<OfferRow>('work-put-back', leaveHands('state = $2, account_id = null'), [
    itemIds,
    'queued',
    at,
  ]);
  for (const one of back) tell(tx, 'work.queued', one, { again: true });
  await resumeAfter(
    tx,
    back.map((one) => one.itemId),
    at,
  );
  return back;
}

/** Into wrap-up: the points stay taken until its end. */
export async function wrapUp(tx: TenantTx, itemId: string, at: Date): Promise<OfferRow | undefined> {
  const [row] = await tx.query<OfferRow>(
    'work-wrap-up',
    `with item as (
         update work_item i set state = 'wrap_up', wrap_up_until = $2::timestamptz + i.wrap_up_seconds * interval '1 s', state_at = greatest(i.state_at, $2),
           version = i.version + 1
         where i.id = $1 and i.state in ('active', 'held') and i.interrupted_by is null and i.wrap_up_seconds > 0
         returning i.id, i.hub_id, i.ticket_id)
     select ${PLACE} from item i join offer o on ${HELD}`,
    [itemId, at],
  );
  if (row) tell(tx, 'work.moved', row, { to: 'wrap_up' });
  return row;
}

/** Ends work that waits or is on offer (the offers are taken back first by the caller). */
export async function endWaiting(
  tx: TenantTx,
  itemIds: readonly string[],
  outcome: ItemOutcome,
  at: Date,
): Promise<void> {
  const rows = await tx.query<{ id: string; hubId: string; ticketId: string | null }>(
    'work-end-waiting',
    `update work_item set state = $2, state_at = greatest(state_at, $3), version = version + 1
     where id = any ($1) and state in ('new', 'queued') returning id, hub_id as "hubId", ticket_id as "ticketId"`,
    [itemIds, outcome, at],
  );
  for (const { id: itemId, hubId, ticketId } of rows) {
    tx.emit({ type: 'work.ended', hubId, ticketId, data: { itemId, outcome } });
  }
}
