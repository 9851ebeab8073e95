import { type CalendarDefinition, intervalsOn, minuteOfDay } from './calendar';
import { Refusal } from './refusal';
import { DAY_MS, dateOfDay, localSpans } from './zone';

/** An open stretch in UTC milliseconds, end excluded. */
export type Span = readonly [from: number, to: number];

/** A calendar with a memory of the days it was asked about; one per calendar version, kept by the caller. */
export interface BusinessCalendar {
  readonly definition: CalendarDefinition;
  /** Open spans by UTC day number: ascending, apart, cut at UTC midnight. */
  readonly days: Map<number, Span[]>;
}

/** Nothing is promised further ahead than this. */
const HORIZON_YEARS = 5;

/** Prepares a checked calendar for counting; days are worked out when first needed. */
export function compileCalendar(definition: CalendarDefinition): BusinessCalendar {
  return { definition, days: new Map() };
}

/**
 * Days are kept by UTC day and not by local date: where clocks go back over midnight, two local dates take turns and
 * only instants stay in order. A UTC day holds parts of three local dates at most.
 */
function spansOfDay(calendar: BusinessCalendar, day: number): Span[] {
  const known = calendar.days.get(day);
  if (known) return known;
  const found: [number, number][] = [];
  for (const near of [day - 1, day, day + 1]) {
    const date = dateOfDay(near);
    for (const [opens, closes] of intervalsOn(calendar.definition, date)) {
      found.push(...localSpans(date, minuteOfDay(opens), minuteOfDay(closes), calendar.definition.zone));
    }
  }
  const cut = found.map(([from, to]): [number, number] => [
    Math.max(from, day * DAY_MS),
    Math.min(to, (day + 1) * DAY_MS),
  ]);
  const spans = joined(cut.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]));
  calendar.days.set(day, spans);
  return spans;
}

/** Joins spans that touch; expects them ascending. */
function joined(spans: Iterable<Span>): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = result.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The parts of days that lie in [from, to), ascending; a span over UTC midnight comes in two parts. */
function* partsBetween(calendar: BusinessCalendar, from: number, to: number): Generator<Span> {
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++) {
    for (const [opens, closes] of spansOfDay(calendar, day)) {
      const start = Math.max(opens, from);
      const end = Math.min(closes, to);
      if (start < end) yield [start, end];
    }
  }
}

/** The open stretches in [from, to), cut to it, as pairs of UTC ms: ascending and apart. Empty when to <= from. */
export function openSpans(calendar: BusinessCalendar, from: Date, to: Date): Span[] {
  return joined(partsBetween(calendar, from.getTime(), to.getTime()));
}

/**
 * Open milliseconds in [from, to), counted on instants: a skipped local hour does not exist, a repeated one counts
 * twice. 0 when to <= from.
 */
export function businessMs(calendar: BusinessCalendar, from: Date, to: Date): number {
  let sum = 0;
  for (const [start, end] of partsBetween(calendar, from.getTime(), to.getTime())) sum += end - start;
  return sum;
}

/**
 * The instant at which `ms` open milliseconds after `from` are used up. A budget that ends exactly at closing time is
 * due then, not at the next opening; no budget is due at `from`. Refuses a negative or broken budget and a due time
 * more than five years ahead.
 */
export function addBusinessTime(calendar: BusinessCalendar, from: Date, ms: number): Date {
  if (!Number.isSafeInteger(ms) || ms < 0) {
    throw new Refusal('validation_failed', 'The time to add must be a whole number of milliseconds, not negative.');
  }
  if (ms === 0) return new Date(from);
  const start = from.getTime();
  const horizon = horizonOf(from);
  let left = ms;
  for (let day = Math.floor(start / DAY_MS); day * DAY_MS < horizon; day++) {
    for (const span of spansOfDay(calendar, day)) {
      const begin = Math.max(span[0], start);
      const length = span[1] - begin;
      if (length <= 0) continue;
      if (length >= left) return checkHorizon(from, begin + left);
      left -= length;
    }
  }
  return checkHorizon(from, Infinity);
}

function horizonOf(from: Date): number {
  return new Date(from).setUTCFullYear(from.getUTCFullYear() + HORIZON_YEARS);
}

/** `due` (UTC ms) as a date; refuses one more than five years after `from`. */
export function checkHorizon(from: Date, due: number): Date {
  if (due <= horizonOf(from)) return new Date(due);
  throw new Refusal('validation_failed', 'The due time is more than five years ahead.');
}

/** Whether the instant is in opening hours; the opening instant is, the closing instant is not. */
export function isOpen(calendar: BusinessCalendar, at: Date): boolean {
  const ms = at.getTime();
  return spansOfDay(calendar, Math.floor(ms / DAY_MS)).some(([opens, closes]) => opens <= ms && ms < closes);
}

/** The first open instant at or after `at` (`at` itself when open); null when there is none within five years. */
export function nextOpening(calendar: BusinessCalendar, at: Date): Date | null {
  for (const [start] of partsBetween(calendar, at.getTime(), horizonOf(at))) return new Date(start);
  return null;
}

/** The instant at which the stretch that `at` lies in ends; null when `at` is not in opening hours, or the stretch outlasts two weeks. */
export function nextClosing(calendar: BusinessCalendar, at: Date): Date | null {
  const end = at.getTime() + 14 * DAY_MS;
  const [first] = openSpans(calendar, at, new Date(end));
  return first && first[0] === at.getTime() && first[1] < end ? new Date(first[1]) : null;
}
