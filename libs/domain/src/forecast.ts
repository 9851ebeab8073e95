import { Refusal } from './refusal';
import { dateOfDay, dayNumber, weekdayOf } from './zone';

/** Minutes of an interval of the day. */
export const INTERVAL_MINUTES = 30;
export const INTERVALS_A_DAY = (24 * 60) / INTERVAL_MINUTES;
const LEAST_DAYS = 14;

/** How many came in one interval of one local day. */
export interface Arrivals {
  day: string;
  /** From 0 (midnight) to 47. */
  interval: number;
  count: number;
}

export interface ForecastInterval {
  /** Monday 1 to Sunday 7. */
  weekday: number;
  interval: number;
  /** Mean of the days looked at. */
  expected: number;
  least: number;
  most: number;
  /** How many such days the mean stands on. */
  days: number;
}

/**
 * What to expect by weekday and interval: the mean of one's own past, days without anything included. Intervals in which nothing
 * ever came are left out.
 * @param from first whole local day of history, @param to the last one
 * @throws Refusal `validation_failed` when the history is shorter than two weeks: no pattern can be told from chance
 */
export function forecast(arrivals: readonly Arrivals[], from: string, to: string): ForecastInterval[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (!(last - first + 1 >= LEAST_DAYS)) throw tooLittleHistory();
  const days = daysByWeekday(first, last);
  const cells = new Map<string, { weekday: number; interval: number; counts: number[] }>();
  for (const { day, interval, count } of arrivals) {
    const number = dayNumber(day);
    if (!(number >= first && number <= last) || count <= 0) continue;
    const weekday = weekdayOf(number);
    const key = `${weekday} ${interval}`;
    const cell = cells.get(key) ?? { weekday, interval, counts: [] };
    cell.counts.push(count);
    cells.set(key, cell);
  }
  return [...cells.values()]
    .map(({ weekday, interval, counts }) => {
      const of = days.get(weekday)!;
      const sum = counts.reduce((total, count) => total + count, 0);
      const least = counts.length < of ? 0 : Math.min(...counts);
      return { weekday, interval, expected: sum / of, least, most: Math.max(...counts), days: of };
    })
    .sort((a, b) => a.weekday - b.weekday || a.interval - b.interval);
}

/** What is said instead of a guess. */
export function tooLittleHistory(): Refusal {
  return Refusal.field('', 'too_little_history', 'A forecast needs at least two weeks of own history.');
}

function daysByWeekday(first: number, last: number): Map<number, number> {
  const days = new Map<number, number>();
  for (let day = first; day <= last; day++) days.set(weekdayOf(day), (days.get(weekdayOf(day)) ?? 0) + 1);
  return days;
}

/** The history to look at: eight whole weeks before today at most, from the day of the first arrival ever. Null without any. */
export function historyWindow(today: string, firstEver: string | null): { from: string; to: string } | null {
  if (firstEver === null) return null;
  const last = dayNumber(today) - 1;
  return { from: dateOfDay(Math.max(last - 55, dayNumber(firstEver))), to: dateOfDay(last) };
}
