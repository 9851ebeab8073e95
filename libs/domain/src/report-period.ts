import { Refusal } from './refusal';
import { monthOf } from './report-cells';
import { dateOfDay, dayNumber } from './zone';

/** Local days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface PeriodPart extends DayRange {
  grain: 'day' | 'month';
}

/** Nobody plans with more than ten years. */
const MOST_DAYS = 3_660;

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
