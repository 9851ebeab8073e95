import moment from 'moment-timezone';
import { Refusal } from './refusal';

/** The zone of the hubs. */
export const HUB_ZONE = 'Africa/Casablanca';
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Offset `offsets[i]` (ms east of UTC) holds until `untils[i]` (ms, excluded). */
interface ZoneTable {
  untils: number[];
  offsets: number[];
}

/** Exact spellings only, so that equal zones are equal strings (the source itself ignores case). */
const names = new Set(moment.tz.names());
const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  const found = isZone(zone) ? moment.tz.zone(zone) : null;
  if (!found) throw Refusal.field('/zone', 'unknown_zone', 'This time zone is not known.');
  const offsets = found.offsets.map((minutesWest) => Math.round(0 - minutesWest * MINUTE_MS));
  const table = { untils: [...found.untils], offsets };
  tables.set(zone, table);
  return table;
}

/** Index of the stretch of constant offset that holds `ms`. */
function stretchAt(table: ZoneTable, ms: number): number {
  let low = 0;
  let high = table.untils.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ms < table.untils[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

function msOf(instant: Date): number {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new Refusal('validation_failed', 'The instant is not a valid date.');
  return ms;
}

/** True when the one source of zone rules knows exactly this name. */
export function isZone(zone: string): boolean {
  return names.has(zone);
}

/**
 * Day number of a local date (days since 1970-01-01), or NaN when the text is not a real `YYYY-MM-DD`
 * (2026-02-30, 2025-02-29, missing zeros).
 */
export function dayNumber(date: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return dateOfDay(ms / DAY_MS) === date ? ms / DAY_MS : NaN;
}

/** The date `YYYY-MM-DD` of a day number (years 0 to 9999); empty for NaN. */
export function dateOfDay(day: number): string {
  return Number.isNaN(day) ? '' : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday of a day number: Monday 1 to Sunday 7. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * Minutes east of UTC at an instant (60 = UTC+1); carries a fraction for local mean times before about 1913.
 * Source: the zone data of moment-timezone. Refuses an unknown zone and an invalid date.
 */
export function offsetMinutes(instant: Date, zone: string = HUB_ZONE): number {
  const table = tableOf(zone);
  return table.offsets[stretchAt(table, msOf(instant))] / MINUTE_MS;
}

/**
 * Local date, minute of the local day (0 to below 1440; seconds are its fraction) and ISO weekday of an instant.
 * On a day with a change of offset the minute is what the wall clock shows, not the time elapsed since midnight.
 */
export function localParts(instant: Date, zone: string = HUB_ZONE): { date: string; minute: number; weekday: number } {
  const table = tableOf(zone);
  const ms = msOf(instant);
  const local = ms + table.offsets[stretchAt(table, ms)];
  const day = Math.floor(local / DAY_MS);
  return { date: dateOfDay(day), minute: (local - day * DAY_MS) / MINUTE_MS, weekday: weekdayOf(day) };
}

/**
 * Every instant at which the wall clock of the zone shows this date and minute, ascending: one as a rule, none in a
 * skipped hour, two in a repeated one. Minute 1440 is the midnight that ends the day. Refuses a date that does not exist.
 */
export function localInstants(date: string, minute: number, zone: string = HUB_ZONE): Date[] {
  const instants: Date[] = [];
  eachStretch(date, zone, (midnight, offset, from, until) => {
    const ms = midnight + Math.round(minute * MINUTE_MS) - offset;
    if (ms >= from && ms < until) instants.push(new Date(ms));
  });
  return instants;
}

/**
 * The instants (pairs of UTC ms, end excluded, ascending) at which the wall clock shows this date and a minute in
 * [fromMinute, toMinute). A skipped hour is left out, a repeated one is there twice. Refuses a date that does not exist.
 */
export function localSpans(date: string, fromMinute: number, toMinute: number, zone: string): [number, number][] {
  const spans: [number, number][] = [];
  eachStretch(date, zone, (midnight, offset, from, until) => {
    const start = Math.max(from, midnight + fromMinute * MINUTE_MS - offset);
    const end = Math.min(until, midnight + toMinute * MINUTE_MS - offset);
    if (start < end) spans.push([start, end]);
  });
  return spans;
}

/** Visits the stretches of constant offset that can hold a part of this local date. */
function eachStretch(
  date: string,
  zone: string,
  visit: (midnight: number, offset: number, from: number, until: number) => void,
): void {
  const table = tableOf(zone);
  const midnight = dayNumber(date) * DAY_MS;
  if (Number.isNaN(midnight)) throw Refusal.field('/date', 'invalid_date', 'This date does not exist.');
  const last = stretchAt(table, midnight + 2 * DAY_MS);
  for (let i = stretchAt(table, midnight - DAY_MS); i <= last; i++) {
    visit(midnight, table.offsets[i], i === 0 ? -Infinity : table.untils[i - 1], table.untils[i]);
  }
}

/**
 * Local time with its offset, to the second (`2026-11-23T12:00:00+00:00`). Old offsets with seconds are rounded to the
 * minute; the text still names the same instant.
 */
export function toLocalIso(instant: Date, zone: string = HUB_ZONE): string {
  const offset = Math.round(offsetMinutes(instant, zone));
  const local = new Date(msOf(instant) + offset * MINUTE_MS).toISOString().slice(0, -5);
  const size = Math.abs(offset);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** The stretches of constant offset between two instants, ascending; the last one is without an end. Minutes east of UTC. */
export function offsetStretches(
  from: Date,
  to: Date,
  zone: string = HUB_ZONE,
): { until: Date | null; minutes: number }[] {
  const table = tableOf(zone);
  const last = stretchAt(table, msOf(to));
  const stretches: { until: Date | null; minutes: number }[] = [];
  for (let i = stretchAt(table, msOf(from)); i <= last; i++) {
    const until = i === last ? null : new Date(table.untils[i]);
    stretches.push({ until, minutes: table.offsets[i] / MINUTE_MS });
  }
  return stretches;
}

/**
 * Throws when the zone data is too old for Morocco: UTC+1 ended on 20 September 2026 (tz database 2026c and newer).
 * Called once at start-up. `offsetAt` is the reader to check, in minutes.
 */
export function checkZoneSource(offsetAt: (instant: Date) => number = offsetMinutes): void {
  const expected: [string, number][] = [
    ['2026-08-01T12:00:00Z', 60],
    ['2026-11-23T12:00:00Z', 0],
  ];
  for (const [instant, minutes] of expected) {
    const found = offsetAt(new Date(instant));
    if (found === minutes) continue;
    throw new Error(
      `The time zone data is wrong about ${HUB_ZONE}: at ${instant} the offset is ${found} minutes instead of ${minutes}. ` +
        'Install moment-timezone with tz data 2026c or newer.',
    );
  }
}

/** Which edition of the zone rules is in use, such as `2026c`. */
export function zoneDataVersion(): string {
  return moment.tz.dataVersion;
}
