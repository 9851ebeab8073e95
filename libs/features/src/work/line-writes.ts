import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { COST, OFFER_SECONDS, roomOnLine, WRAP_UP_SECONDS } from '@app/domain/work/capacity';
import { endWork, wrapUp } from './hand-writes';
import { agentsChange, COUNTS, makeRoom, releaseOffers, tell, type OfferRow } from './offer-writes';
import { applyPending, ensureAgent } from './presence-writes';
import { agentKey, loadsOf, type AgentKey } from './work-rows';

/** A call that somebody has on the line. */
export interface LineCall {
  callId: string;
  queueId: string;
  queuedAt: Date;
  wrapUpSeconds?: number;
}

const OPEN = `
  select i.id, i.state, i.account_id as "accountId", o.id as "offerId" from work_item i left join offer o on o.item_id = i.id and o.ended_at is null
  where i.subject_id = $1 and i.state in ('queued', 'offered', 'accepted', 'active', 'held') for update of i`;
const ADD = `
  insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, priority, required, cost, offer_seconds, max_wait_seconds, wrap_up_seconds,
    queued_at, state_at)
  values ($1, $2, $2, 'call', $3, $4, 'queued', 'normal', '[]', ${COST.call}, ${OFFER_SECONDS.call}, 600, $5, least($6::timestamptz, $7::timestamptz), $7)
  on conflict (subject_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up') do nothing returning id`;
const TAKE = `
  with item as (
      update work_item i set state = 'active', account_id = $2, cost = $5, state_at = greatest(i.state_at, $6), version = i.version + 1
      where i.id = $1 and i.state = 'queued' returning i.id, i.kind, i.cost, i.hub_id, i.ticket_id),
    made as (
      insert into offer (id, item_id, hub_id, account_id, state, offered_at, expires_at, decided_at)
      select $4, i.id, $3, $2, 'accepted', $6, $6::timestamptz + interval '1 s', $6 from item i returning id, item_id, hub_id, account_id),
    ${agentsChange(`select m.account_id, m.hub_id, ${COUNTS} from made m join item i on i.id = m.item_id`, '+')}
  select m.id, m.item_id as "itemId", m.account_id as "accountId", m.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"
  from made m join item i on i.id = m.item_id`;
const BEGIN = `
  with item as (
    update work_item i set state = 'active', state_at = greatest(i.state_at, $2), version = i.version + 1
    where i.id = $1 and i.state = 'accepted' returning i.id, i.hub_id, i.ticket_id)
  select o.id, i.id as "itemId", o.account_id as "accountId", o.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"
  from item i join offer o on o.item_id = i.id and o.ended_at is null`;

/**
 * Whoever is on the line has no room for more, whoever put the call through. The line is counted once: beside another call or callback
 * in hand it waits until that is over. Sent again it changes nothing. False when it could not be counted yet.
 */
export async function takeLine(tx: TenantTx, agent: AgentKey, call: LineCall, at: Date): Promise<boolean> {
  await ensureAgent(tx, agent, at);
  const [open] = await tx.query<{ id: string; state: string; accountId: string | null; offerId: string | null }>(
    'line-open',
    OPEN,
    [call.callId],
  );
  if (open?.accountId === agent.accountId) {
    if (open.state === 'accepted') await begin(tx, open.id, at);
    return true;
  }
  const key = agentKey(agent);
  const read = async () => (await loadsOf(tx, [agent.accountId], [agent.hubId])).get(key) ?? [];
  const before = roomOnLine(await read());
  if (!before) return false;
  await endWork(tx, before.ends, 'completed', at);
  const room = roomOnLine(await read())!;
  if (open) await letGo(tx, open, at);
  const itemId = open && !open.accountId ? open.id : await add(tx, agent, call, at);
  if (!itemId) return false;
  await makeRoom(
    tx,
    itemId,
    room.suspends,
    room.rescinds.filter((id) => id !== itemId),
    at,
  );
  const { accountId, hubId } = agent;
  const [taken] = await tx.query<OfferRow>('line-take', TAKE, [itemId, accountId, hubId, uuid(), room.cost, at]);
  if (taken) tell(tx, 'work.moved', taken, { to: 'active' });
  return true;
}

/** Accepted on the screen, the telephone was taken now. */
async function begin(tx: TenantTx, itemId: string, at: Date): Promise<void> {
  const [begun] = await tx.query<OfferRow>('line-begin', BEGIN, [itemId, at]);
  if (begun) tell(tx, 'work.moved', begun, { to: 'active' });
}

/** What is on offer goes back; in other hands the part of the call is over, and written up by whoever had it. */
async function letGo(
  tx: TenantTx,
  { id, accountId, offerId }: { id: string; accountId: string | null; offerId: string | null },
  at: Date,
): Promise<void> {
  if (!accountId) {
    await releaseOffers(tx, offerId ? [offerId] : [], 'rescinded', at, 'taken');
    return;
  }
  // The call itself is somebody else's now: the work that is left is about the part only.
  await tx.query('line-part', 'update work_item set subject_id = $2 where id = $1', [id, uuid()]);
  await endPart(tx, id, at);
}

/** In hand, a call goes on into its writing up, or is over where there is none. */
export async function endPart(tx: TenantTx, itemId: string, at: Date): Promise<void> {
  if (await wrapUp(tx, itemId, at)) return;
  for (const { accountId, hubId } of await endWork(tx, [itemId], 'completed', at)) {
    await applyPending(tx, { accountId, hubId }, at);
  }
}

async function add(tx: TenantTx, { hubId }: AgentKey, call: LineCall, at: Date): Promise<string | null> {
  const { callId, queueId, queuedAt, wrapUpSeconds = WRAP_UP_SECONDS.call } = call;
  const values = [uuid(), hubId, callId, queueId, wrapUpSeconds, queuedAt, at];
  return (await tx.query<{ id: string }>('line-add', ADD, values))[0]?.id ?? null;
}
