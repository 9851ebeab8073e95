import type { CallRecord } from './call-record';
import { openSpans, type BusinessCalendar, type Span } from '../business-hours';
import { DAY_MS, localParts, MINUTE_MS } from '../zone';

export const CALLBACK_SOURCES = ['portal', 'agent', 'missed_call', 'overflow'] as const;
export type CallbackSource = (typeof CALLBACK_SOURCES)[number];
export const CALLBACK_STATES = ['waiting', 'calling', 'reached', 'unreached', 'cancelled', 'called_in'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];
export const OPEN_CALLBACKS: readonly CallbackState[] = ['waiting', 'calling'];
/** How an attempt ended. `given_up`: nobody said, and it was taken back. */
export const ATTEMPT_OUTCOMES = [
  'reached',
  'no_answer',
  'busy',
  'wrong_number',
  'unavailable',
  'refused',
  'given_up',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export interface CallbackRules {
  slotMinutes: number;
  perSlot: number;
  attempts: number;
  retryMinutes: number;
}

export interface Slot {
  from: Date;
  to: Date;
  /** How many may still be promised in it. */
  free: number;
}

const DAYS_AHEAD = 7;
const SHORTEST_MS = 15 * MINUTE_MS;

/**
 * Times that may be promised from `now` on, for a week: parts of the hub's opening hours, each with the room that is left in it. The
 * first begins now when the hub is open and does not close within a quarter of an hour. `taken` are the beginnings of windows already promised.
 */
export function slotsFrom(calendar: BusinessCalendar, now: Date, rules: CallbackRules, taken: readonly Date[]): Slot[] {
  const length = rules.slotMinutes * MINUTE_MS;
  const spans = joined(openSpans(calendar, now, new Date(now.getTime() + DAYS_AHEAD * DAY_MS)));
  return spans.flatMap(([open, close]) => {
    const slots: Slot[] = [];
    for (let from = open; from < close;) {
      const grid = Math.floor(from / length) * length + length;
      // A crumb at the beginning goes with what follows it, one at the end with what is before it.
      let to = Math.min(grid - from < SHORTEST_MS ? grid + length : grid, close);
      if (close - to < SHORTEST_MS) to = close;
      if (to - from >= SHORTEST_MS) slots.push(slot(from, to, rules.perSlot, taken));
      from = to;
    }
    return slots;
  });
}

/** A hub that is open round the clock does not close at midnight. */
function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const [from, to] of spans) {
    const last = whole.at(-1);
    if (last && last[1] === from) whole[whole.length - 1] = [last[0], to];
    else whole.push([from, to]);
  }
  return whole;
}

function slot(from: number, to: number, perSlot: number, taken: readonly Date[]): Slot {
  const used = taken.filter((one) => one.getTime() >= from && one.getTime() < to).length;
  return { from: new Date(from), to: new Date(to), free: Math.max(0, perSlot - used) };
}

/** The first slot with room, for who did not choose. Null when the hub does not open within a week. */
export function firstSlot(slots: readonly Slot[]): Slot | null {
  return slots.find((one) => one.free > 0) ?? slots.at(-1) ?? null;
}

/** The slot in which an instant lies. */
export function slotAt(slots: readonly Slot[], at: Date): Slot | null {
  return slots.find((one) => one.from <= at && at < one.to) ?? null;
}

/** Whether the hub may ring now: within the window, from the next try on, in opening hours. */
export function mayDial(
  callback: { windowFrom: Date; windowTo: Date; nextTryAt: Date },
  calendar: BusinessCalendar,
  now: Date,
): boolean {
  const { windowFrom, windowTo, nextTryAt } = callback;
  if (now < windowFrom || now >= windowTo || now < nextTryAt) return false;
  return openSpans(calendar, now, new Date(now.getTime() + 1)).length > 0;
}

/** What an attempt leads to. `retry`: the instant of the next one and the window in which it falls. */
export type AfterAttempt =
  | { state: 'reached' | 'unreached' | 'cancelled' }
  | { state: 'waiting'; nextTryAt: Date; windowFrom: Date; windowTo: Date };

/**
 * After an attempt: reached is the end; a wrong number too, and a person who wants no call; else it is tried again after a pause, in the
 * same window when time is left in it, otherwise in the next slot with room, until the attempts are used up. What was given up by us
 * does not count as one.
 */
export function afterAttempt(
  outcome: AttemptOutcome,
  given: { attempts: number; windowFrom: Date; windowTo: Date },
  slots: readonly Slot[],
  rules: CallbackRules,
  now: Date,
): AfterAttempt {
  const end = endAfter(outcome, given.attempts >= rules.attempts);
  if (end) return { state: end };
  const pause = outcome === 'given_up' ? 0 : rules.retryMinutes * MINUTE_MS;
  const at = new Date(now.getTime() + pause);
  if (at < given.windowTo) {
    return { state: 'waiting', nextTryAt: at, windowFrom: given.windowFrom, windowTo: given.windowTo };
  }
  const next = slots.find((one) => one.from >= at && one.free > 0) ?? slots.find((one) => one.to > at);
  if (!next) return { state: 'unreached' };
  const from = next.from > at ? next.from : at;
  return { state: 'waiting', nextTryAt: from, windowFrom: from, windowTo: next.to };
}

function endAfter(outcome: AttemptOutcome, usedUp: boolean): 'reached' | 'unreached' | 'cancelled' | null {
  if (outcome === 'reached') return 'reached';
  if (outcome === 'refused') return 'cancelled';
  return outcome === 'wrong_number' || (outcome !== 'given_up' && usedUp) ? 'unreached' : null;
}

/** The day in the hub's zone under which missed calls of one number are counted together. */
export function dayOf(at: Date): string {
  return localParts(at).date;
}

/**
 * What a call in leaves owing when nobody of ours has talked with the caller: they gave up, came out of hours or left a message; or the
 * queue let them go (its time was over, nobody was there, they pressed the key for it). Null where somebody was reached, here or where it
 * was forwarded to, and for calls out.
 */
export function owedAfter({
  direction,
  outcome,
  cause,
}: Pick<CallRecord, 'direction' | 'outcome' | 'cause'>): 'missed_call' | 'overflow' | null {
  if (direction !== 'in') return null;
  if (outcome === 'abandoned' || outcome === 'closed' || outcome === 'voicemail') return 'missed_call';
  if (outcome === 'called_back') return 'overflow';
  return outcome === 'overflowed' && cause !== 'forwarded' && cause !== 'answeredElsewhere' ? 'overflow' : null;
}
