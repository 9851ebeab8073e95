import type { TenantTx } from '@app/db/tenant-db';
import type { AgentTime, CallFact } from '@app/domain/calls/call-metrics';

export interface FactRow extends CallFact {
  direction: 'in' | 'out' | 'internal';
  queuedAt: Date;
  offers: number;
  missedOffers: number;
}

/** The writing up ends by the agent or by the limit of its queue, whichever comes first. */
const WRITTEN_UP = `least(k.wrapped_up_at,
  (select max(i.state_at) from work_item i where i.subject_id = k.id and i.kind = 'call' and i.state = 'completed' and i.wrap_up_seconds > 0))`;

/** Calls that ended, counted by the instant at which they came into the queue. */
const FACTS = `
  select k.id, k.direction, k.outcome, coalesce(k.wait_ms, 0)::float8 as "waitMs", k.short, k.talk_ms::float8 as "talkMs", k.hold_ms::float8 as "holdMs",
    case when ${WRITTEN_UP} > k.ended_at then least(extract(epoch from ${WRITTEN_UP} - k.ended_at) * 1000, 3600000) else 0 end::float8 as "wrapMs",
    greatest(1, (select count(*) from call_leg l where l.call_id = k.id and l.outcome = 'answered'))::int as handles, k.source = 'pbx' as measured,
    coalesce(k.queued_at, k.started_at) as "queuedAt", k.offers, k.missed_offers as "missedOffers"
  from call k left join queue q on q.id = k.queue_id
  where k.hub_id = $1 and k.state = 'ended' and coalesce(k.queued_at, k.started_at) >= $2 and coalesce(k.queued_at, k.started_at) < $3
    and ($4::text is null or q.code = $4) order by "queuedAt", k.id`;

export function factsOf(
  tx: TenantTx,
  hubId: string,
  { from, to }: { from: Date; to: Date },
  queueCode: string | null,
): Promise<FactRow[]> {
  return tx.query<FactRow>('call-facts', FACTS, [hubId, from, to, queueCode]);
}

/** Time of the hub's agents within the stretch; null when nobody was there. */
export async function agentTimeOf(
  tx: TenantTx,
  hubId: string,
  { from, to }: { from: Date; to: Date },
  handleMs: number,
): Promise<AgentTime | null> {
  const [row] = await tx.query<{ logged: number | null; paused: number | null }>(
    'call-agent-time',
    `select sum(ms) filter (where presence not in ('offline', 'disconnected'))::float8 as logged,
       sum(ms) filter (where presence not in ('offline', 'disconnected', 'available'))::float8 as paused
     from (select presence, extract(epoch from least(coalesce(to_at, $4), $3) - greatest(from_at, $2)) * 1000 as ms from agent_state_log
       where hub_id = $1 and from_at < $3 and coalesce(to_at, $4) > $2) x where ms > 0`,
    [hubId, from, to, tx.now],
  );
  if (!row.logged) return null;
  const [{ ring }] = await tx.query<{ ring: number }>(
    'call-ring-time',
    `select coalesce(sum(extract(epoch from coalesce(answered_at, ended_at) - offered_at) * 1000), 0)::float8 as ring from call_leg
     where hub_id = $1 and offered_at >= $2 and offered_at < $3 and account_id is not null and coalesce(answered_at, ended_at) > offered_at`,
    [hubId, from, to],
  );
  return { loggedMs: row.logged, pausedMs: row.paused ?? 0, ringMs: ring, handleMs };
}

export async function callbackCountsOf(
  tx: TenantTx,
  hubId: string,
  { from, to }: { from: Date; to: Date },
): Promise<{ requested: number; cancelled: number; reached: number; kept: number }> {
  const [row] = await tx.query<{ requested: number; cancelled: number; reached: number; kept: number }>(
    'callback-counts',
    `select count(*)::int as requested, count(*) filter (where state in ('cancelled', 'called_in'))::int as cancelled,
       count(*) filter (where state = 'reached')::int as reached,
       count(*) filter (where promise = 'met' and state not in ('cancelled', 'called_in'))::int as kept
     from callback where hub_id = $1 and requested_at >= $2 and requested_at < $3`,
    [hubId, from, to],
  );
  return row;
}

/** Who waits on the telephone now, and how many are there to answer. */
export async function waitingOf(tx: TenantTx, hubId: string): Promise<{ queuedAt: Date[]; serving: number }> {
  const waiting = await tx.query<{ at: Date }>(
    'call-waiting-now',
    `select coalesce(queued_at, started_at) as at from call where hub_id = $1 and direction = 'in' and state in ('ringing', 'queued')`,
    [hubId],
  );
  const [{ n }] = await tx.query<{ n: number }>(
    'call-serving',
    `select count(*)::int as n from agent_state where hub_id = $1 and presence = 'available'`,
    [hubId],
  );
  return { queuedAt: waiting.map((row) => row.at), serving: n };
}
