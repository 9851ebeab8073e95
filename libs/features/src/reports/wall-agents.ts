import type { TenantTx } from '@app/db/tenant-db';
import { pointsUsed, type Load } from '@app/domain/work/capacity';
import { activityOf, isFresh, type Presence } from '@app/domain/work/presence';
import type { WallAgentView, WallStateView } from './wallboard-view.dto';

/** Everybody who is not offline, with what they have on offer and in hand. */
const AGENTS = `
  select a.hub_id as "hubId", a.account_id as "accountId", p.name, a.presence, r.code as reason, a.since, a.idle_since as "idleSince", a.heartbeat_at as "heartbeatAt",
    coalesce(jsonb_agg(jsonb_build_object('itemId', i.id, 'kind', i.kind, 'cost', i.cost, 'suspended', i.interrupted_by is not null, 'since', i.state_at,
      'state', case when o.state = 'pending' then 'offered' else i.state end) order by o.offered_at, o.id) filter (where i.id is not null), '[]') as load
  from agent_state a join account p on p.id = a.account_id and p.status = 'active'
  left join presence_reason r on r.id = a.reason_id
  left join offer o on o.account_id = a.account_id and o.hub_id = a.hub_id and o.ended_at is null
  left join work_item i on i.id = o.item_id
  where a.hub_id = any ($1::uuid[]) and a.presence <> 'offline'
  group by a.account_id, a.hub_id, p.id, r.id order by p.name, a.account_id`;

interface AgentRow {
  hubId: string;
  accountId: string;
  name: string;
  presence: Presence;
  reason: string | null;
  since: Date;
  idleSince: Date;
  heartbeatAt: Date | null;
  load: (Load & { since: string })[];
}

export type WallAgent = WallAgentView & { hubId: string };

/** The agents of some hubs as the wall shows them. */
export async function wallAgents(tx: TenantTx, hubIds: readonly string[]): Promise<WallAgent[]> {
  return (await tx.query<AgentRow>('wall-agents', AGENTS, [hubIds])).map((row) => agentView(row, tx.now));
}

function agentView({ idleSince, heartbeatAt, load, ...row }: AgentRow, now: Date): WallAgent {
  const activity = activityOf(load);
  const moved = load.map((one) => new Date(one.since).getTime());
  // Idle since the last work ended or the presence began; else since the last of the work in hand moved.
  const from = load.length > 0 ? Math.max(...moved) : Math.max(idleSince.getTime(), row.since.getTime());
  return {
    ...row,
    activity,
    activitySince: new Date(from),
    capacityUsed: pointsUsed(load),
    fresh: isFresh(heartbeatAt, now),
  };
}

/** How many are in each presence, most first. */
export function byPresence(agents: readonly WallAgentView[]): WallStateView[] {
  const counts = new Map<Presence, number>();
  for (const { presence } of agents) counts.set(presence, (counts.get(presence) ?? 0) + 1);
  return [...counts]
    .map(([presence, count]) => ({ presence, agents: count }))
    .sort((a, b) => b.agents - a.agents || (a.presence < b.presence ? -1 : 1));
}
