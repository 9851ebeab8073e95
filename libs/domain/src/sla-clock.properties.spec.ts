import fc from 'fast-check';
import { businessMs, compileCalendar } from './business-hours';
import type { Interval } from './calendar';
import { dueAt, remainingMs, type SlaClock, usedMs, warnAt } from './sla-clock';

const MINUTE = 60_000;
const day: Interval[] = [
  ['08:30', '12:30'],
  ['13:00', '16:30'],
];
const friday: Interval[] = [
  ['08:30', '12:00'],
  ['14:00', '16:30'],
];
const calendar = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { mon: day, tue: day, wed: day, thu: day, fri: friday, sat: [], sun: [] },
  seasons: [],
  closures: [],
  overrides: [],
});

describe('clocks', () => {
  const base = Date.parse('2026-09-17T00:00Z'); // the change of 20 September is in range
  const minute = fc.integer({ min: 0, max: 6 * 1440 });
  const closedPauses = fc.array(fc.tuple(minute, fc.nat(2000)), { maxLength: 5 }).map((list) =>
    list.map(([from, length]) => ({
      from: new Date(base + from * MINUTE),
      to: new Date(base + (from + length) * MINUTE),
    })),
  );
  const clocks = fc
    .record({
      start: minute,
      minutes: fc.integer({ min: 1, max: 2000 }),
      time: fc.constantFrom('business' as const, 'calendar' as const),
      pauses: closedPauses,
    })
    .map(({ start, ...rest }): SlaClock => ({ ...rest, startedAt: new Date(base + start * MINUTE), calendar }));

  it('at the due instant the budget is used up, and one millisecond before it is not', () => {
    fc.assert(
      fc.property(clocks, (one) => {
        const due = dueAt(one) as Date;
        expect(remainingMs({ ...one, now: due })).toBe(0);
        expect(remainingMs({ ...one, now: new Date(due.getTime() - 1) })).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('one more pause only ever moves the due time later', () => {
    fc.assert(
      fc.property(clocks, closedPauses, (one, more) => {
        const later = dueAt({ ...one, pauses: [...more, ...one.pauses] }) as Date;
        expect(later.getTime()).toBeGreaterThanOrEqual((dueAt(one) as Date).getTime());
      }),
      { numRuns: 2000 },
    );
  });

  it('an open pause freezes the time left, and closing it gives the rest from there', () => {
    fc.assert(
      fc.property(clocks, minute, minute, (one, at1, at2) => {
        const [from, to] = [new Date(base + Math.min(at1, at2) * MINUTE), new Date(base + Math.max(at1, at2) * MINUTE)];
        const frozen = { ...one, pauses: [...one.pauses, { from, to: null }] };
        expect(remainingMs({ ...frozen, now: to })).toBe(remainingMs({ ...one, now: from }));
        const before = (dueAt(one) as Date) <= from && one.startedAt < from;
        expect(dueAt(frozen)).toEqual(before ? dueAt(one) : null);
      }),
      { numRuns: 2000 },
    );
  });

  it('equals a count minute by minute', () => {
    fc.assert(
      fc.property(clocks, fc.nat(3000), (one, length) => {
        let used = 0;
        for (let i = 0; i < length; i++) {
          const ms = one.startedAt.getTime() + i * MINUTE;
          if (one.pauses.some(({ from, to }) => from.getTime() <= ms && ms < (to as Date).getTime())) continue;
          const open = one.time === 'calendar' || businessMs(calendar, new Date(ms), new Date(ms + MINUTE)) > 0;
          if (open) used += MINUTE;
        }
        expect(usedMs({ ...one, now: new Date(one.startedAt.getTime() + length * MINUTE) })).toBe(used);
      }),
      { numRuns: 300 },
    );
  });

  it('the nearer warning never fires after the due time nor before the wider one', () => {
    fc.assert(
      fc.property(clocks, (one) => {
        const wide = Number(warnAt(one, { percentLeft: 50, minutesLeft: 40 }));
        const near = Number(warnAt(one, { percentLeft: 10, minutesLeft: 30 }));
        expect(wide).toBeLessThanOrEqual(near);
        expect(near).toBeLessThanOrEqual(Number(dueAt(one)));
      }),
      { numRuns: 1000 },
    );
  });
});
