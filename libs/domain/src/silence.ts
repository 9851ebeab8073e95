import { businessMs, type BusinessCalendar } from './business-hours';
import { DAY_MS } from './zone';

/** Working days of silence after an answer before a question counts as resolved; the answer's mail says so. */
export const SILENT_WORKING_DAYS = 5;
/** Days between resolved and closed. */
export const RESOLVED_DAYS = 7;
const LONGEST_LOOK_BACK = 60;

/**
 * The instant since which `days` working days have passed, at the same time of day: stretches of 24 hours are counted back from `now`,
 * and one without an opening does not count. Never further back than 60 days, whatever the calendar.
 */
export function workingDaysBefore(calendar: BusinessCalendar, now: Date, days: number): Date {
  let left = days;
  let at = now;
  for (let back = 0; left > 0 && back < LONGEST_LOOK_BACK; back += 1) {
    const from = new Date(at.getTime() - DAY_MS);
    if (businessMs(calendar, from, at) > 0) left -= 1;
    at = from;
  }
  return at;
}
