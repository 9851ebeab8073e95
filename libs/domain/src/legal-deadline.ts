import { intervalsOn, type CalendarDefinition } from './calendar';
import { Refusal } from './refusal';
import { DAY_MS, dateOfDay, dayNumber, HUB_ZONE, localInstants } from './zone';

/** Units that lead from a date of the case to another; those of thresholds (dirhams, signatures ...) lead nowhere. */
export const LEGAL_UNITS = [
  'immediate',
  'hours',
  'calendar_days',
  'full_days',
  'working_days',
  'months',
  'years',
  'yearly',
  'fixed_date',
  'statutes_date',
] as const;
export type LegalUnit = (typeof LEGAL_UNITS)[number];

/** A delay of the law as the list of categories names it. */
export interface LegalRule {
  unit: LegalUnit;
  value: number | string | null;
  /** Counted back from a coming event: "at least three days before". */
  before: boolean;
  /** The basis says that a last day without work gives way to the next working day. */
  nextWorkingDay?: boolean;
}

/** What of a listed delay can be counted; null for a threshold or a unit without time. */
export function legalRule(listed: {
  kind: string;
  unit: string;
  value: number | string | null;
  countsFromFr: string | null;
}): LegalRule | null {
  const unit = LEGAL_UNITS.find((one) => one === listed.unit);
  if (!unit || listed.kind === 'threshold') return null;
  return { unit, value: listed.value, before: /^avant\b/.test(listed.countsFromFr ?? '') };
}

/**
 * The last local day (`YYYY-MM-DD`) on which the delay is kept, counted from a local day of the case. The day of the event does not count.
 * - calendar days: the n-th day after it;
 * - full days ("jours francs", dahir 1-58-376 art. 32 bis, "أيام كاملة"): neither the first nor the last day counts, so n whole days lie between
 *   and one may still act on the day after them; counted back, n whole days lie between the act and the event;
 * - working days (law 31-13 art. 16): the n-th day on which the calendar opens; holidays and weekends do not count;
 * - months and years: the same day of the later month, its last day when there is no such day;
 * - hours: in whole days, rounded up, because only the day is known;
 * - a fixed date `MM-DD` ("before 1 March"): the day before its next return; a date of the statutes is entered as it stands.
 * Backwards every unit counts the same way to the past. Where the basis says so the next working day counts instead of a closed one.
 * @throws Refusal `validation_failed` for a date that does not exist and for a result more than ten years away
 */
export function lastLegalDay(rule: LegalRule, from: string, calendar: CalendarDefinition): string {
  const start = dayNumber(from);
  if (Number.isNaN(start)) throw new Refusal('validation_failed', 'This day does not exist.');
  const day = COUNTERS[rule.unit](start, rule, calendar);
  if (!Number.isFinite(day) || Math.abs(day - start) > LONGEST_DAYS) {
    throw new Refusal('validation_failed', 'This delay cannot be counted.');
  }
  return dateOfDay(rule.nextWorkingDay ? workingDay(day, calendar) : day);
}

const LONGEST_DAYS = 3_653;

type Counter = (start: number, rule: LegalRule, calendar: CalendarDefinition) => number;
const sign = ({ before }: LegalRule): number => (before ? -1 : 1);
const amount = ({ value }: LegalRule): number => (typeof value === 'number' && value >= 0 ? value : NaN);

const COUNTERS: Record<LegalUnit, Counter> = {
  immediate: (start) => start,
  hours: (start, rule) => start + sign(rule) * Math.ceil(amount(rule) / 24),
  calendar_days: (start, rule) => start + sign(rule) * amount(rule),
  full_days: (start, rule) => start + sign(rule) * (amount(rule) + 1),
  working_days: workingDays,
  months: (start, rule) => inMonths(start, sign(rule) * amount(rule)),
  years: (start, rule) => inMonths(start, sign(rule) * 12 * amount(rule)),
  yearly: (start, rule) => inMonths(start, 12 * amount(rule)),
  fixed_date: (start, { value }) => dayBefore(start, String(value)),
  statutes_date: (start) => start,
};

const isWorkingDay = (day: number, calendar: CalendarDefinition): boolean =>
  intervalsOn(calendar, dateOfDay(day)).length > 0;

function workingDays(start: number, rule: LegalRule, calendar: CalendarDefinition): number {
  let left = amount(rule);
  let day = start;
  while (left > 0) {
    day += sign(rule);
    if (Math.abs(day - start) > LONGEST_DAYS) return NaN;
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return Number.isNaN(left) ? NaN : day;
}

function workingDay(day: number, calendar: CalendarDefinition): number {
  for (let next = day; next - day < 60; next += 1) if (isWorkingDay(next, calendar)) return next;
  return day;
}

function inMonths(start: number, months: number): number {
  if (!Number.isInteger(months)) return NaN;
  const date = new Date(start * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

function dayBefore(start: number, monthDay: string): number {
  const year = new Date(start * DAY_MS).getUTCFullYear();
  const next = [year, year + 1].map((one) => dayNumber(`${one}-${monthDay}`) - 1).find((day) => day >= start);
  return next ?? NaN;
}

/** The instant at which a last day is over: the midnight that ends it. */
export function endOfDay(date: string, zone: string = HUB_ZONE): Date {
  return localInstants(date, 1440, zone)[0] ?? new Date((dayNumber(date) + 1) * DAY_MS);
}

/** A delay of a case, with what the sweeper has done about it. */
export interface CaseDeadline {
  category: string;
  /** Place in the list of the category. */
  item: number;
  from: string;
  on: string;
  /** When the last day is over. */
  at: string;
  warnAt: string;
  warned: boolean;
  passed: boolean;
}

/** It is near for the last seven days, or for the second half of a shorter delay. */
const NEAR_MS = 7 * DAY_MS;

export function caseDeadline(
  item: number,
  rule: LegalRule,
  from: string,
  calendar: CalendarDefinition,
): Omit<CaseDeadline, 'category'> {
  const on = lastLegalDay(rule, from, calendar);
  const at = endOfDay(on, calendar.zone).getTime();
  const span = Math.max(0, at - endOfDay(from, calendar.zone).getTime());
  const warnAt = at - Math.min(NEAR_MS, rule.before ? NEAR_MS : span / 2);
  const [end, warn] = [at, warnAt].map((ms) => new Date(ms).toISOString());
  return { item, from, on, at: end, warnAt: warn, warned: false, passed: false };
}

/** Far enough for what is near by law to stand before every promise, and in its own order. */
const ABOVE_MS = 20 * 365 * DAY_MS;

export interface LegalState {
  deadlines: CaseDeadline[];
  /** The nearest that is not over, else the last that is. */
  nextAt: Date | null;
  /** Its place before all promises once it is near; null before. */
  urgencyAt: Date | null;
  /** When the sweeper has to look again. */
  stepAt: Date | null;
  warned: CaseDeadline[];
  passed: CaseDeadline[];
}

/** What is due of the delays of a case by `now`; each is warned about once and passes once. */
export function passLegal(deadlines: readonly CaseDeadline[], now: Date): LegalState {
  const ms = now.getTime();
  const by = (instant: string) => Date.parse(instant) <= ms;
  const next = deadlines.map((one) => ({
    ...one,
    warned: one.warned || by(one.warnAt),
    passed: one.passed || by(one.at),
  }));
  const ends = next.filter((one) => !one.passed).map((one) => Date.parse(one.at));
  const over = next.map((one) => Date.parse(one.at));
  const near = next.filter((one) => one.warned).map((one) => Date.parse(one.at));
  const steps = next.flatMap((one) => [...(one.warned ? [] : [one.warnAt]), ...(one.passed ? [] : [one.at])]);
  const least = (list: number[]) => (list.length > 0 ? new Date(Math.min(...list)) : null);
  return {
    deadlines: next,
    nextAt: least(ends) ?? (over.length > 0 ? new Date(Math.max(...over)) : null),
    urgencyAt: near.length > 0 ? new Date(Math.min(...near) - ABOVE_MS) : null,
    stepAt: least(steps.map((instant) => Date.parse(instant))),
    warned: next.filter((one, i) => one.warned && !deadlines[i].warned && !one.passed),
    passed: next.filter((one, i) => one.passed && !deadlines[i].passed),
  };
}
