import type { TenantTx } from '@app/db/tenant-db';
import { planInstants, type PlanSpan } from '@app/domain/work/agent-plan';
import type { AgentTimeSource, PresenceSpan, TimeSpan } from '@app/domain/work/agent-time';
import type { DayRange } from '@app/domain/report-period';

type Of<Row> = Row & { accountId: string };

const WHOSE = 'hub_id = any ($1::uuid[]) and ($4::uuid is null or account_id = $4)';
const PRESENCES = `
  select l.account_id as "accountId", l.presence, r.productive, l.from_at as "from", coalesce(l.to_at, $3) as "to"
  from agent_state_log l left join presence_reason r on r.id = l.reason_id
  where l.${WHOSE.replace('account_id', 'l.account_id')} and l.presence <> 'offline' and l.from_at < $3 and (l.to_at is null or l.to_at > $2)`;
const HANDS = `
  select account_id as "accountId", decided_at as "from", coalesce(ended_at, $3) as "to" from offer
  where ${WHOSE} and state = 'accepted' and decided_at < $3 and (ended_at is null or ended_at > $2)`;
/** Wrap-up is at most an hour: who forgets to end it did not work on it overnight. */
const CALLS = `
  select l.account_id as "accountId", l.answered_at as "from",
    greatest(coalesce(l.ended_at, $3), least(k.wrapped_up_at, l.ended_at + interval '1 hour')) as "to"
  from call_leg l join call k on k.id = l.call_id
  where l.${WHOSE.replace('account_id', 'l.account_id')} and l.account_id is not null and l.answered_at < $3 and l.answered_at > $2::timestamptz - interval '1 day'`;
const RINGS = `
  select account_id as "accountId", offered_at as "from", least(coalesce(decided_at, $3), expires_at) as "to" from offer
  where ${WHOSE} and offered_at < $3 and (ended_at is null or ended_at > $2)`;
const PLANS = `
  select distinct on (hub_id, account_id, day) account_id as "accountId", day::text as day, spans from agent_plan
  where ${WHOSE} and day between $2 and $3 order by hub_id, account_id, day, version desc`;

/** The time of the people of some hubs, or of one of them; of a person in two hubs both together. */
export async function agentTimes(
  tx: TenantTx,
  hubIds: readonly string[],
  accountId: string | null,
  range: TimeSpan,
  days: DayRange,
): Promise<Map<string, AgentTimeSource>> {
  const found = new Map<string, Collected>();
  const of = (id: string): Collected => {
    const known = found.get(id) ?? { presences: [], hands: [], rings: [], plan: [] };
    found.set(id, known);
    return known;
  };
  const values = [hubIds, range.from, range.to, accountId];
  const spans = (name: string, text: string) => tx.query<Of<TimeSpan>>(name, text, values);
  for (const { accountId: id, ...span } of await tx.query<Of<PresenceSpan>>('time-presences', PRESENCES, values)) {
    of(id).presences.push(span);
  }
  for (const { accountId: id, ...span } of await spans('time-hands', HANDS)) of(id).hands.push(span);
  for (const { accountId: id, ...span } of await spans('time-calls', CALLS)) of(id).hands.push(span);
  for (const { accountId: id, ...span } of await spans('time-rings', RINGS)) of(id).rings.push(span);
  const plans = await tx.query<Of<{ day: string; spans: PlanSpan[] }>>('time-plans', PLANS, [
    hubIds,
    days.from,
    days.to,
    accountId,
  ]);
  for (const { accountId: id, day, spans: planned } of plans) of(id).plan.push(...planInstants(day, planned));
  return found;
}

type Collected = { -readonly [Part in keyof AgentTimeSource]: AgentTimeSource[Part][number][] };
