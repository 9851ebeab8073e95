import fc from 'fast-check';
import { checkRange, daysOf, daysOfRow, intervalKey, nextMonth, partsOf } from './report-period';
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

test('rows of half-hours, hours, weeks and months, as far as they lie in the range', () => {
  expect([33, 32, 0, 47].map((one) => intervalKey('2026-11-20', one, 'half_hour').slice(11))).toEqual([
    '16:30',
    '16:00',
    '00:00',
    '23:30',
  ]);
  expect(intervalKey('2026-11-20', 33, 'hour')).toBe('2026-11-20T16:00');
  const range = { from: '2026-11-18', to: '2026-12-10' };
  expect(daysOfRow('half_hour', '2026-11-20T16:30', range)).toEqual({ from: '2026-11-20', to: '2026-11-20' });
  expect(daysOfRow('week', '2026-11-16', range)).toEqual({ from: '2026-11-18', to: '2026-11-22' });
  expect(daysOfRow('month', '2026-12-01', range)).toEqual({ from: '2026-12-01', to: '2026-12-10' });
});

test('short rows are refused over long periods', () => {
  expect(() => checkRange({ from: '2026-11-01', to: '2026-11-08' }, 'half_hour')).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ pointer: '?to', code: 'out_of_range' })] }),
  );
  expect(() => checkRange({ from: '2026-11-01', to: '2026-11-07' }, 'half_hour')).not.toThrow();
  expect(() => checkRange({ from: '2020-01-01', to: '2026-11-07' }, 'month')).not.toThrow();
});
