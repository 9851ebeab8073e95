import fc from 'fast-check';
import { addBusinessTime, businessMs, compileCalendar, isOpen, openSpans } from './business-hours';
import { type CalendarDefinition, checkCalendar, type Interval, intervalsOn, minuteOfDay, WEEKDAYS } from './calendar';
import { localParts } from './zone';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const names = { nameFr: 'Nom', nameAr: 'اسم' };

/** Random calendars around the days on which clocks change, on a grid of 15 minutes. */
const hhmm = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
const intervals = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => cuts.flatMap((cut, i): Interval[] => (i % 2 ? [[hhmm(cuts[i - 1]), hhmm(cut)]] : [])));
const weeks = fc.tuple(...WEEKDAYS.map(() => intervals)).map(([mon, tue, wed, thu, fri, sat, sun]) => ({
  ...{ mon, tue, wed, thu, fri, sat, sun },
}));
const places = fc.constantFrom(
  ...(
    [
      ['Africa/Casablanca', '2026-02-14', '2026-02-15'],
      ['Africa/Casablanca', '2026-03-21', '2026-03-22'],
      ['Africa/Casablanca', '2026-09-19', '2026-09-20'],
      ['Europe/Paris', '2026-03-28', '2026-03-29'],
      ['Europe/Paris', '2026-10-24', '2026-10-25'],
      ['America/St_Johns', '2006-10-28', '2006-10-29'],
    ] as const
  ).map(([zone, from, to]) => ({ zone, from, to })),
);
const calendars = fc
  .record({ place: places, week: weeks, season: weeks, override: intervals, closed: fc.boolean(), dated: fc.boolean() })
  .map(({ place: { zone, from, to }, week, season, override, closed, dated }) => ({
    base: Date.parse(`${from}T00:00Z`),
    definition: {
      zone,
      week: { ...week, wed: [['08:00', '09:00']] as Interval[] },
      seasons: [{ key: 'season', ...names, from, to, week: season, confirmed: true }],
      closures: closed ? [{ date: from, key: 'closed', ...names, status: 'provisional' as const }] : [],
      overrides: dated ? [{ date: to, intervals: override, ...names }] : [],
    },
  }));

/** Straight from the definition: is the wall clock inside an interval of its date? Remembers the dates it saw. */
function wallClock(definition: CalendarDefinition): (ms: number) => boolean {
  const dates = new Map<string, [number, number][]>();
  const hoursOf = (date: string) => intervalsOn(definition, date).map(([from, to]) => [from, to].map(minuteOfDay));
  return (ms) => {
    const { date, minute } = localParts(new Date(ms), definition.zone);
    const hours = dates.get(date) ?? (hoursOf(date) as [number, number][]);
    dates.set(date, hours);
    return hours.some(([from, to]) => from <= minute && minute < to);
  };
}

describe('business time', () => {
  const budgets = fc.integer({ min: 1, max: 40 * HOUR });
  const starts = fc.integer({ min: -12 * HOUR, max: 60 * HOUR });

  it('equals a count minute by minute', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: -720, max: 2880 }), fc.nat(300), (made, startMinute, lengthMinutes) => {
        const plain = checkCalendar(made.definition);
        const openMinute = wallClock(plain);
        const calendar = compileCalendar(plain);
        const from = made.base + startMinute * MINUTE;
        let counted = 0;
        for (let i = 0; i < lengthMinutes; i++) {
          const open = openMinute(from + i * MINUTE);
          if (open) counted++;
          if (i % 60 === 0) expect(isOpen(calendar, new Date(from + i * MINUTE))).toBe(open);
        }
        const to = new Date(from + lengthMinutes * MINUTE);
        expect(businessMs(calendar, new Date(from), to)).toBe(counted * MINUTE);
        if (counted === 0) return;
        let last = from + lengthMinutes * MINUTE;
        while (!openMinute(last - MINUTE)) last -= MINUTE;
        expect(addBusinessTime(calendar, new Date(from), counted * MINUTE).getTime()).toBe(last);
      }),
      { numRuns: 3000 },
    );
  });

  it('uses up exactly the budget, and never earlier', () => {
    fc.assert(
      fc.property(calendars, starts, budgets, (made, start, budget) => {
        const calendar = compileCalendar(made.definition);
        const from = new Date(made.base + start);
        const end = addBusinessTime(calendar, from, budget);
        expect(businessMs(calendar, from, end)).toBe(budget);
        expect(businessMs(calendar, from, new Date(end.getTime() - 1))).toBe(budget - 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('is monotone: a later start or a larger budget is never due earlier', () => {
    fc.assert(
      fc.property(calendars, starts, budgets, fc.nat(20 * HOUR), fc.nat(HOUR), (made, start, budget, later, more) => {
        const calendar = compileCalendar(made.definition);
        const add = (ms: number, amount: number) => addBusinessTime(calendar, new Date(ms), amount).getTime();
        const first = add(made.base + start, budget);
        expect(add(made.base + start + later, budget)).toBeGreaterThanOrEqual(first);
        expect(add(made.base + start, budget + more)).toBeGreaterThanOrEqual(first + more);
      }),
      { numRuns: 1000 },
    );
  });

  it('a budget may be split anywhere', () => {
    fc.assert(
      fc.property(calendars, starts, budgets, budgets, (made, start, one, two) => {
        const calendar = compileCalendar(made.definition);
        const from = new Date(made.base + start);
        const inSteps = addBusinessTime(calendar, addBusinessTime(calendar, from, one), two);
        expect(inSteps).toEqual(addBusinessTime(calendar, from, one + two));
      }),
      { numRuns: 1000 },
    );
  });

  it('open spans are ascending, apart, and add up to the business time', () => {
    fc.assert(
      fc.property(calendars, starts, budgets, (made, start, length) => {
        const calendar = compileCalendar(made.definition);
        const [from, to] = [new Date(made.base + start), new Date(made.base + start + length)];
        const spans = openSpans(calendar, from, to);
        spans.forEach(([opens, closes], i) => {
          expect(opens).toBeLessThan(closes);
          if (i > 0) expect(opens).toBeGreaterThan(spans[i - 1][1]);
        });
        expect(spans.reduce((sum, [opens, closes]) => sum + closes - opens, 0)).toBe(businessMs(calendar, from, to));
      }),
      { numRuns: 1000 },
    );
  });
});
