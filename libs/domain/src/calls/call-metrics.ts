import type { CallOutcome } from './call-record';

/** What the figures need of one call in; durations in milliseconds. */
export interface CallFact {
  id: string;
  outcome: CallOutcome;
  waitMs: number;
  short: boolean;
  talkMs: number | null;
  holdMs: number;
  wrapMs: number;
  /** Of answered calls: how many people had it in hand. */
  handles: number;
  measured: boolean;
}

/** The counted parts of the service level, from which every formula follows. Thresholds are met when equal. */
export interface ServiceCounts {
  offered: number;
  answeredWithin: number;
  answeredLater: number;
  abandonedShort: number;
  abandonedWithin: number;
  abandonedLater: number;
  calledBack: number;
  calledBackWithin: number;
  overflowed: number;
  overflowedWithin: number;
  voicemail: number;
  closed: number;
}

/**
 * Counts calls in by what became of them and how soon. Offered is the sum of the outcomes (invariant 18); calls out of hours, blocked and
 * lost ones stand outside.
 */
export function countService(
  calls: readonly CallFact[],
  { thresholdMs, shortMs }: { thresholdMs: number; shortMs: number },
): ServiceCounts {
  const of = (outcome: CallOutcome, from: number, to: number): number =>
    calls.filter((call) => call.outcome === outcome && call.waitMs > from && call.waitMs <= to).length;
  const [any, late] = [-1, Infinity];
  const counts = {
    answeredWithin: of('answered', any, thresholdMs),
    answeredLater: of('answered', thresholdMs, late),
    abandonedShort: of('abandoned', any, shortMs),
    abandonedWithin: of('abandoned', shortMs, thresholdMs),
    abandonedLater: of('abandoned', Math.max(shortMs, thresholdMs), late),
    calledBack: of('called_back', any, late),
    calledBackWithin: of('called_back', any, thresholdMs),
    overflowed: of('overflowed', any, late),
    overflowedWithin: of('overflowed', any, thresholdMs),
    voicemail: of('voicemail', any, late),
    closed: of('closed', any, late),
  };
  return { ...counts, offered: offeredOf(counts) };
}

function offeredOf(counts: Omit<ServiceCounts, 'offered'>): number {
  const { answeredWithin, answeredLater, abandonedShort, abandonedWithin, abandonedLater } = counts;
  const { calledBack, overflowed, voicemail } = counts;
  return (
    answeredWithin +
    answeredLater +
    abandonedShort +
    abandonedWithin +
    abandonedLater +
    calledBack +
    overflowed +
    voicemail
  );
}

/** Parts of a figure: nothing is divided before it is shown. */
export interface Share {
  part: number;
  whole: number;
  /** 0 to 1; null without traffic. */
  value: number | null;
}

export function share(part: number, whole: number): Share {
  return { part, whole, value: whole > 0 ? part / whole : null };
}

export const SERVICE_FORMULAS = ['offered', 'strict', 'default', 'removed', 'late_only', 'sl2', 'answered'] as const;
export type ServiceFormula = (typeof SERVICE_FORMULAS)[number];
/** The one that tiles show unless told otherwise: abandonments within the short time do not count. */
export const DEFAULT_FORMULA: ServiceFormula = 'default';

/**
 * The service level by the seven formulas that products use; none is comparable with another. Without traffic there is no value.
 * @see call-centre 4.2
 */
export function serviceLevels(counts: ServiceCounts): Record<ServiceFormula, Share> {
  const { answeredWithin: soon, answeredLater, abandonedShort, abandonedWithin, abandonedLater } = counts;
  const answered = soon + answeredLater;
  const early = abandonedShort + abandonedWithin;
  const abandoned = early + abandonedLater;
  const removed = soon + early + counts.calledBackWithin + counts.overflowedWithin;
  return {
    offered: share(soon, counts.offered),
    strict: share(soon, answered + abandoned),
    default: share(soon, answered + abandoned - abandonedShort),
    removed: share(removed, counts.offered),
    late_only: share(soon, answered + abandonedLater),
    sl2: share(soon + early, answered + abandoned),
    answered: share(soon, answered),
  };
}

/** Those who hung up, without the short ones on either side of the line. Raw: with them. */
export function abandonment(counts: ServiceCounts): { net: Share; raw: Share } {
  const long = counts.abandonedWithin + counts.abandonedLater;
  return {
    net: share(long, counts.offered - counts.abandonedShort),
    raw: share(long + counts.abandonedShort, counts.offered),
  };
}

/** Mean wait of answered calls with median and ninetieth percentile; nulls without one. */
export function answerSpeed(calls: readonly CallFact[]): {
  count: number;
  meanMs: number | null;
  medianMs: number | null;
  p90Ms: number | null;
} {
  const waits = calls.filter((call) => call.outcome === 'answered').map((call) => call.waitMs);
  waits.sort((a, b) => a - b);
  const sum = waits.reduce((total, one) => total + one, 0);
  return {
    count: waits.length,
    meanMs: waits.length > 0 ? sum / waits.length : null,
    medianMs: percentile(waits, 0.5),
    p90Ms: percentile(waits, 0.9),
  };
}

/** The smallest value that is not below a share of all; the list is sorted. */
function percentile(sorted: readonly number[], part: number): number | null {
  return sorted.length > 0 ? sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] : null;
}

/** Talk, hold and wrap-up for each handle; ringing is outside, and who transfers has handled too. */
export function handleTime(calls: readonly CallFact[]): { handles: number; totalMs: number; meanMs: number | null } {
  const handled = calls.filter((call) => call.outcome === 'answered' && call.talkMs !== null);
  const totalMs = handled.reduce((sum, call) => sum + call.talkMs! + call.holdMs + call.wrapMs, 0);
  const handles = handled.reduce((sum, call) => sum + Math.max(1, call.handles), 0);
  return { handles, totalMs, meanMs: handles > 0 ? totalMs / handles : null };
}

/** Time of agents in one stretch; milliseconds. */
export interface AgentTime {
  loggedMs: number;
  pausedMs: number;
  ringMs: number;
  handleMs: number;
}

/** Handling over handling and idle; pause and ringing stand outside. */
export function occupancy({ loggedMs, pausedMs, ringMs, handleMs }: AgentTime): Share {
  const idle = Math.max(0, loggedMs - pausedMs - ringMs - handleMs);
  return share(handleMs, handleMs + idle);
}

/** Handling over the time that was not paused. */
export function utilisation({ loggedMs, pausedMs, handleMs }: AgentTime): Share {
  return share(handleMs, loggedMs - pausedMs);
}

/** Minutes in the state that the plan asks for, over planned minutes. */
export function adherence(parts: readonly { inState: number; planned: number }[]): Share {
  return share(
    parts.reduce((sum, one) => sum + one.inState, 0),
    parts.reduce((sum, one) => sum + one.planned, 0),
  );
}

/** Productive minutes worked over planned; may be more than the whole. */
export function conformance(worked: number, planned: number): Share {
  return share(worked, planned);
}

/** Closed without a repeat by the same person on the same subject within a week; escalations count as failures when asked. */
export function firstContact(closed: number, failures: { repeats: number; escalated?: number; both?: number }): Share {
  const { repeats, escalated = 0, both = 0 } = failures;
  return share(closed - (repeats + escalated - both), closed);
}

/** The longest time that one who waits has waited; 0 when nobody does. */
export function longestWait(queuedAt: readonly Date[], now: Date): number {
  return Math.max(0, ...queuedAt.map((one) => now.getTime() - one.getTime()));
}

/** What somebody who calls now has to expect; null when nobody serves. Milliseconds, to be told as a range. */
export function estimatedWait(ahead: number, handleMs: number, serving: number): number | null {
  return serving > 0 ? ((ahead + 1) * handleMs) / serving : null;
}

/** People reached, and promises kept, of those that were not withdrawn. */
export function callbackShares(counts: { requested: number; cancelled: number; reached: number; kept: number }): {
  reached: Share;
  kept: Share;
} {
  const whole = counts.requested - counts.cancelled;
  return { reached: share(counts.reached, whole), kept: share(counts.kept, whole) };
}

/** Offers that ran out; what was taken back because the caller left is none. */
export function missedOffers(counts: { offers: number; timedOut: number }): Share {
  return share(counts.timedOut, counts.offers);
}
