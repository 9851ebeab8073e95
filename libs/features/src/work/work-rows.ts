import type { TenantTx } from '@app/db/tenant-db';
import type { Priority } from '@app/domain/sla-policy';
import { COOL_DOWN_MS, type Requirement, type WaitingItem, type WorkAgent } from '@app/domain/work/candidates';
import type { Load } from '@app/domain/work/capacity';
import type { ChosenPresence, Presence } from '@app/domain/work/presence';
import { CLEARANCE } from '@app/domain/work/required-skills';
import type { WorkKind } from '@app/domain/work/work-item';
import { SAID_TIMES, withTimes, type SaidTimes } from './relaxation-rows';

/** A matter is kept for the agent who had it for so long, and waited for that much of it. */
const STICKY_DAYS = 30;
const STICKY_WAIT_MS = 120_000;

export interface AgentKey {
  accountId: string;
  hubId: string;
}

/** The instant of the database, in milliseconds: the only time by which offers stand and fall. */
export async function databaseTime(tx: TenantTx): Promise<Date> {
  const [{ at }] = await tx.query<{ at: Date }>(
    'work-time',
    `select date_trunc('milliseconds', clock_timestamp()) as at`,
  );
  return at;
}

export interface AgentRow extends AgentKey {
  presence: Presence;
  reasonId: string | null;
  since: Date;
  pendingPresence: ChosenPresence | null;
  pendingReasonId: string | null;
  heartbeatAt: Date | null;
  idleSince: Date;
}

const AGENT = `
  select account_id as "accountId", hub_id as "hubId", presence, reason_id as "reasonId", since, pending_presence as "pendingPresence",
    pending_reason_id as "pendingReasonId", heartbeat_at as "heartbeatAt", idle_since as "idleSince"
  from agent_state where account_id = $1 and hub_id = $2`;

export async function findAgent(tx: TenantTx, { accountId, hubId }: AgentKey): Promise<AgentRow | undefined> {
  return (await tx.query<AgentRow>('work-find-agent', AGENT, [accountId, hubId]))[0];
}

/** Locks an agent's row: everything that changes what an agent has in hand comes one after the other. */
export async function lockAgent(tx: TenantTx, { accountId, hubId }: AgentKey): Promise<AgentRow | undefined> {
  return (await tx.query<AgentRow>('work-lock-agent', `${AGENT} for update`, [accountId, hubId]))[0];
}

/** What the agents have on offer and in hand, oldest first. */
export async function loadsOf(
  tx: TenantTx,
  accountIds: readonly string[],
  hubIds: readonly string[],
): Promise<Map<string, Load[]>> {
  const rows = await tx.query<Load & { accountId: string; hubId: string }>(
    'work-loads',
    `select o.account_id as "accountId", o.hub_id as "hubId", i.id as "itemId", i.kind, i.cost, i.interrupted_by is not null as suspended,
       case when o.state = 'pending' then 'offered' else i.state end as state
     from offer o join work_item i on i.id = o.item_id
     where o.ended_at is null and o.account_id = any ($1) and o.hub_id = any ($2) order by o.offered_at, o.id`,
    [accountIds, hubIds],
  );
  const loads = new Map<string, Load[]>();
  for (const { accountId, hubId, ...load } of rows) {
    const key = agentKey({ accountId, hubId });
    loads.set(key, [...(loads.get(key) ?? []), load]);
  }
  return loads;
}

export const agentKey = ({ accountId, hubId }: AgentKey): string => `${accountId} ${hubId}`;

const AGENTS = `
  select a.account_id as "accountId", a.hub_id as "hubId", a.presence, a.pending_presence as "pendingPresence", a.heartbeat_at as "heartbeatAt",
    a.idle_since as "idleSince", m.cleared,
    coalesce((select jsonb_object_agg(s.skill_code, s.level) from agent_skill s where s.account_id = a.account_id and s.hub_id = a.hub_id), '{}') as skills
  from agent_state a
  join account p on p.id = a.account_id and p.status = 'active'
  join lateral (
    select bool_or(m.cleared or m.role = 'supervisor') as cleared from membership m
    where m.account_id = a.account_id and m.hub_id = a.hub_id and m.role in ('agent', 'supervisor') and m.valid @> $3::date) m on m.cleared is not null
  where a.account_id = any ($1) and a.hub_id = any ($2)`;

/** Agents whose rows the caller has locked, as the choice sees them. */
export async function readAgents(tx: TenantTx, keys: readonly AgentKey[], today: string): Promise<WorkAgent[]> {
  const accountIds = keys.map((key) => key.accountId);
  const hubIds = [...new Set(keys.map((key) => key.hubId))];
  const wanted = new Set(keys.map(agentKey));
  const loads = await loadsOf(tx, accountIds, hubIds);
  const rows = await tx.query<
    Omit<WorkAgent, 'skills' | 'load'> & { skills: Record<string, number>; cleared: boolean }
  >('work-agents', AGENTS, [accountIds, hubIds, today]);
  return rows
    .filter((row) => wanted.has(agentKey(row)))
    .map(({ skills, cleared, ...agent }) => {
      const levels = new Map(Object.entries(skills));
      // Who may read restricted files is said by the membership alone.
      if (cleared) levels.set(CLEARANCE, 1);
      else levels.delete(CLEARANCE);
      return { ...agent, skills: levels, load: loads.get(agentKey(agent)) ?? [] };
    });
}

interface WaitingRow extends SaidTimes {
  id: string;
  kind: WorkKind;
  hubId: string;
  queueCode: string;
  cost: number;
  priority: Priority;
  queuedAt: Date;
  maxWaitSeconds: number;
  offerSeconds: number;
  dueAt: Date | null;
  legalNear: boolean;
  required: Requirement[];
  excludedAccounts: string[];
  excludedHubs: string[];
  visitedHubs: string[];
  hops: number;
  stickyAccountId: string | null;
}

const WAITING = `
  select i.id, i.kind, i.hub_id as "hubId", q.code as "queueCode", i.cost, i.priority, i.queued_at as "queuedAt", i.max_wait_seconds as "maxWaitSeconds",
    i.offer_seconds as "offerSeconds", coalesce(t.next_due_at, i.due_at) as "dueAt", t.legal_urgency_at is not null as "legalNear", i.required, i.excluded_accounts as "excludedAccounts",
    i.excluded_hubs as "excludedHubs", i.visited_hubs as "visitedHubs", i.hops, i.sticky_account_id as "stickyAccountId",
    ${SAID_TIMES}
  from work_item i join queue q on q.id = i.queue_id
  left join ticket t on t.id = i.ticket_id
  where i.hub_id = $1 and i.state = 'queued' and (i.ticket_id is null or (t.assignee_id is null and t.status in ('new', 'open')))`;

const MISSES = `
  select o.item_id as "itemId", o.account_id as "accountId", o.decided_at as at from offer o
  where o.state in ('rejected', 'timed_out') and o.decided_at > $2::timestamptz - interval '${COOL_DOWN_MS} ms'
    and exists (select from work_item i where i.id = o.item_id and i.hub_id = $1 and i.state = 'queued')`;

/** What waits in a hub. `helpers`: hubs that help out, by code of the queue. */
export async function readWaiting(
  tx: TenantTx,
  hubId: string,
  helpers: ReadonlyMap<string, string[]>,
  now: Date,
): Promise<WaitingItem[]> {
  const rows = await tx.query<WaitingRow>('work-waiting', WAITING, [hubId]);
  const misses = await tx.query<{ itemId: string; accountId: string; at: Date }>('work-misses', MISSES, [hubId, now]);
  const byItem = new Map<string, { accountId: string; at: Date }[]>();
  for (const { itemId, ...miss } of misses) byItem.set(itemId, [...(byItem.get(itemId) ?? []), miss]);
  return rows.map(withTimes).map(({ queueCode, stickyAccountId, ...row }) => ({
    ...row,
    // What people are parties to never leaves with an agreement of overflow unless it is a ticket.
    helpingHubs: row.kind === 'ticket_task' ? (helpers.get(queueCode) ?? []) : [],
    sticky: stickyAccountId ? stickyFor(stickyAccountId, row.queuedAt) : null,
    misses: byItem.get(row.id) ?? [],
  }));
}

function stickyFor(accountId: string, queuedAt: Date): WaitingItem['sticky'] {
  const after = (ms: number): Date => new Date(queuedAt.getTime() + ms);
  return { accountId, until: after(STICKY_DAYS * 86_400_000), waitUntil: after(STICKY_WAIT_MS) };
}
