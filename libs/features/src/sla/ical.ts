import ICAL from 'ical.js';
import type { CalendarDefinition, Closure } from '@app/domain/calendar';
import { type FieldProblem, Refusal } from '@app/domain/refusal';
import { cleanText, codePoints, hasForbiddenCharacters, isBlank } from '@app/domain/text';
import { dateOfDay, dayNumber } from '@app/domain/zone';

export const MAX_ICAL_CHARACTERS = 200_000;
const MAX_EVENTS = 500;
/** No calendar holds more. */
const MAX_DAYS = 250;
const MAX_EVENT_DAYS = 60;
const MAX_NAME = 200;
const DAY_SECONDS = 86_400;
const MAX_INTERVAL = 366;
const MAX_YEARS = 50;
/** Other parts of a rule are for appointments, not for days off. */
const RULE_PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTH', 'BYMONTHDAY']);
const FREQUENCIES = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);

type Component = InstanceType<typeof ICAL.Component>;

/** Names of our own in an exported file, so that it comes back as it went. */
const OWN = { key: 'x-sanad-key', nameFr: 'x-sanad-name-fr', nameAr: 'x-sanad-name-ar' } as const;

/**
 * The days off of an iCalendar file (RFC 5545): events of whole days, of one or several, repeated or not. The end of an event is not part
 * of it. Tentative events are provisional, cancelled ones are left out. Refused, with a pointer to the event and its property: what is
 * no calendar, what is too large, events with a time of day, repetitions without end, dates that do not exist, events without a name.
 */
export function closuresFromIcal(text: string): Closure[] {
  const problems: FieldProblem[] = [];
  const events = eventsOf(text).filter((one) => textOf(one, 'status')?.toUpperCase() !== 'CANCELLED');
  const replaced = replacedDays(events);
  const closures: Closure[] = [];
  events.forEach((event, i) => {
    const read = new EventReader(event, `/ical/${i}`, problems);
    closures.push(...read.closures(replaced));
    if (closures.length > MAX_DAYS)
      throw Refusal.field('/ical', 'too_many', `The file has more than ${MAX_DAYS} days.`);
  });
  if (problems.length > 0) throw new Refusal('validation_failed', 'The file cannot be read.', problems.slice(0, 20));
  return closures;
}

function eventsOf(text: string): Component[] {
  if (text.length > MAX_ICAL_CHARACTERS) throw Refusal.field('/ical', 'too_long', 'The file is too large.');
  let calendar: Component;
  try {
    calendar = new ICAL.Component(ICAL.parse(text) as never);
  } catch {
    throw Refusal.field('/ical', 'not_a_calendar', 'This is not an iCalendar file.');
  }
  if (calendar.name !== 'vcalendar') throw Refusal.field('/ical', 'not_a_calendar', 'This is not an iCalendar file.');
  const events = calendar.getAllSubcomponents('vevent');
  if (events.length === 0) throw Refusal.field('/ical', 'empty', 'The file has no events.');
  if (events.length > MAX_EVENTS)
    throw Refusal.field('/ical', 'too_many', `The file has more than ${MAX_EVENTS} events.`);
  return events;
}

/** Days of a repeated event that another event of the same name stands for, as `uid date`. */
function replacedDays(events: readonly Component[]): Set<string> {
  return new Set(
    events.flatMap((one) => {
      const day = textOf(one, 'recurrence-id');
      return day ? [`${textOf(one, 'uid')} ${day.slice(0, 10)}`] : [];
    }),
  );
}

/** The first value of a property as text; what the parser could not read is null. */
function textOf(event: Component, name: string): string | null {
  const value: unknown = event.getFirstPropertyValue(name);
  return value === null || value === undefined ? null : String(value);
}

function isPlain(rule: InstanceType<typeof ICAL.Recur>): boolean {
  const parts = rule
    .toString()
    .split(';')
    .map((part) => part.split('=')[0]);
  return parts.every((part) => RULE_PARTS.has(part)) && FREQUENCIES.has(rule.freq) && rule.interval <= MAX_INTERVAL;
}

class EventReader {
  constructor(
    private readonly event: Component,
    private readonly pointer: string,
    private readonly problems: FieldProblem[],
  ) {}

  closures(replaced: ReadonlySet<string>): Closure[] {
    const before = this.problems.length;
    const start = this.day('dtstart');
    const length = start === null ? 0 : this.length(start);
    const named = this.names();
    const starts = start === null ? [] : this.starts(start);
    if (this.problems.length > before) return [];
    const uid = textOf(this.event, 'uid');
    const isReplacement = textOf(this.event, 'recurrence-id') !== null;
    const status = textOf(this.event, 'status')?.toUpperCase() === 'TENTATIVE' ? 'provisional' : 'confirmed';
    return starts
      .filter((day) => isReplacement || !replaced.has(`${uid} ${dateOfDay(day)}`))
      .flatMap((day) => Array.from({ length }, (_, i) => ({ date: dateOfDay(day + i), ...named, status }) as Closure));
  }

  private problem(name: string, code: string, detail: string): null {
    this.problems.push({ pointer: `${this.pointer}/${name}`, code, detail });
    return null;
  }

  /** Day number of a date property; a time of day is not read as a day. */
  private day(name: string): number | null {
    const property = this.event.getFirstProperty(name);
    if (!property) return this.problem(name, 'required', 'An event needs the day on which it begins.');
    if (property.type !== 'date')
      return this.problem(name, 'all_day_expected', 'Only events of whole days are days off.');
    // As it was written: the parser would take 30 February for 2 March.
    const day = dayNumber(String((property.toJSON() as unknown[])[3]));
    return Number.isNaN(day) ? this.problem(name, 'invalid_date', 'This date does not exist.') : day;
  }

  private length(start: number): number {
    const days = this.days(start);
    if (days === null) return 0;
    if (days >= 1 && days <= MAX_EVENT_DAYS) return days;
    this.problem('dtend', 'out_of_range', `An event lasts from 1 to ${MAX_EVENT_DAYS} days.`);
    return 0;
  }

  private days(start: number): number | null {
    if (this.event.getFirstProperty('dtend')) {
      const end = this.day('dtend');
      return end === null ? null : end - start;
    }
    const duration: unknown = this.event.getFirstPropertyValue('duration');
    if (duration === null) return 1;
    const seconds = duration instanceof ICAL.Duration ? duration.toSeconds() : NaN;
    if (seconds % DAY_SECONDS === 0) return seconds / DAY_SECONDS;
    return this.problem('duration', 'all_day_expected', 'Only events of whole days are days off.');
  }

  /** The days on which it begins. */
  private starts(start: number): number[] {
    const rule: unknown = this.event.getFirstPropertyValue('rrule');
    if (this.event.getFirstProperty('rdate'))
      this.problem('rdate', 'not_supported', 'Write such days as events of their own.');
    if (rule === null) return [start];
    if (!(rule instanceof ICAL.Recur)) return this.problem('rrule', 'invalid', 'This repetition cannot be read.') ?? [];
    if (!rule.isFinite()) return this.problem('rrule', 'no_end', 'A repetition needs an end.') ?? [];
    if (!isPlain(rule))
      return this.problem('rrule', 'not_supported', 'Days off repeat by day, week, month or year.') ?? [];
    return this.repeated(rule, start);
  }

  private repeated(rule: InstanceType<typeof ICAL.Recur>, start: number): number[] {
    const left = new Set(
      this.event.getAllProperties('exdate').flatMap((one) => one.getValues().map((v) => String(v).slice(0, 10))),
    );
    const days: number[] = [];
    try {
      const each = rule.iterator(ICAL.Time.fromDateString(dateOfDay(start)));
      for (let next = each.next(); next; next = each.next()) {
        const date = String(next).slice(0, 10);
        if (next.year > Number(dateOfDay(start).slice(0, 4)) + MAX_YEARS) {
          return this.problem('rrule', 'too_far', `A repetition ends within ${MAX_YEARS} years.`) ?? [];
        }
        if (!left.has(date)) days.push(dayNumber(date));
        if (days.length > MAX_DAYS) return this.problem('rrule', 'too_many', `More than ${MAX_DAYS} days.`) ?? [];
      }
    } catch {
      this.problem('rrule', 'invalid', 'This repetition cannot be read.');
    }
    return days;
  }

  /** A file of ours names both languages; of others the summary serves for both. */
  private names(): Pick<Closure, 'key' | 'nameFr' | 'nameAr'> {
    const summary = this.text('summary');
    const nameFr = this.text(OWN.nameFr) ?? summary;
    const nameAr = this.text(OWN.nameAr) ?? summary;
    if (!nameFr || !nameAr) this.problem('summary', 'required', 'A day off needs a name.');
    const uid = this.text(OWN.key) ?? this.text('uid');
    if (!uid) this.problem('uid', 'required', 'An event needs an identifier.');
    return { key: uid ?? '', nameFr: nameFr ?? '', nameAr: nameAr ?? '' };
  }

  private text(name: string): string | null {
    const raw = textOf(this.event, name);
    const text = raw === null ? '' : cleanText(raw);
    if (isBlank(text)) return null;
    if (codePoints(text) <= MAX_NAME && !hasForbiddenCharacters(text)) return text;
    return this.problem(name, 'invalid_text', `A text of at most ${MAX_NAME} characters is expected.`);
  }
}

/** Days off as an iCalendar file; days of one holiday that follow one another are one event. */
export function icalOfClosures(
  calendar: { code: string; nameFr: string; nameAr: string },
  { closures }: CalendarDefinition,
  at: Date,
): string {
  const root = new ICAL.Component('vcalendar');
  root.addPropertyWithValue('version', '2.0');
  root.addPropertyWithValue('prodid', '-//Sanad//Calendar//FR');
  root.addPropertyWithValue('x-wr-calname', `${calendar.nameFr} / ${calendar.nameAr}`);
  for (const run of runsOf(closures)) {
    const [first] = run;
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', `${first.date}-${first.key}@${calendar.code.toLowerCase()}.sanad`);
    event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true) as never);
    event.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(first.date) as never);
    event.addPropertyWithValue(
      'dtend',
      ICAL.Time.fromDateString(dateOfDay(dayNumber(first.date) + run.length)) as never,
    );
    event.addPropertyWithValue('summary', `${first.nameFr} / ${first.nameAr}`);
    event.addPropertyWithValue('status', first.status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE');
    event.addPropertyWithValue('transp', 'TRANSPARENT');
    for (const [field, name] of Object.entries(OWN)) event.addPropertyWithValue(name, first[field as keyof typeof OWN]);
    root.addSubcomponent(event);
  }
  return `${root.toString()}\r\n`;
}

function runsOf(closures: readonly Closure[]): Closure[][] {
  const runs: Closure[][] = [];
  for (const one of [...closures].sort((a, b) =>
    a.key === b.key ? dayNumber(a.date) - dayNumber(b.date) : a.key < b.key ? -1 : 1,
  )) {
    const last = runs.at(-1)?.at(-1);
    const follows =
      last && last.key === one.key && last.status === one.status && dayNumber(last.date) + 1 === dayNumber(one.date);
    if (follows) runs.at(-1)!.push(one);
    else runs.push([one]);
  }
  return runs.sort((a, b) => (a[0].date < b[0].date ? -1 : 1));
}
