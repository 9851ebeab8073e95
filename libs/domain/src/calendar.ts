import { type FieldProblem, Refusal } from './refusal';
import { dayNumber, isZone, weekdayOf } from './zone';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const CLOSURE_STATUSES = ['confirmed', 'provisional'] as const;
export type ClosureStatus = (typeof CLOSURE_STATUSES)[number];

/** Opening and closing local time, `HH:MM`; `24:00` is allowed as the end. */
export type Interval = [from: string, to: string];
export type WeekHours = Record<Weekday, Interval[]>;

/** Other weekly hours between two local dates, both included (Ramadan). */
export interface Season {
  key: string;
  nameFr: string;
  nameAr: string;
  from: string;
  to: string;
  week: WeekHours;
  confirmed: boolean;
}

/** A day off. A provisional one counts like a confirmed one until somebody moves it. */
export interface Closure {
  date: string;
  key: string;
  nameFr: string;
  nameAr: string;
  status: ClosureStatus;
}

/** The hours of one date, whatever else is planned; no interval = closed. */
export interface DatedOverride {
  date: string;
  intervals: Interval[];
  nameFr: string;
  nameAr: string;
}

export interface CalendarDefinition {
  zone: string;
  week: WeekHours;
  seasons: Season[];
  closures: Closure[];
  overrides: DatedOverride[];
}

/** Minute of the local day of an `HH:MM` text, 0 to 1440; NaN when it is not a time of day. */
export function minuteOfDay(time: string): number {
  if (time === '24:00') return 1440;
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
}

/**
 * The opening intervals of a local date, in local time. The first that exists decides: dated override, closure, season,
 * week. Unconfirmed seasons and provisional closures count. Refuses a date that does not exist.
 */
export function intervalsOn(definition: CalendarDefinition, date: string): Interval[] {
  const day = dayNumber(date);
  if (Number.isNaN(day)) throw Refusal.field('/date', 'invalid_date', 'This date does not exist.');
  const override = definition.overrides.find((one) => one.date === date);
  if (override) return override.intervals;
  if (definition.closures.some((one) => one.date === date)) return [];
  const season = definition.seasons.find((one) => one.from <= date && date <= one.to);
  return (season ?? definition).week[WEEKDAYS[weekdayOf(day) - 1]];
}

/**
 * Reads a calendar from unchecked input; keys that are not part of a calendar are dropped, intervals come back in order.
 * Refuses, with all problems and their JSON pointers: overlapping, empty or inverted intervals (an opening past
 * midnight is written as two days), seasons without end, inverted or overlapping, dates that do not exist, two
 * overrides of one date, an unknown zone, and a calendar that is never open.
 */
export function checkCalendar(input: unknown): CalendarDefinition {
  const check = new CalendarCheck();
  const root = check.object(input, '');
  const definition: CalendarDefinition = {
    zone: check.zone(root.zone),
    week: check.week(root.week, '/week'),
    seasons: check.list(root.seasons, '/seasons').map((one, i) => check.season(one, `/seasons/${i}`)),
    closures: check.list(root.closures, '/closures').map((one, i) => check.closure(one, `/closures/${i}`)),
    overrides: check.list(root.overrides, '/overrides').map((one, i) => check.override(one, `/overrides/${i}`)),
  };
  check.distinct(definition);
  if (check.problems.length === 0 && !opensEver(definition)) {
    check.add('/week', 'never_open', 'The calendar has no opening hours at all.');
  }
  if (check.problems.length > 0) {
    throw new Refusal('validation_failed', 'The calendar is not valid.', check.problems);
  }
  return definition;
}

function opensEver({ week, seasons, overrides }: CalendarDefinition): boolean {
  const weeks = [week, ...seasons.map((season) => season.week)];
  return (
    weeks.some((hours) => WEEKDAYS.some((day) => hours[day].length > 0)) ||
    overrides.some((override) => override.intervals.length > 0)
  );
}

/** Collects every problem of one calendar. Its readers return something of the right shape even after a problem. */
class CalendarCheck {
  readonly problems: FieldProblem[] = [];

  add(pointer: string, code: string, detail: string): void {
    this.problems.push({ pointer, code, detail });
  }

  object(value: unknown, pointer: string): Record<string, unknown> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.add(pointer, 'type', 'An object is expected.');
    return {};
  }

  list(value: unknown, pointer: string): unknown[] {
    if (Array.isArray(value)) return value;
    this.add(pointer, 'type', 'A list is expected.');
    return [];
  }

  text(value: unknown, pointer: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.add(pointer, 'required', 'A text is expected.');
    return '';
  }

  zone(value: unknown): string {
    const zone = this.text(value, '/zone');
    if (zone && !isZone(zone)) this.add('/zone', 'unknown_zone', 'This time zone is not known.');
    return zone;
  }

  date(value: unknown, pointer: string): string {
    if (typeof value === 'string' && !Number.isNaN(dayNumber(value))) return value;
    this.add(pointer, 'invalid_date', 'An existing date YYYY-MM-DD is expected.');
    return '';
  }

  names(source: Record<string, unknown>, pointer: string): { nameFr: string; nameAr: string } {
    return {
      nameFr: this.text(source.nameFr, `${pointer}/nameFr`),
      nameAr: this.text(source.nameAr, `${pointer}/nameAr`),
    };
  }

  week(value: unknown, pointer: string): WeekHours {
    const source = this.object(value, pointer);
    const hours = WEEKDAYS.map((day) => [day, this.intervals(source[day], `${pointer}/${day}`)]);
    return Object.fromEntries(hours) as WeekHours;
  }

  season(value: unknown, pointer: string): Season {
    const source = this.object(value, pointer);
    const [from, to] = [this.date(source.from, `${pointer}/from`), this.date(source.to, `${pointer}/to`)];
    if (from && to && to < from) this.add(`${pointer}/to`, 'inverted', 'The season ends before it starts.');
    if (typeof source.confirmed !== 'boolean') this.add(`${pointer}/confirmed`, 'type', 'True or false is expected.');
    return {
      key: this.text(source.key, `${pointer}/key`),
      ...this.names(source, pointer),
      from,
      to,
      week: this.week(source.week, `${pointer}/week`),
      confirmed: source.confirmed === true,
    };
  }

  closure(value: unknown, pointer: string): Closure {
    const source = this.object(value, pointer);
    const status = CLOSURE_STATUSES.find((one) => one === source.status);
    if (!status) this.add(`${pointer}/status`, 'unknown_value', 'Confirmed or provisional is expected.');
    return {
      date: this.date(source.date, `${pointer}/date`),
      key: this.text(source.key, `${pointer}/key`),
      ...this.names(source, pointer),
      status: status ?? 'provisional',
    };
  }

  override(value: unknown, pointer: string): DatedOverride {
    const source = this.object(value, pointer);
    return {
      date: this.date(source.date, `${pointer}/date`),
      intervals: this.intervals(source.intervals, `${pointer}/intervals`),
      ...this.names(source, pointer),
    };
  }

  /** Intervals of one day, sorted. Two that only touch do not overlap. */
  intervals(value: unknown, pointer: string): Interval[] {
    const read = this.list(value, pointer).map((one, i) => this.interval(one, `${pointer}/${i}`));
    const sorted = read.filter((one) => one !== null).sort((a, b) => a.start - b.start);
    for (let i = 1; i < sorted.length; i++) {
      if (sorted[i].start < sorted[i - 1].end) this.add(sorted[i].pointer, 'overlap', 'The interval overlaps another.');
    }
    return sorted.map((one) => one.interval);
  }

  private interval(value: unknown, pointer: string) {
    const [from, to]: unknown[] = Array.isArray(value) && value.length === 2 ? value : [];
    const start = typeof from === 'string' ? minuteOfDay(from) : NaN;
    const end = typeof to === 'string' ? minuteOfDay(to) : NaN;
    if (Number.isNaN(start) || Number.isNaN(end)) {
      this.add(pointer, 'invalid_time', 'Two times HH:MM are expected.');
    } else if (start === end) {
      this.add(pointer, 'empty', 'The interval is empty.');
    } else if (start > end) {
      this.add(pointer, 'inverted', 'The interval ends before it starts.');
    } else {
      return { start, end, pointer, interval: [from, to] as Interval };
    }
    return null;
  }

  /** One date has one meaning: no two overrides of it, no two seasons over it. */
  distinct({ seasons, overrides }: CalendarDefinition): void {
    overrides.forEach(({ date }, i) => {
      if (date && overrides.findIndex((one) => one.date === date) < i) {
        this.add(`/overrides/${i}/date`, 'duplicate', 'Another override has this date.');
      }
    });
    seasons.forEach(({ from, to }, i) => {
      if (from && to && seasons.slice(0, i).some((one) => one.from <= to && from <= one.to)) {
        this.add(`/seasons/${i}`, 'overlap', 'The season overlaps another.');
      }
    });
  }
}
