import type { TenantTx } from '@app/db/tenant-db';
import { DISCONNECTED_AFTER_MS } from '@app/domain/work/presence';
import { endWork, putBack } from './hand-writes';
import { releaseOffers } from './offer-writes';
import { forget, timeOut } from './offers.service';
import { applyPending, changePresence, pendingOffers } from './presence-writes';
import { databaseTime, lockAgent, type AgentKey } from './work-rows';

const BATCH = 200;

/** Offers of a hub's items and of its agents that ran out, by the clock of the database. */
const EXPIRED = `
  select o.account_id as "accountId", o.hub_id as "hubId", array_agg(o.id order by o.id) as offers from offer o
  where o.state = 'pending' and o.expires_at <= clock_timestamp() and o.hub_id = $1
  group by 1, 2 order by 1 limit ${BATCH}`;

/** Takes back what nobody answered. */
export async function expireOffers(tx: TenantTx, hubId: string): Promise<void> {
  const late = await tx.query<AgentKey & { offers: string[] }>('work-expired', EXPIRED, [hubId]);
  for (const { offers, ...agent } of late) await timeOut(tx, agent, offers, await databaseTime(tx));
}

const LOST = `
  select account_id as "accountId", hub_id as "hubId" from agent_state
  where hub_id = $1 and presence not in ('offline', 'disconnected')
    and coalesce(heartbeat_at, since) < clock_timestamp() - interval '${DISCONNECTED_AFTER_MS} ms'
  order by 1 limit ${BATCH} for update skip locked`;

/** Agents without a sign of life: their offers go back, their work stays theirs. */
export async function loseAgents(tx: TenantTx, hubId: string): Promise<void> {
  for (const key of await tx.query<AgentKey>('work-lost', LOST, [hubId])) {
    const now = await databaseTime(tx);
    await releaseOffers(tx, await pendingOffers(tx, key), 'rescinded', now, 'disconnected');
    const agent = await lockAgent(tx, key);
    await changePresence(tx, agent!, { presence: 'disconnected', reasonId: null }, now);
  }
}

/** So long disconnected, an agent has gone home. */
const GONE_AFTER_MINUTES = 10;
const GONE = `
  select account_id as "accountId", hub_id as "hubId" from agent_state
  where hub_id = $1 and presence = 'disconnected' and since < clock_timestamp() - interval '${GONE_AFTER_MINUTES} minutes'
  order by 1 limit ${BATCH} for update skip locked`;

/** Signs agents off who did not come back; what they have in hand stays theirs, for a supervisor to see. */
export async function signOffLost(tx: TenantTx, hubId: string): Promise<void> {
  for (const key of await tx.query<AgentKey>('work-gone', GONE, [hubId])) {
    const agent = await lockAgent(tx, key);
    const now = await databaseTime(tx);
    await changePresence(tx, agent!, { presence: 'offline', reasonId: null }, now, { by: null, why: 'lost' });
  }
}

const WRAPPED_UP = `
  select o.account_id as "accountId", o.hub_id as "hubId", array_agg(i.id order by i.id) as items
  from work_item i join offer o on o.item_id = i.id and o.ended_at is null
  where i.state = 'wrap_up' and i.wrap_up_until <= clock_timestamp() and o.hub_id = $1 group by 1, 2 order by 1 limit ${BATCH}`;

/** Wrap-ups that reached their limit. */
export async function endWrapUps(tx: TenantTx, hubId: string): Promise<void> {
  for (const { items, ...agent } of await tx.query<AgentKey & { items: string[] }>('work-wrapped-up', WRAPPED_UP, [
    hubId,
  ])) {
    await lockAgent(tx, agent);
    const now = await databaseTime(tx);
    await endWork(tx, items, 'completed', now);
    await applyPending(tx, agent, now);
  }
}

interface Settled extends Partial<AgentKey> {
  itemId: string;
  offerId: string | null;
  outcome: 'cancelled' | 'completed' | 'queued';
  state: string;
}

/** Work whose ticket has gone its own way: claimed, answered, closed or put back by hand. */
const SETTLED = `
  select i.id as "itemId", i.state, o.id as "offerId", o.account_id as "accountId", o.hub_id as "hubId",
    case
      when i.state in ('queued', 'offered') then 'cancelled'
      when t.assignee_id is null and t.status in ('new', 'open') then 'queued'
      when t.assignee_id = i.account_id then 'completed' else 'cancelled' end as outcome
  from work_item i
  join ticket t on t.id = i.ticket_id
  left join offer o on o.item_id = i.id and o.ended_at is null
  where i.hub_id = $1 and i.kind = 'ticket_task' and i.state in ('queued', 'offered', 'accepted', 'active', 'held')
    and case when i.state in ('queued', 'offered') then t.assignee_id is not null or t.status not in ('new', 'open')
             else t.assignee_id is distinct from i.account_id or t.status not in ('new', 'open') end
  order by o.account_id, i.id limit ${BATCH}`;

/** Brings work into agreement with its tickets. */
export async function settleTickets(tx: TenantTx, hubId: string): Promise<void> {
  for (const one of await tx.query<Settled>('work-settled', SETTLED, [hubId])) {
    const agent = one.accountId ? ({ accountId: one.accountId, hubId: one.hubId! } satisfies AgentKey) : null;
    if (agent) await lockAgent(tx, agent);
    const now = await databaseTime(tx);
    if (one.state === 'queued' || one.state === 'offered') {
      await forget(tx, [one.itemId], one.offerId ? [one.offerId] : [], now);
    } else if (one.outcome === 'queued') await putBack(tx, [one.itemId], now);
    else await endWork(tx, [one.itemId], one.outcome, now);
    if (agent) await applyPending(tx, agent, now);
  }
}

/** Tickets that wait for an agent and are no work yet. */
export async function orphans(tx: TenantTx, hubId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'work-orphans',
    `select t.id from ticket t
     where t.hub_id = $1 and t.assignee_id is null and t.status in ('new', 'open')
       and not exists (
         select from work_item i where i.subject_id = t.id and i.state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up'))
     order by t.opened_at limit ${BATCH}`,
    [hubId],
  );
  return rows.map((row) => row.id);
}
