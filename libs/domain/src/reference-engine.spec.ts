import fc from 'fast-check';
import { compileCalendar } from './business-hours';
import { type CalendarDefinition, type Interval, minuteOfDay, WEEKDAYS } from './calendar';
import { explainClock } from './simulation';
import { dueAt, type Pause, type SlaClock, usedMs } from './sla-clock';
import { localParts } from './zone';

/**
 * The engine against counting minute by minute, written from the rules alone: a minute counts when the wall clock shows an open minute
 * and no pause holds it. Random calendars around every kind of change, random pauses, random changes of target and calendar.
 */
const MINUTE = 60_000;
const names = { nameFr: 'Nom', nameAr: 'اسم' };
const RUNS = 10_000;
/** So far a count goes; a due time behind it is compared by what is used up until then. */
const LIMIT = 2 * 1440;

const hhmm = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => cuts.flatMap((cut, i): Interval[] => (i % 2 ? [[hhmm(cuts[i - 1]), hhmm(cut)]] : [])));
const weeks = fc.array(hours, { minLength: 7, maxLength: 7 }).map((list) => ({
  ...Object.fromEntries(WEEKDAYS.map((day, i) => [day, list[i]])),
  wed: [['08:00', '18:00']] as Interval[],
})) as fc.Arbitrary<CalendarDefinition['week']>;

/** Days before and on which clocks change: two past Ramadans of four switches, the end of UTC+1, Paris, a change over midnight. */
const PLACES: [zone: string, date: string][] = [
  ['Africa/Casablanca', '2025-02-22'],
  ['Africa/Casablanca', '2025-04-05'],
  ['Africa/Casablanca', '2026-02-14'],
  ['Africa/Casablanca', '2026-03-21'],
  ['Africa/Casablanca', '2026-09-19'],
  ['Africa/Casablanca', '2026-11-20'],
  ['Europe/Paris', '2026-03-28'],
  ['Europe/Paris', '2026-10-24'],
  ['America/St_Johns', '2006-10-28'],
];
const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 1440 * MINUTE).toISOString().slice(0, 10);

const calendars = fc
  .record({
    place: fc.constantFrom(...PLACES),
    week: weeks,
    seasonWeek: weeks,
    season: fc.constantFrom('none', 'on', 'off'),
    closure: fc.constantFrom(-1, 0, 1, 2),
    override: fc.constantFrom(-1, 0, 1, 2),
    dated: hours,
  })
  .map(({ place: [zone, date], week, seasonWeek, season, closure, override, dated }) => ({
    base: Date.parse(`${date}T00:00Z`),
    definition: {
      zone,
      week,
      seasons:
        season === 'none'
          ? []
          : [
              {
                ...{ key: 's', ...names, from: dayAfter(date, 1), to: dayAfter(date, 2), week: seasonWeek },
                ...{ confirmed: false, ...(season === 'off' ? { off: true as const } : {}) },
              },
            ],
      closures:
        closure < 0 ? [] : [{ date: dayAfter(date, closure), key: 'c', ...names, status: 'provisional' as const }],
      overrides: override < 0 ? [] : [{ date: dayAfter(date, override), intervals: dated, ...names }],
    } satisfies CalendarDefinition,
  }));

/** Is the door open at this minute? Straight from the definition: dated hours, closure, season, week. */
function openMinutes(definition: CalendarDefinition): (ms: number) => boolean {
  const byDate = new Map<string, boolean[]>();
  const minutesOf = (date: string, weekday: number): boolean[] => {
    const dated = definition.overrides.find((one) => one.date === date);
    const closed = definition.closures.some((one) => one.date === date);
    const season = definition.seasons.find((one) => !one.off && one.from <= date && date <= one.to);
    const week = (season ?? definition).week[WEEKDAYS[weekday - 1]];
    const open = Array<boolean>(1440).fill(false);
    for (const [from, to] of dated ? dated.intervals : closed ? [] : week)
      open.fill(true, minuteOfDay(from), minuteOfDay(to));
    return open;
  };
  return (ms) => {
    const { date, minute, weekday } = wallClock(definition.zone, ms);
    const day = byDate.get(date) ?? minutesOf(date, weekday);
    byDate.set(date, day);
    return day[Math.floor(minute)];
  };
}

/** What the wall clock shows, remembered: the same few days are asked again and again. */
const shown = new Map<string, Map<number, ReturnType<typeof localParts>>>();
function wallClock(zone: string, ms: number): ReturnType<typeof localParts> {
  const inZone = shown.get(zone) ?? new Map<number, ReturnType<typeof localParts>>();
  shown.set(zone, inZone);
  const known = inZone.get(ms) ?? localParts(new Date(ms), zone);
  inZone.set(ms, known);
  return known;
}

/** What has counted before each minute, until the target is used up, a pause goes on for ever, or the limit. */
function countSlowly(clock: SlaClock): { due: number | 'standing' | 'later'; used: number } {
  const open = openMinutes(clock.calendar.definition);
  const start = clock.startedAt.getTime();
  const pauses = clock.pauses.map(({ from, to }) => [from.getTime(), to ? to.getTime() : Infinity]);
  let used = 0;
  for (let i = 0; i < LIMIT; i++) {
    const ms = start + i * MINUTE;
    const pause = pauses.find(([from, to]) => from <= ms && ms < to);
    if (pause?.[1] === Infinity) return { due: 'standing', used };
    if (pause || (clock.time === 'business' && !open(ms))) continue;
    used += 1;
    if (used === clock.minutes) return { due: ms + MINUTE, used };
  }
  return { due: 'later', used };
}

const pauseList = fc
  .array(fc.tuple(fc.integer({ min: -600, max: 2_600 }), fc.integer({ min: 0, max: 900 })), { maxLength: 4 })
  .chain((list) => fc.tuple(fc.constant(list), fc.boolean(), fc.integer({ min: 0, max: 3_000 })));
const pausesAt = (start: number, [list, endless, at]: [[number, number][], boolean, number]): Pause[] => [
  ...list.map(([from, length]) => ({
    from: new Date(start + from * MINUTE),
    to: new Date(start + (from + length) * MINUTE),
  })),
  ...(endless ? [{ from: new Date(start + at * MINUTE), to: null }] : []),
];

function compare(clock: SlaClock): void {
  const slow = countSlowly(clock);
  const due = dueAt(clock);
  if (slow.due === 'standing') expect(due).toBeNull();
  else if (slow.due === 'later') {
    const until = new Date(clock.startedAt.getTime() + LIMIT * MINUTE);
    expect(due === null || due >= until).toBe(true);
    expect(usedMs({ ...clock, now: until })).toBe(slow.used * MINUTE);
  } else expect(due?.getTime()).toBe(slow.due);
}

it(`equals a count minute by minute on ${RUNS} calendars, pauses and changes`, () => {
  const clocks = fc.record({
    made: calendars,
    other: calendars,
    startMinute: fc.integer({ min: -600, max: 2_000 }),
    minutes: fc.integer({ min: 1, max: 700 }),
    changed: fc.integer({ min: 1, max: 900 }),
    time: fc.constantFrom('business' as const, 'business' as const, 'calendar' as const),
    pauses: pauseList,
    change: fc.constantFrom('target', 'calendar', 'pauses', 'none'),
  });
  fc.assert(
    fc.property(clocks, ({ made, other, startMinute, minutes, changed, time, pauses, change }) => {
      const start = made.base + startMinute * MINUTE;
      const calendar = compileCalendar(made.definition);
      const clock = { startedAt: new Date(start), minutes, time, calendar, pauses: pausesAt(start, pauses) };
      compare(clock);
      // After a change the clock counts from its own start and pauses, as if it had never known anything else.
      if (change === 'target') compare({ ...clock, minutes: changed });
      if (change === 'calendar')
        compare({ ...clock, calendar: compileCalendar({ ...other.definition, zone: made.definition.zone }) });
      if (change === 'pauses') compare({ ...clock, pauses: clock.pauses.slice(1) });
    }),
    { numRuns: RUNS },
  );
}, 60_000);

it('an explanation ends where the clock is due, and its steps add up', () => {
  const clocks = fc.record({
    made: calendars,
    startMinute: fc.integer({ min: -600, max: 2_000 }),
    minutes: fc.integer({ min: 1, max: 2_000 }),
    time: fc.constantFrom('business' as const, 'calendar' as const),
    pauses: pauseList,
  });
  fc.assert(
    fc.property(clocks, ({ made, startMinute, minutes, time, pauses }) => {
      // Where a date comes twice in pieces, an explanation by local days is not in the order of instants.
      fc.pre(made.definition.zone !== 'America/St_Johns');
      const start = made.base + startMinute * MINUTE;
      const calendar = compileCalendar(made.definition);
      const clock = { startedAt: new Date(start), minutes, time, calendar, pauses: pausesAt(start, pauses) };
      const steps = explainClock(clock);
      const [last] = steps.slice(-1);
      expect(last.kind).toBe(dueAt(clock) ? 'due' : 'standing');
      if (last.kind === 'due') expect(last.from).toEqual(dueAt(clock));
      const counted = steps.filter((step) => step.kind !== 'standing').reduce((sum, step) => sum + step.counted, 0);
      expect(counted).toBe(last.kind === 'due' ? minutes * MINUTE : minutes * MINUTE - last.counted);
    }),
    { numRuns: 2_000 },
  );
}, 60_000);
