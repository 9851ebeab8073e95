import { compileCalendar } from './business-hours';
import { workingDaysBefore } from './silence';

const DAY: [string, string][] = [['08:30', '16:30']];
const calendar = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: [], sun: [] },
  seasons: [],
  closures: [{ date: '2026-11-18', key: 'independence', nameFr: 'Fête', nameAr: 'عيد', status: 'confirmed' }],
  overrides: [],
});

test.each([
  ['over a week-end', '2026-11-30T17:00:00Z', 5, '2026-11-23T17:00:00Z'],
  ['over a week-end and a holiday', '2026-11-23T17:00:00Z', 5, '2026-11-15T17:00:00Z'],
  ['none', '2026-11-23T17:00:00Z', 0, '2026-11-23T17:00:00Z'],
])('five working days back %s', (_, now, days, expected) => {
  expect(workingDaysBefore(calendar, new Date(now), days)).toEqual(new Date(expected));
});

test('a calendar that never opens does not look back for ever', () => {
  const shut = compileCalendar({
    zone: 'Africa/Casablanca',
    week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
    seasons: [],
    closures: [],
    overrides: [],
  });
  expect(workingDaysBefore(shut, new Date('2026-11-23T00:00:00Z'), 5)).toEqual(new Date('2026-09-24T00:00:00Z'));
});
