import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { idleSinceOnReturn, type ChosenPresence, type Presence } from '@app/domain/work/presence';
import type { DirectedWhy } from '@app/domain/work/reason-words';
import { lockAgent, type AgentKey, type AgentRow } from './work-rows';

/** Who changed somebody else's presence, and why. */
export interface Directed {
  by: string | null;
  why: DirectedWhy | 'lost';
}

const ADD_STATE = `
  with state as (
    insert into agent_state (account_id, hub_id, presence, since, idle_since) values ($1, $2, 'offline', $3, $3)
    on conflict do nothing returning account_id, hub_id, since)
  insert into agent_state_log (id, account_id, hub_id, presence, from_at) select $4, account_id, hub_id, 'offline', since from state`;

/** The agent's row, locked; its life begins offline. */
export async function ensureAgent(tx: TenantTx, agent: AgentKey, at: Date): Promise<AgentRow> {
  const known = await lockAgent(tx, agent);
  if (known) return known;
  await tx.query('work-add-agent', ADD_STATE, [agent.accountId, agent.hubId, at, uuid()]);
  return (await lockAgent(tx, agent))!;
}

const CHANGE = `
  with state as (
      update agent_state set presence = $3, reason_id = $4, since = $5, idle_since = $6, pending_presence = null, pending_reason_id = null, version = version + 1
      where account_id = $1 and hub_id = $2),
    closed as (
      update agent_state_log set to_at = $5 where account_id = $1 and hub_id = $2 and to_at is null returning to_at)
  insert into agent_state_log (id, account_id, hub_id, presence, reason_id, from_at, follows_at)
  select $7, $1, $2, $3, $4, to_at, to_at from closed`;

/** Puts a locked agent into a presence: the row, the log without gap and the event. A clock that stepped back moves on by a millisecond. */
export async function changePresence(
  tx: TenantTx,
  agent: AgentRow,
  to: { presence: Presence; reasonId: string | null },
  now: Date,
  directed: Directed | null = null,
): Promise<AgentRow> {
  if (agent.presence === to.presence && agent.reasonId === to.reasonId) return keepPending(tx, agent, null);
  const at = new Date(Math.max(now.getTime(), agent.since.getTime() + 1));
  const idleSince = to.presence === 'available' ? idleSinceOnReturn(agent.idleSince, agent.since, at) : agent.idleSince;
  const { accountId, hubId } = agent;
  await tx.query('work-presence', CHANGE, [accountId, hubId, to.presence, to.reasonId, at, idleSince, uuid()]);
  tell(tx, agent, { from: agent.presence, to: to.presence, reasonId: to.reasonId, ...directed });
  return { ...agent, ...to, since: at, idleSince, pendingPresence: null, pendingReasonId: null };
}

/** Remembers what is to come when the last work is finished; null forgets it. */
export async function keepPending(
  tx: TenantTx,
  agent: AgentRow,
  pending: { presence: ChosenPresence; reasonId: string | null } | null,
  directed: Directed | null = null,
): Promise<AgentRow> {
  const next = { ...agent, pendingPresence: pending?.presence ?? null, pendingReasonId: pending?.reasonId ?? null };
  if (next.pendingPresence === agent.pendingPresence && next.pendingReasonId === agent.pendingReasonId) return agent;
  await tx.query(
    'work-pending',
    `update agent_state set pending_presence = $3, pending_reason_id = $4, version = version + 1 where account_id = $1 and hub_id = $2`,
    [agent.accountId, agent.hubId, next.pendingPresence, next.pendingReasonId],
  );
  tell(tx, agent, { from: agent.presence, to: agent.presence, pending: next.pendingPresence, ...directed });
  return next;
}

/** After work has left an agent's hands: what was chosen meanwhile takes effect with the last of it. The caller holds the agent. */
export async function applyPending(tx: TenantTx, key: AgentKey, at: Date): Promise<void> {
  const agent = await lockAgent(tx, key);
  if (!agent?.pendingPresence || (await hasHands(tx, key))) return;
  await changePresence(tx, agent, { presence: agent.pendingPresence, reasonId: agent.pendingReasonId }, at);
}

async function hasHands(tx: TenantTx, { accountId, hubId }: AgentKey): Promise<boolean> {
  const rows = await tx.query(
    'work-has-hands',
    `select 1 from offer where account_id = $1 and hub_id = $2 and state = 'accepted' and ended_at is null limit 1`,
    [accountId, hubId],
  );
  return rows.length > 0;
}

/** Pending offers of one agent. */
export async function pendingOffers(tx: TenantTx, { accountId, hubId }: AgentKey): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'work-pending-offers',
    `select id from offer where account_id = $1 and hub_id = $2 and state = 'pending' order by id`,
    [accountId, hubId],
  );
  return rows.map((row) => row.id);
}

function tell(tx: TenantTx, { accountId, hubId }: AgentKey, data: Record<string, unknown>): void {
  tx.emit({ type: 'presence.changed', hubId, data: { accountId, ...data } });
}
