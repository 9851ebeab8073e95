import fc from 'fast-check';
import { intervalsOn, type CalendarDefinition, type Interval } from './calendar';
import {
  caseDeadline,
  endOfDay,
  lastLegalDay,
  legalRule,
  passLegal,
  type LegalRule,
  type LegalUnit,
} from './legal-deadline';
import { DAY_MS, dateOfDay, dayNumber } from './zone';

const day: Interval[] = [['08:30', '16:30']];
const calendar: CalendarDefinition = {
  zone: 'Africa/Casablanca',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  seasons: [],
  closures: [
    { date: '2026-11-18', key: 'independence', nameFr: 'Indépendance', nameAr: 'الاستقلال', status: 'confirmed' },
  ],
  overrides: [],
};
const rule = (unit: LegalUnit, value: number | string | null, more: Partial<LegalRule> = {}): LegalRule => ({
  ...{ unit, value, before: false },
  ...more,
});

test.each<[string, LegalRule, string, string]>([
  ['on the spot', rule('immediate', 0), '2026-11-23', '2026-11-23'],
  ['sixty calendar days, the day of the event not counted', rule('calendar_days', 60), '2026-11-23', '2027-01-22'],
  ['thirty full days: one may act on the day after them', rule('full_days', 30), '2026-03-01', '2026-04-01'],
  [
    'three full days lie between the declaration and the event',
    rule('full_days', 3, { before: true }),
    '2026-11-23',
    '2026-11-19',
  ],
  ['twenty working days', rule('working_days', 20), '2026-11-23', '2026-12-21'],
  ['a holiday is no working day', rule('working_days', 1), '2026-11-17', '2026-11-19'],
  ['a month from a day that the next one has', rule('months', 1), '2026-11-23', '2026-12-23'],
  ['a month from the 31st ends with the shorter month', rule('months', 1), '2026-08-31', '2026-09-30'],
  ['a month from 31 January ends with February', rule('months', 1), '2026-01-31', '2026-02-28'],
  ['three months over the end of a year', rule('months', 3), '2026-11-30', '2027-02-28'],
  ['five years from a leap day', rule('years', 5), '2024-02-29', '2029-02-28'],
  ['twenty-four hours of a day', rule('hours', 24), '2026-11-23', '2026-11-24'],
  ['seventy-two hours', rule('hours', 72), '2026-11-23', '2026-11-26'],
  ['before 1 March', rule('fixed_date', '03-01'), '2026-11-23', '2027-02-28'],
  ['a date of the statutes is entered', rule('statutes_date', null), '2027-05-02', '2027-05-02'],
  [
    'the next working day where the basis says so',
    rule('calendar_days', 5, { nextWorkingDay: true }),
    '2026-11-23',
    '2026-11-30',
  ],
])('%s', (_, one, from, last) => {
  expect(lastLegalDay(one, from, calendar)).toBe(last);
});

test.each(['2026-02-30', '2026-13-01', '23/11/2026', ''])('%s is no day', (from) => {
  expect(() => lastLegalDay(rule('calendar_days', 3), from, calendar)).toThrow();
});

test('a calendar that never opens counts no working day', () => {
  const closed = { ...calendar, week: { ...calendar.week, mon: [], tue: [], wed: [], thu: [], fri: [] } };
  expect(() => lastLegalDay(rule('working_days', 1), '2026-11-23', closed)).toThrow('cannot be counted');
});

test('thresholds and sums have no day; a delay before an event counts back', () => {
  const listed = { kind: 'delay', unit: 'full_days', value: 3, countsFromFr: 'avant la date de la manifestation' };
  expect(legalRule(listed)).toEqual({ unit: 'full_days', value: 3, before: true });
  expect(legalRule({ ...listed, kind: 'threshold' })).toBeNull();
  expect(legalRule({ ...listed, unit: 'signatures' })).toBeNull();
});

const days = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2032-12-31') });

test('property: working days are as many as were asked for, and the last is one of them', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), fc.boolean(), (start, value, before) => {
      const last = dayNumber(lastLegalDay(rule('working_days', value, { before }), dateOfDay(start), calendar));
      const [low, high] = before ? [last, start - 1] : [start + 1, last];
      let open = 0;
      for (let one = low; one <= high; one += 1) open += Math.sign(intervalsOn(calendar, dateOfDay(one)).length);
      expect(open).toBe(value);
      expect(intervalsOn(calendar, dateOfDay(last))).not.toEqual([]);
    }),
  );
});

test('property: full days are whole days between; months keep the day or take the last; there and back of days is the start', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 90 }), (start, value) => {
      const from = dateOfDay(start);
      expect(dayNumber(lastLegalDay(rule('full_days', value), from, calendar)) - start - 1).toBe(value);
      const there = lastLegalDay(rule('calendar_days', value), from, calendar);
      expect(lastLegalDay(rule('calendar_days', value, { before: true }), there, calendar)).toBe(from);
      const month = lastLegalDay(rule('months', value % 13), from, calendar);
      const next = dateOfDay(dayNumber(month) + 1);
      expect(month.slice(8) === from.slice(8) || (month.slice(8) < from.slice(8) && next.endsWith('-01'))).toBe(true);
    }),
  );
});

test('a case is warned about once, for its last week, and passes once; then it still stands before every promise', () => {
  const deadline = { category: 'CRE.05', ...caseDeadline(0, rule('calendar_days', 60), '2026-11-23', calendar) };
  const end = endOfDay('2027-01-22');
  expect(deadline).toMatchObject({ on: '2027-01-22', at: end.toISOString(), warned: false });
  const at = (daysLeft: number) => new Date(end.getTime() - daysLeft * DAY_MS);
  const early = passLegal([deadline], at(8));
  expect(early).toMatchObject({ nextAt: end, urgencyAt: null, stepAt: at(7), warned: [], passed: [] });
  const near = passLegal(early.deadlines, at(7));
  expect(near).toMatchObject({ nextAt: end, stepAt: end, passed: [] });
  expect(near.warned).toHaveLength(1);
  expect(near.urgencyAt!.getTime()).toBeLessThan(Date.parse('2010-01-01'));
  const over = passLegal(near.deadlines, end);
  expect(over).toMatchObject({ nextAt: end, stepAt: null, warned: [] });
  expect(over.passed).toHaveLength(1);
  expect(passLegal(over.deadlines, at(-9))).toMatchObject({ warned: [], passed: [], stepAt: null });
});
