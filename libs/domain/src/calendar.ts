import { FieldReader } from './field-reader';
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
  /** Switched off by a person: it stands in the calendar and does not count. Absent: on. */
  off?: true;
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

/** A whole calendar can be sent and read by a person: some twenty years of days off. */
const MOST = { seasons: 25, closures: 250, overrides: 100 } as const;

/** Minute of the local day of an `HH:MM` text, 0 to 1440; NaN when it is not a time of day. */
export function minuteOfDay(time: string): number {
  if (time === '24:00') return 1440;
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
}

/**
 * The opening intervals of a local date, in local time. The first that exists decides: dated override, closure, season,
 * week. Unconfirmed seasons and provisional closures count, a season that is switched off does not. Refuses a date that does not exist.
 */
export function intervalsOn(definition: CalendarDefinition, date: string): Interval[] {
  const day = dayNumber(date);
  if (Number.isNaN(day)) throw Refusal.field('/date', 'invalid_date', 'This date does not exist.');
  const override = definition.overrides.find((one) => one.date === date);
  if (override) return override.intervals;
  if (definition.closures.some((one) => one.date === date)) return [];
  const season = seasonOn(definition, date);
  return (season ?? definition).week[WEEKDAYS[weekdayOf(day) - 1]];
}

/** The season that a date lies in; one that is switched off does not count. */
export function seasonOn({ seasons }: Pick<CalendarDefinition, 'seasons'>, date: string): Season | undefined {
  return seasons.find((one) => !one.off && one.from <= date && date <= one.to);
}

/**
 * Reads a calendar from unchecked input; keys that are not part of a calendar are dropped, intervals come back in order.
 * Refuses, with all problems and their JSON pointers: overlapping, empty or inverted intervals (an opening past
 * midnight is written as two days), seasons without end, inverted or overlapping, dates that do not exist, two
 * overrides of one date, an unknown zone, and a calendar that is never open.
 */
export function checkCalendar(input: unknown): CalendarDefinition {
  const problems: FieldProblem[] = [];
  const root = new FieldReader(input, '', problems);
  const definition: CalendarDefinition = {
    zone: root.text('zone'),
    week: readWeek(root.inner('week')),
    seasons: root.each('seasons').map(readSeason),
    closures: root.each('closures').map(readClosure),
    overrides: root.each('overrides').map(readOverride),
  };
  if (definition.zone && !isZone(definition.zone)) {
    root.problem('zone', 'unknown_zone', 'This time zone is not known.');
  }
  checkDistinct(root, definition);
  for (const [list, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
    if (definition[list].length > most) root.problem(list, 'too_many', `At most ${most} are expected.`);
  }
  if (problems.length === 0 && !opensEver(definition)) {
    root.problem('week', 'never_open', 'The calendar has no opening hours at all.');
  }
  if (problems.length > 0) throw new Refusal('validation_failed', 'The calendar is not valid.', problems);
  return definition;
}

function opensEver({ week, seasons, overrides }: CalendarDefinition): boolean {
  const weeks = [week, ...seasons.filter((season) => !season.off).map((season) => season.week)];
  return (
    weeks.some((hours) => WEEKDAYS.some((day) => hours[day].length > 0)) ||
    overrides.some((override) => override.intervals.length > 0)
  );
}

/** One date has one meaning: no two overrides of it, no two seasons over it that count. */
function checkDistinct(root: FieldReader, { seasons, overrides }: CalendarDefinition): void {
  overrides.forEach(({ date }, i) => {
    if (date && overrides.findIndex((one) => one.date === date) < i) {
      root.problem(`overrides/${i}/date`, 'duplicate', 'Another override has this date.');
    }
  });
  seasons.forEach(({ from, to, off }, i) => {
    if (from && to && !off && seasons.slice(0, i).some((one) => !one.off && one.from <= to && from <= one.to)) {
      root.problem(`seasons/${i}`, 'overlap', 'The season overlaps another.');
    }
  });
}

function readNames(source: FieldReader): { nameFr: string; nameAr: string } {
  return { nameFr: source.text('nameFr'), nameAr: source.text('nameAr') };
}

function readDate(source: FieldReader, name: string): string {
  const value = source.raw(name);
  if (typeof value === 'string' && !Number.isNaN(dayNumber(value))) return value;
  source.problem(name, 'invalid_date', 'An existing date YYYY-MM-DD is expected.');
  return '';
}

function readWeek(source: FieldReader): WeekHours {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, readIntervals(source, day)])) as WeekHours;
}

function readSeason(source: FieldReader): Season {
  const [from, to] = [readDate(source, 'from'), readDate(source, 'to')];
  if (from && to && to < from) source.problem('to', 'inverted', 'The season ends before it starts.');
  return {
    key: source.text('key'),
    ...readNames(source),
    from,
    to,
    week: readWeek(source.inner('week')),
    confirmed: source.flag('confirmed'),
    ...readOff(source),
  };
}

function readOff(source: FieldReader): { off?: true } {
  if (source.raw('off') === undefined) return {};
  return source.flag('off') ? { off: true } : {};
}

function readClosure(source: FieldReader): Closure {
  return {
    date: readDate(source, 'date'),
    key: source.text('key'),
    ...readNames(source),
    status: source.oneOf('status', CLOSURE_STATUSES),
  };
}

function readOverride(source: FieldReader): DatedOverride {
  return { date: readDate(source, 'date'), intervals: readIntervals(source, 'intervals'), ...readNames(source) };
}

/** Intervals of one day, sorted. Two that only touch do not overlap. */
function readIntervals(source: FieldReader, name: string): Interval[] {
  const read = source.list(name).map((value, i) => readInterval(source, value, `${name}/${i}`));
  const sorted = read.filter((one) => one !== null).sort((a, b) => a.start - b.start);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i].start < sorted[i - 1].end)
      source.problem(sorted[i].name, 'overlap', 'The interval overlaps another.');
  }
  return sorted.map((one) => one.interval);
}

function readInterval(source: FieldReader, value: unknown, name: string) {
  const [from, to]: unknown[] = Array.isArray(value) && value.length === 2 ? value : [];
  const start = typeof from === 'string' ? minuteOfDay(from) : NaN;
  const end = typeof to === 'string' ? minuteOfDay(to) : NaN;
  if (start < end) return { start, end, name, interval: [from, to] as Interval };
  if (start === end) source.problem(name, 'empty', 'The interval is empty.');
  else if (start > end) source.problem(name, 'inverted', 'The interval ends before it starts.');
  else source.problem(name, 'invalid_time', 'Two times HH:MM are expected.');
  return null;
}
