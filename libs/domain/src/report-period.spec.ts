import fc from 'fast-check';
import { daysOf, nextMonth, partsOf } from './report-period';
import { dateOfDay, dayNumber } from './zone';

test.each([
  [{ from: '2026-01-01', to: '2026-12-31' }, ['month 2026-01-01 2026-12-01']],
  [{ from: '2026-11-03', to: '2026-11-20' }, ['day 2026-11-03 2026-11-20']],
  [{ from: '2026-11-01', to: '2026-11-30' }, ['month 2026-11-01 2026-11-01']],
  [
    { from: '2025-11-24', to: '2026-11-23' },
    ['day 2025-11-24 2025-11-30', 'month 2025-12-01 2026-10-01', 'day 2026-11-01 2026-11-23'],
  ],
  [{ from: '2026-01-31', to: '2026-02-01' }, ['day 2026-01-31 2026-02-01']],
])('%j', (range, expected) => {
  expect(partsOf(range).map(({ grain, from, to }) => `${grain} ${from} ${to}`)).toEqual(expected);
});

test('every day of a range is in one part, and no other is', () => {
  const day = fc.integer({ min: dayNumber('2023-01-01'), max: dayNumber('2027-12-31') });
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 800 }), (first, more) => {
      const range = { from: dateOfDay(first), to: dateOfDay(first + more) };
      const days = partsOf(range).flatMap(({ grain, from, to }) => {
        const last = grain === 'day' ? dayNumber(to) : dayNumber(nextMonth(to)) - 1;
        return Array.from({ length: last - dayNumber(from) + 1 }, (_, i) => dayNumber(from) + i);
      });
      expect(days).toEqual(Array.from({ length: more + 1 }, (_, i) => first + i));
      expect(daysOf(range)).toBe(more + 1);
    }),
  );
});

test.each([
  [{ from: '2026-02-30', to: '2026-03-01' }, '?from'],
  [{ from: '2026-03-01', to: 'x' }, '?to'],
  [{ from: '2026-03-02', to: '2026-03-01' }, '?to'],
  [{ from: '2000-01-01', to: '2026-03-01' }, '?to'],
])('%j is refused', (range, pointer) => {
  expect(() => daysOf(range)).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }));
});
