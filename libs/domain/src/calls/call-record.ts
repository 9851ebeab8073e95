import { legsOf, type CallLeg } from './call-legs';
import { queuedOf, waitOf } from './call-wait';
import { firstOf, partiesOf } from './call-parties';
import {
  contentOf,
  instantOf,
  rankOf,
  type AgentRef,
  type CanonicalEvent,
  type Cause,
  type Direction,
} from './canonical-event';

export const CALL_STATES = ['ringing', 'queued', 'active', 'held', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];
export const CALL_OUTCOMES = [
  'answered',
  'abandoned',
  'overflowed',
  'called_back',
  'voicemail',
  'closed',
  'blocked',
  'not_reached',
  'lost',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What follows from the events of one call; instants in milliseconds since 1970, durations in milliseconds. */
export interface CallRecord {
  direction: Direction;
  state: CallState;
  outcome: CallOutcome | null;
  short: boolean;
  fromRaw: string;
  fromE164: string | null;
  toRaw: string;
  toE164: string | null;
  diversion: string | null;
  queueRef: string | null;
  /** Who rings now or rang at the start. */
  ringing: AgentRef[];
  /** Who answered last: the one in whose hands it is. */
  answeredBy: AgentRef[];
  startedAt: number;
  queuedAt: number | null;
  offeredAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  lastEventAt: number;
  waitMs: number | null;
  talkMs: number | null;
  holdMs: number;
  times: 'provider' | 'arrival';
  offers: number;
  missedOffers: number;
  transfers: number;
  cause: Cause | null;
  causeRaw: string | null;
  incomplete: boolean;
  ivr: Record<string, string>;
  recordingRef: string | null;
  legs: CallLeg[];
}

export interface CallRules {
  /** A call in that ended unanswered within this time is a request to be called. */
  shortMs: number;
  /** Whether the hub answers at an instant. */
  isOpen: (at: number) => boolean;
}

/** Fields that depend on when events arrived, as long as the provider gives no times. */
export const ARRIVAL_FIELDS = [
  'startedAt',
  'queuedAt',
  'offeredAt',
  'answeredAt',
  'endedAt',
  'lastEventAt',
  'waitMs',
  'talkMs',
  'holdMs',
  'short',
] as const;

/**
 * The record of one call from the set of its events: their order, their repetition and late arrival do not matter. Events of one call
 * only; at least one. A number in any spelling becomes E.164, short codes and withheld numbers none. @see call-centre 2.7, invariant 19
 */
export function deriveCall(given: readonly CanonicalEvent[], rules: CallRules): CallRecord {
  const events = inOrder(given);
  const direction = firstOf(events, (event) => event.direction) ?? 'in';
  const record: CallRecord = {
    direction,
    state: 'ended',
    outcome: null,
    short: false,
    ...partiesOf(events),
    queueRef: queueOf(events),
    ringing: ringingOf(events),
    ...timesOf(events, direction),
    transfers: transfersOf(events),
    ...causeOf(events),
    incomplete: !events.some((event) => event.type === 'call.started'),
    ivr: Object.assign({}, ...events.map((event) => event.ivr ?? {})) as Record<string, string>,
    recordingRef: firstOf(events, (event) => event.recordingRef ?? null),
  };
  if (record.endedAt === null) return { ...record, state: stateOf(events, record.answeredAt) };
  const outcome = outcomeOf(events, record, rules);
  return { ...record, outcome, short: outcome === 'abandoned' && record.endedAt - record.startedAt <= rules.shortMs };
}

/** Instants and durations, and who had the call in hand. Nothing lies after the end. */
function timesOf(events: readonly CanonicalEvent[], direction: Direction) {
  const instants = events.map(instantOf);
  const [startedAt, lastEventAt] = [Math.min(...instants), Math.max(...instants)];
  const endedAt = endOf(events);
  const { answeredAt, answeredBy, talk } = answerOf(events, endedAt);
  const queuedAt = queuedOf(events, direction, startedAt);
  const legs = legsOf(events, { answeredAt, endedAt });
  const holdMs = heldMs(events, endedAt ?? lastEventAt);
  return {
    answeredBy,
    startedAt,
    queuedAt,
    offeredAt: clamp(minOf(legs.map((leg) => leg.offeredAt)), endedAt),
    answeredAt,
    endedAt,
    lastEventAt,
    waitMs: waitOf(events, { from: queuedAt ?? startedAt, answeredAt, endedAt }),
    talkMs: talkOf(answeredAt, endedAt, talk, holdMs),
    holdMs,
    times: events.every((event) => event.occurredAt !== null) ? ('provider' as const) : ('arrival' as const),
    offers: legs.length,
    missedOffers: legs.filter((leg) => leg.outcome === 'no_answer').length,
    legs,
  };
}

/** When and by whom it was answered; a voicemail is no answer. `talk`: as told by the system, 0 where it does not count. */
function answerOf(
  events: readonly CanonicalEvent[],
  endedAt: number | null,
): Pick<CallRecord, 'answeredAt' | 'answeredBy'> & { talk: number } {
  const parts = hasParts(events);
  const answers = events.filter((event) => event.type === 'call.answered' && (!parts || event.agents.length > 0));
  const talk = parts ? 0 : Math.max(0, ...events.map((event) => event.durations?.talk ?? 0));
  if (events.some((event) => event.cause === 'voicemail')) return { answeredAt: null, answeredBy: [], talk };
  return {
    answeredAt: clamp(answeredOf(answers, talk, endedAt), endedAt),
    answeredBy: answers.at(-1)?.agents ?? [],
    talk,
  };
}

function clamp(at: number | null, endedAt: number | null): number | null {
  return at !== null && endedAt !== null ? Math.min(at, endedAt) : at;
}

/** By the provider's time where all have one, else by rank; by its count within a rank, at last by content. */
function inOrder(events: readonly CanonicalEvent[]): CanonicalEvent[] {
  const timed = events.every((event) => event.occurredAt !== null);
  const unique = new Map(events.map((event) => [contentOf(event) + (event.occurredAt ? '' : event.receivedAt), event]));
  const keyed = [...unique.values()].map((event) => ({ event, content: contentOf(event) }));
  keyed.sort(
    (a, b) =>
      (timed ? instantOf(a.event) - instantOf(b.event) : 0) ||
      rankOf(a.event) - rankOf(b.event) ||
      (a.event.sequence ?? 0) - (b.event.sequence ?? 0) ||
      (a.content < b.content ? -1 : Number(a.content > b.content)),
  );
  return keyed.map(({ event }) => event);
}

/** Whether people are reached through a queue or parts of their own: then the answer of the call itself is only that of a machine. */
function hasParts(events: readonly CanonicalEvent[]): boolean {
  return events.some((event) => event.type === 'queue.entered' || event.type === 'offer.ringing');
}

/** When all the calls of the chain have ended; null while one goes on. */
function endOf(events: readonly CanonicalEvent[]): number | null {
  const ends = events.filter((event) => event.type === 'call.ended');
  const over = new Set(ends.map((event) => event.callId));
  const open = events.some((event) => !over.has(event.callId));
  return ends.length === 0 || open ? null : Math.max(...ends.map(instantOf));
}

/** The first answer; a system that does not report it tells how long was talked. */
function answeredOf(answers: readonly CanonicalEvent[], talk: number, endedAt: number | null): number | null {
  if (answers.length > 0) return Math.min(...answers.map(instantOf));
  return talk > 0 && endedAt !== null ? endedAt - talk : null;
}

function queueOf(events: readonly CanonicalEvent[]): string | null {
  const entered = events.filter((event) => event.type === 'queue.entered' && event.queueRef);
  return entered.at(-1)?.queueRef ?? firstOf(events, (event) => event.queueRef);
}

function ringingOf(events: readonly CanonicalEvent[]): AgentRef[] {
  const started = events.filter((event) => event.type === 'call.started' || event.type === 'offer.ringing');
  const refs = started.flatMap((event) => event.agents);
  return refs.filter((ref, at) => refs.findIndex((one) => one.kind === ref.kind && one.value === ref.value) === at);
}

function heldMs(events: readonly CanonicalEvent[], until: number): number {
  const marks = events
    .filter((event) => event.type === 'call.held' || event.type === 'call.resumed')
    .map((event) => ({ at: instantOf(event), held: event.type === 'call.held' }))
    .sort((a, b) => a.at - b.at || Number(b.held) - Number(a.held));
  let [sum, since] = [0, null as number | null];
  for (const { at, held } of marks) {
    if (held) since ??= at;
    else if (since !== null) [sum, since] = [sum + at - since, null];
  }
  return since === null ? sum : sum + Math.max(0, until - since);
}

function talkOf(answeredAt: number | null, endedAt: number | null, told: number, holdMs: number): number | null {
  if (answeredAt === null || endedAt === null) return null;
  return Math.max(0, (told > 0 ? told : endedAt - answeredAt) - holdMs);
}

function transfersOf(events: readonly CanonicalEvent[]): number {
  const told = events.filter((event) => event.type === 'call.transferred').length;
  const chained = new Set(
    events.filter((event) => event.type === 'call.started' && event.callId !== event.rootId).map((one) => one.callId),
  );
  return told + chained.size;
}

function causeOf(events: readonly CanonicalEvent[]): Pick<CallRecord, 'cause' | 'causeRaw'> {
  const ends = events.filter((event) => event.type === 'call.ended' && event.cause !== null);
  const last = ends.filter((event) => event.cause !== 'forwarded').at(-1) ?? ends.at(-1);
  return { cause: last?.cause ?? null, causeRaw: last?.causeRaw ?? null };
}

function stateOf(events: readonly CanonicalEvent[], answeredAt: number | null): CallState {
  const holds = events.filter((event) => event.type === 'call.held').length;
  const resumes = events.filter((event) => event.type === 'call.resumed').length;
  if (answeredAt !== null) return holds > resumes ? 'held' : 'active';
  return events.some((event) => event.type === 'queue.entered') ? 'queued' : 'ringing';
}

/** Each call has exactly one outcome. Out of hours is a class of its own. */
function outcomeOf(events: readonly CanonicalEvent[], record: CallRecord, rules: CallRules): CallOutcome {
  const causes = new Set(events.map((event) => event.cause));
  if (causes.has('blocked')) return 'blocked';
  if (record.direction !== 'in') return record.answeredAt === null ? 'not_reached' : 'answered';
  if (causes.has('voicemail')) return 'voicemail';
  if (record.answeredAt !== null) return 'answered';
  return leftBy(events, record) ?? (rules.isOpen(record.startedAt) ? 'abandoned' : 'closed');
}

/** How an unanswered call left us otherwise than by hanging up; null when it did that. */
function leftBy(events: readonly CanonicalEvent[], { cause }: CallRecord): CallOutcome | null {
  const exits = new Set(events.map((event) => event.exit ?? null));
  if (exits.has('calledBack')) return 'called_back';
  if (cause === 'forwarded' || cause === 'answeredElsewhere') return 'overflowed';
  // A system tells beside it that the queue was left.
  if (exits.has('abandoned')) return null;
  return [...exits].some((exit) => exit !== null && exit !== 'served') ? 'overflowed' : null;
}

function minOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
