import { deriveCall } from '@app/domain/calls/call-record';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import type { Ask } from '../audit/seal-log';
import { BODIES_KEPT_DAYS } from '../calls/call-rows';
import { compare, type Finding } from './finding';

const CALLS_AT_ONCE = 1_000;

interface StoredCall {
  id: string;
  outcome: string | null;
  fromE164: string | null;
  queuedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  waitMs: number | null;
  talkMs: number | null;
  holdMs: number;
  /** We have promised to call instead, and refused the call. */
  promised: boolean;
  told: CanonicalEvent[][] | null;
  rootId: string;
}

const ms = (column: string): string => `round(extract(epoch from k.${column}) * 1000)::float8`;
/** Of calls whose bodies are all still there. */
const CALLS = `
  select k.id, k.root_id as "rootId", k.outcome, k.from_e164 as "fromE164", ${ms('queued_at')} as "queuedAt", ${ms('answered_at')} as "answeredAt",
    ${ms('ended_at')} as "endedAt", k.wait_ms::float8 as "waitMs", k.talk_ms::float8 as "talkMs", k.hold_ms::float8 as "holdMs",
    exists (select from work_item i where i.subject_id = k.id and i.kind = 'call' and i.state = 'called_back') as promised,
    (select jsonb_agg(e.canonical) from pbx_event e where e.integration_id = k.integration_id and e.root_id = k.root_id and e.state = 'done') as told
  from call k
  where k.id > $1 and k.source = 'pbx' and k.last_event_at > now() - make_interval(days => ${BODIES_KEPT_DAYS - 1})
  order by k.id limit ${CALLS_AT_ONCE}`;

/**
 * Works the record of each call out again from what its telephone system told, and compares what figures stand on. What depends on
 * settings that may have changed since (opening hours, the short time) is taken as it was.
 */
export async function checkCalls(ask: Ask, report: (findings: Finding[]) => void): Promise<number> {
  let checked = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const calls = await ask<StoredCall>(CALLS, [last]);
    if (calls.length === 0) return checked;
    for (const call of calls) report(compare('call', call.id, workedOut(call), stored(call)));
    checked += calls.length;
    last = calls.at(-1)!.id;
  }
}

function workedOut({ told, rootId, outcome, promised }: StoredCall): object | null {
  const events = (told ?? []).flat().filter((event) => event.type !== 'agent.state');
  if (events.length === 0) return null;
  const ofCall = events.map((event) => ({ ...event, rootId }));
  const record = deriveCall(ofCall, { shortMs: 0, isOpen: () => outcome !== 'closed' });
  const { fromE164, queuedAt, answeredAt, endedAt, waitMs, talkMs, holdMs } = record;
  const kept = record.outcome === 'abandoned' && promised ? 'called_back' : record.outcome;
  // Given up for lost, its end is that of silence.
  if (outcome === 'lost') return { outcome, fromE164 };
  return { outcome: kept, fromE164, queuedAt, answeredAt, endedAt, waitMs, talkMs, holdMs };
}

function stored({ outcome, fromE164, queuedAt, answeredAt, endedAt, waitMs, talkMs, holdMs }: StoredCall): object {
  if (outcome === 'lost') return { outcome, fromE164 };
  return { outcome, fromE164, queuedAt, answeredAt, endedAt, waitMs, talkMs, holdMs };
}
