import type { TenantTx } from '@app/db/tenant-db';
import type { Applied } from './call-applied';

/** What people wrote on a call is not touched by what telephone systems tell of it. */
const WRITE = `
  insert into call (id, hub_id, integration_id, root_id, source, direction, state, outcome, short, from_raw, from_e164, to_raw, to_e164, queue_ref, queue_id,
    account_id, started_at, queued_at, offered_at, answered_at, ended_at, last_event_at, wait_ms, talk_ms, hold_ms, times, offers, missed_offers, transfers,
    cause, cause_raw, incomplete, ivr, match, contact_id, association_id, recording_ref, record, version)
  values ($1, $2, $3, $4, 'pbx', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31,
    $32, $33, $34, $35, $36, $37, $38)
  on conflict (id) do update set direction = excluded.direction, state = excluded.state, outcome = excluded.outcome, short = excluded.short,
    from_raw = excluded.from_raw, from_e164 = excluded.from_e164, to_raw = excluded.to_raw, to_e164 = excluded.to_e164, queue_ref = excluded.queue_ref,
    queue_id = excluded.queue_id, account_id = coalesce(excluded.account_id, call.account_id), started_at = excluded.started_at, queued_at = excluded.queued_at,
    offered_at = excluded.offered_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at, last_event_at = excluded.last_event_at,
    wait_ms = excluded.wait_ms, talk_ms = excluded.talk_ms, hold_ms = excluded.hold_ms, times = excluded.times, offers = excluded.offers,
    missed_offers = excluded.missed_offers, transfers = excluded.transfers, cause = excluded.cause, cause_raw = excluded.cause_raw,
    incomplete = excluded.incomplete, ivr = excluded.ivr,
    match = case when call.verified_at is null then excluded.match else call.match end,
    contact_id = case when call.verified_at is null then excluded.contact_id else call.contact_id end,
    association_id = case when call.verified_at is null then excluded.association_id else call.association_id end,
    recording_ref = excluded.recording_ref, record = excluded.record, version = excluded.version`;

const LEGS = `
  insert into call_leg (call_id, leg_id, hub_id, agent_kind, agent_value, account_id, offered_at, answered_at, ended_at, outcome, talk_ms)
  select $1, x.leg_id, $2, x.agent_kind, x.agent_value, x.account_id, x.offered_at, x.answered_at, x.ended_at, x.outcome, x.talk_ms
  from jsonb_to_recordset($3) as x(leg_id text, agent_kind text, agent_value text, account_id uuid, offered_at timestamptz, answered_at timestamptz,
    ended_at timestamptz, outcome text, talk_ms bigint)`;

/** Kept only while a consent that was given in the call holds, in a hub that records. */
const MAY_KEEP = `
  select 1 from consent c join hub_telephony h on h.hub_id = c.hub_id and h.recording
  where c.call_id = $1 and c.scope = 'recording' and c.state = 'granted' and c.withdrawn_at is null limit 1`;

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** The row of a call as its record stands now, and its legs. */
export async function writeCall(tx: TenantTx, applied: Applied): Promise<void> {
  const { record, id, hubId } = applied;
  const kept = record.recordingRef !== null && (await tx.query('call-may-keep', MAY_KEEP, [id])).length > 0;
  await tx.query('call-write', WRITE, [
    id,
    hubId,
    applied.integrationId,
    applied.rootId,
    record.direction,
    record.state,
    record.outcome,
    record.short,
    record.fromRaw.slice(0, 250),
    record.fromE164,
    record.toRaw.slice(0, 250),
    record.toE164,
    record.queueRef?.slice(0, 120) ?? null,
    applied.queue?.id ?? null,
    applied.accountId,
    at(record.startedAt),
    at(record.queuedAt),
    at(record.offeredAt),
    at(record.answeredAt),
    at(record.endedAt),
    at(record.lastEventAt),
    record.waitMs,
    record.talkMs,
    record.holdMs,
    record.times,
    record.offers,
    record.missedOffers,
    record.transfers,
    record.cause,
    record.causeRaw?.slice(0, 120) ?? null,
    record.incomplete,
    JSON.stringify(record.ivr),
    applied.match,
    applied.contactId,
    applied.associationId,
    kept ? record.recordingRef!.slice(0, 400) : null,
    JSON.stringify({ ...record, recordingRef: null }),
    applied.version,
  ]);
  await writeLegs(tx, applied);
}

async function writeLegs(tx: TenantTx, { id, hubId, record, legAccounts, before }: Applied): Promise<void> {
  if (before) await tx.query('call-legs-drop', 'delete from call_leg where call_id = $1', [id]);
  if (record.legs.length === 0) return;
  const rows = record.legs.map((leg, index) => ({
    leg_id: leg.legId.slice(0, 250),
    agent_kind: leg.agents[0]?.kind ?? null,
    agent_value: leg.agents[0]?.value.slice(0, 250) ?? null,
    account_id: legAccounts[index],
    offered_at: at(leg.offeredAt),
    answered_at: at(leg.answeredAt),
    ended_at: at(leg.endedAt),
    outcome: leg.outcome,
    talk_ms: leg.talkMs,
  }));
  await tx.query('call-legs', LEGS, [id, hubId, JSON.stringify(rows)]);
}
