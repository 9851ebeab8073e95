import { Refusal } from './refusal';
import { monthOf } from './report-cells';
import { isInterval, MOST_DAYS, MOST_DAYS_OF, type ReportInterval } from './report-groups';
import { dateOfDay, dayNumber, weekdayOf } from './zone';

/** Local days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface PeriodPart extends DayRange {
  grain: 'day' | 'month';
}

/**
 * The number of days of a range.
 * @throws Refusal `validation_failed` for days that do not exist, an end before the beginning and more than ten years
 */
export function daysOf({ from, to }: DayRange): number {
  for (const [name, day] of Object.entries({ from, to })) {
    if (Number.isNaN(dayNumber(day))) throw Refusal.field(`?${name}`, 'invalid_date', 'This date does not exist.');
  }
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw Refusal.field('?to', 'out_of_range', 'The end lies before the beginning.');
  if (days > MOST_DAYS) throw Refusal.field('?to', 'out_of_range', 'Ask for ten years at most.');
  return days;
}

/**
 * Refuses a report that would have too many rows.
 * @throws Refusal `validation_failed` as `daysOf`, and for more days than the interval of its rows allows
 */
export function checkRange(range: DayRange, by: string): void {
  const days = daysOf(range);
  if (isInterval(by) && days > MOST_DAYS_OF[by]) {
    throw Refusal.field('?to', 'out_of_range', `By ${by}, ask for ${MOST_DAYS_OF[by]} days at most.`);
  }
}

/**
 * Where a half-hour of a local day is counted: `2026-11-20T16:30`, or the hour it lies in, `2026-11-20T16:00`. Hours are those of the
 * clock on the wall: one that comes twice is one row.
 */
export function intervalKey(day: string, halfHour: number, by: 'half_hour' | 'hour'): string {
  const hour = String(Math.floor(halfHour / 2)).padStart(2, '0');
  return `${day}T${hour}:${by === 'half_hour' && halfHour % 2 === 1 ? '30' : '00'}`;
}

/** The Monday of a day's week. */
export function weekKey(day: string): string {
  const number = dayNumber(day);
  return dateOfDay(number - (weekdayOf(number) - 1));
}

/** The days of a row: of a week from Monday, of a month from its first, as far as they lie in the range. */
export function daysOfRow(by: ReportInterval, key: string, { from, to }: DayRange): DayRange {
  const first = key.slice(0, 10);
  const last =
    { week: dateOfDay(dayNumber(first) + 6), month: dateOfDay(dayNumber(nextMonth(first)) - 1) }[by as string] ?? first;
  return { from: first > from ? first : from, to: last < to ? last : to };
}

/** The first day of the month after. */
export function nextMonth(month: string): string {
  return monthOf(dateOfDay(dayNumber(monthOf(month)) + 31));
}

/** A range as whole months and the days around them, in order and without overlap; month parts name first days of months. */
export function partsOf({ from, to }: DayRange): PeriodPart[] {
  const firstMonth = monthOf(from) === from ? from : nextMonth(from);
  const afterLast = nextMonth(to) === dateOfDay(dayNumber(to) + 1) ? nextMonth(to) : monthOf(to);
  if (firstMonth >= afterLast) return [{ grain: 'day', from, to }];
  const before = (day: string): string => dateOfDay(dayNumber(day) - 1);
  const parts: PeriodPart[] = [
    { grain: 'day', from, to: before(firstMonth) },
    { grain: 'month', from: firstMonth, to: monthOf(before(afterLast)) },
    { grain: 'day', from: afterLast, to },
  ];
  return parts.filter((part) => part.from <= part.to);
}
