import fc from 'fast-check';
import { forecast, historyWindow } from './forecast';
import { dateOfDay, dayNumber, weekdayOf } from './zone';

const MONDAYS = ['2026-11-02', '2026-11-09', '2026-11-16'];

test('the mean of the same weekday and interval, empty days included', () => {
  const arrivals = [
    { day: MONDAYS[0], interval: 18, count: 4 },
    { day: MONDAYS[1], interval: 18, count: 2 },
    { day: '2026-11-03', interval: 20, count: 3 },
  ];
  expect(forecast(arrivals, '2026-11-02', '2026-11-22')).toEqual([
    { weekday: 1, interval: 18, expected: 2, least: 0, most: 4, days: 3 },
    { weekday: 2, interval: 20, expected: 1, least: 0, most: 3, days: 3 },
  ]);
});

test('under two weeks nothing is extrapolated', () => {
  expect(() => forecast([], '2026-11-02', '2026-11-14')).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ code: 'too_little_history' })] }),
  );
  expect(forecast([], '2026-11-02', '2026-11-15')).toEqual([]);
});

test('eight whole weeks until yesterday, or since the first day', () => {
  expect(historyWindow('2026-11-23', '2020-01-01')).toEqual({ from: '2026-09-28', to: '2026-11-22' });
  expect(historyWindow('2026-11-23', '2026-11-20')).toEqual({ from: '2026-11-20', to: '2026-11-22' });
  expect(historyWindow('2026-11-23', null)).toBeNull();
});

test('expected arrivals of all days together are those that came', () => {
  const first = dayNumber('2026-01-01');
  const arrival = fc.record({
    day: fc.integer({ min: 0, max: 60 }).map((offset) => dateOfDay(first + offset)),
    interval: fc.integer({ min: 0, max: 47 }),
    count: fc.integer({ min: 0, max: 50 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(arrival, { selector: (one) => `${one.day} ${one.interval}` }), (arrivals) => {
      const cells = forecast(arrivals, '2026-01-01', dateOfDay(first + 60));
      const came = arrivals.reduce((sum, one) => sum + one.count, 0);
      expect(cells.reduce((sum, cell) => sum + cell.expected * cell.days, 0)).toBeCloseTo(came, 6);
      for (const cell of cells) {
        expect(cell.least).toBeLessThanOrEqual(cell.expected + 1e-9);
        expect(cell.most).toBeGreaterThanOrEqual(cell.expected - 1e-9);
        expect(arrivals.some((one) => weekdayOf(dayNumber(one.day)) === cell.weekday)).toBe(true);
      }
    }),
  );
});
