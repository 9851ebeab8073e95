import {
  addBusinessTime,
  type BusinessCalendar,
  businessMs,
  compileCalendar,
  isOpen,
  nextOpening,
  openSpans,
} from './business-hours';
import type { CalendarDefinition, Interval } from './calendar';
import { Refusal } from './refusal';

const MINUTE = 60_000;
const names = { nameFr: 'Nom', nameAr: 'اسم' };
const every = (monToThu: Interval[], fri: Interval[], weekend: Interval[] = []) => ({
  mon: monToThu,
  tue: monToThu,
  wed: monToThu,
  thu: monToThu,
  fri,
  sat: weekend,
  sun: weekend,
});
const short: Interval[] = [['09:00', '15:00']];
const ramadan = (from: string, to: string) => ({
  key: 'ramadan',
  ...names,
  from,
  to,
  week: every(short, short),
  confirmed: true,
});
const definition: CalendarDefinition = {
  zone: 'Africa/Casablanca',
  week: every(
    [
      ['08:30', '12:30'],
      ['13:00', '16:30'],
    ],
    [
      ['08:30', '12:00'],
      ['14:00', '16:30'],
    ],
  ),
  seasons: [
    ramadan('2023-03-23', '2023-04-21'),
    ramadan('2024-03-12', '2024-04-09'),
    ramadan('2025-03-02', '2025-03-30'),
    ramadan('2026-02-19', '2026-03-19'),
  ],
  closures: [{ date: '2026-11-18', key: 'independence', ...names, status: 'confirmed' }],
  overrides: [{ date: '2026-11-21', intervals: [['10:00', '12:00']], ...names }],
};
const morocco = compileCalendar(definition);
const allDay = (zone: string, interval: Interval) =>
  compileCalendar({
    zone,
    week: every([interval], [interval], [interval]),
    seasons: [],
    closures: [],
    overrides: [],
  });
const at = (iso: string) => new Date(iso);
const short16 = (date: Date | null) => date?.toISOString().slice(0, 16);
const due = (calendar: BusinessCalendar, from: string, minutes: number) =>
  short16(addBusinessTime(calendar, at(from), minutes * MINUTE));
const minutesBetween = (calendar: BusinessCalendar, from: string, to: string) =>
  businessMs(calendar, at(from), at(to)) / MINUTE;

describe('worked examples, Morocco at UTC+0', () => {
  it.each([
    ['inside the morning', '2026-11-23T09:00Z', 60, '2026-11-23T10:00'],
    ['over lunch', '2026-11-23T12:00Z', 60, '2026-11-23T13:30'],
    ['ends exactly at the lunch break', '2026-11-23T08:30Z', 240, '2026-11-23T12:30'],
    ['ends exactly at closing time', '2026-11-23T08:30Z', 450, '2026-11-23T16:30'],
    ['one minute more goes to the next morning', '2026-11-23T08:30Z', 451, '2026-11-24T08:31'],
    ['before opening', '2026-11-23T03:00Z', 30, '2026-11-23T09:00'],
    ['from closing time', '2026-11-23T16:30Z', 30, '2026-11-24T09:00'],
    ['over the Friday prayer', '2026-11-20T11:30Z', 60, '2026-11-20T14:30'],
    ['over a Saturday opened by an override', '2026-11-20T16:00Z', 180, '2026-11-23T09:00'],
    ['over Independence Day', '2026-11-17T16:00Z', 60, '2026-11-19T09:00'],
    ['three working days', '2026-11-23T08:30Z', 1350, '2026-11-25T16:30'],
    ['nothing at all, on a Sunday', '2026-11-22T03:00Z', 0, '2026-11-22T03:00'],
  ])('%s', (_name, from, minutes, expected) => {
    expect(due(morocco, from, minutes)).toBe(expected);
  });

  it('counts open minutes', () => {
    expect(minutesBetween(morocco, '2026-11-23T00:00Z', '2026-11-30T00:00Z')).toBe(4 * 450 + 360);
    expect(minutesBetween(morocco, '2026-11-23T12:00Z', '2026-11-23T13:15Z')).toBe(45);
    expect(minutesBetween(morocco, '2026-11-23T12:00Z', '2026-11-23T12:00Z')).toBe(0);
    expect(minutesBetween(morocco, '2026-11-24T12:00Z', '2026-11-23T12:00Z')).toBe(0);
  });

  it('knows when the door is open and when it opens next', () => {
    expect(isOpen(morocco, at('2026-11-23T08:30:00Z'))).toBe(true);
    expect(isOpen(morocco, at('2026-11-23T08:29:59.999Z'))).toBe(false);
    expect(isOpen(morocco, at('2026-11-23T12:30:00Z'))).toBe(false);
    expect(short16(nextOpening(morocco, at('2026-11-23T09:00Z')))).toBe('2026-11-23T09:00');
    expect(short16(nextOpening(morocco, at('2026-11-23T12:30Z')))).toBe('2026-11-23T13:00');
    expect(short16(nextOpening(morocco, at('2026-11-17T16:30Z')))).toBe('2026-11-19T08:30');
  });

  it('gives open spans cut to the question', () => {
    expect(openSpans(morocco, at('2026-11-23T12:00Z'), at('2026-11-23T14:00Z'))).toEqual([
      [Date.parse('2026-11-23T12:00Z'), Date.parse('2026-11-23T12:30Z')],
      [Date.parse('2026-11-23T13:00Z'), Date.parse('2026-11-23T14:00Z')],
    ]);
    expect(openSpans(morocco, at('2026-11-22T00:00Z'), at('2026-11-23T00:00Z'))).toEqual([]);
  });
});

describe('Ramadan', () => {
  // Until 2026 the clock went to UTC+0 on the Sunday before Ramadan and back to UTC+1 on the Sunday after.
  it.each([
    ['2023: into it (Thursday), UTC+0', '2023-03-22T16:00Z', 60, '2023-03-23T09:30'],
    ['2023: out of it (Friday), on Monday back to UTC+1', '2023-04-21T14:30Z', 60, '2023-04-24T08:00'],
    ['2024: last ordinary Friday, UTC+1', '2024-03-08T15:00Z', 60, '2024-03-11T09:00'],
    ['2024: into the first day (Tuesday), UTC+0', '2024-03-11T16:00Z', 60, '2024-03-12T09:30'],
    ['2024: out of it (Wednesday), still UTC+0', '2024-04-09T14:30Z', 60, '2024-04-10T09:00'],
    ['2024: back to UTC+1', '2024-04-12T16:00Z', 60, '2024-04-15T08:00'],
    ['2025: into it (Sunday, so Monday), UTC+0', '2025-02-28T16:00Z', 60, '2025-03-03T09:30'],
    ['2025: out of it (Sunday, so Monday), still UTC+0', '2025-03-28T14:30Z', 60, '2025-03-31T09:00'],
    ['2026: into it (Thursday), UTC+0', '2026-02-18T16:00Z', 60, '2026-02-19T09:30'],
    ['2026: out of it (Friday), still UTC+0', '2026-03-19T14:30Z', 60, '2026-03-20T09:00'],
    ['2026: back to UTC+1 over the weekend', '2026-03-20T16:00Z', 60, '2026-03-23T08:00'],
    ['2026: a whole Ramadan day', '2026-02-19T09:00Z', 360, '2026-02-19T15:00'],
  ])('%s', (_name, from, minutes, expected) => {
    expect(due(morocco, from, minutes)).toBe(expected);
  });
});

describe('changes of the clock', () => {
  it('D11: a ticket of Saturday 19 September 2026 17:30 counts from Monday 08:30 at UTC+0', () => {
    expect(due(morocco, '2026-09-19T16:30Z', 60)).toBe('2026-09-21T09:30');
    expect(due(morocco, '2026-09-18T15:00Z', 60)).toBe('2026-09-21T09:00');
  });

  it('D11: the day of the change has 25 hours', () => {
    const open = allDay('Africa/Casablanca', ['00:00', '24:00']);
    expect(minutesBetween(open, '2026-09-19T23:00Z', '2026-09-21T00:00Z')).toBe(25 * 60);
    expect(due(open, '2026-09-19T23:00Z', 25 * 60)).toBe('2026-09-21T00:00');
  });

  it.each([
    ['D10 repeated hour counts twice', 'Africa/Casablanca', '2026-02-15T00:00Z', '2026-02-15T12:00Z', 120],
    ['D10 missing hour does not exist', 'Africa/Casablanca', '2026-03-22T00:00Z', '2026-03-22T12:00Z', 0],
    ['D12 missing hour does not exist', 'Europe/Paris', '2026-03-29T00:00Z', '2026-03-29T12:00Z', 0],
    ['D12 repeated hour counts twice', 'Europe/Paris', '2026-10-24T22:00Z', '2026-10-25T12:00Z', 120],
  ])('%s', (_name, zone, from, to, expected) => {
    expect(minutesBetween(allDay(zone, ['02:00', '03:00']), from, to)).toBe(expected);
  });

  it.each([
    ['D10 to the second 02:30', 'Africa/Casablanca', ['02:00', '04:00'], '2026-02-15T01:00Z', 90, '2026-02-15T02:30'],
    ['D10 02:30 is skipped', 'Africa/Casablanca', ['01:00', '04:00'], '2026-03-22T01:00Z', 90, '2026-03-22T02:30'],
    ['D12 02:30 is skipped', 'Europe/Paris', ['01:00', '04:00'], '2026-03-29T00:00Z', 90, '2026-03-29T01:30'],
    ['D12 to the second 02:30', 'Europe/Paris', ['02:00', '04:00'], '2026-10-25T00:00Z', 90, '2026-10-25T01:30'],
  ] as [string, string, Interval, string, number, string][])('%s', (_name, zone, hours, from, minutes, expected) => {
    expect(due(allDay(zone, hours), from, minutes)).toBe(expected);
  });

  it('keeps instants in order where the clock goes back over midnight', () => {
    // St. John's, 29 October 2006: at 00:01 the clock went back to 23:01 of the day before.
    const evening = allDay('America/St_Johns', ['23:00', '24:00']);
    const night = minutesBetween(evening, '2006-10-29T01:00Z', '2006-10-29T12:00Z');
    expect(night).toBe(60 + 59);
    expect(openSpans(evening, at('2006-10-29T01:00Z'), at('2006-10-29T12:00Z'))).toHaveLength(2);
  });

  it('joins days that touch at midnight', () => {
    const open = allDay('Africa/Casablanca', ['00:00', '24:00']);
    expect(openSpans(open, at('2026-09-10T00:00Z'), at('2026-09-30T00:00Z'))).toHaveLength(1);
  });
});

describe('limits', () => {
  const once = compileCalendar({
    ...definition,
    week: every([], []),
    seasons: [],
    closures: [],
    overrides: [{ date: '2026-11-24', intervals: [['10:00', '12:00']], ...names }],
  });

  it('refuses a due time more than five years ahead, and no earlier one', () => {
    const open = allDay('UTC', ['00:00', '24:00']);
    const fiveYears = Date.parse('2031-11-23T00:00Z') - Date.parse('2026-11-23T00:00Z');
    expect(short16(addBusinessTime(open, at('2026-11-23T00:00Z'), fiveYears))).toBe('2031-11-23T00:00');
    expect(() => addBusinessTime(open, at('2026-11-23T00:00Z'), fiveYears + 1)).toThrow(/five years/);
    expect(() => addBusinessTime(once, at('2026-11-23T00:00Z'), 121 * MINUTE)).toThrow(Refusal);
    expect(due(once, '2026-11-23T00:00Z', 120)).toBe('2026-11-24T12:00');
    expect(nextOpening(once, at('2026-11-24T12:00Z'))).toBeNull();
  });

  it.each([[-1], [0.5], [NaN], [Infinity]])('refuses a budget of %p ms', (ms) => {
    expect(() => addBusinessTime(morocco, at('2026-11-23T00:00Z'), ms)).toThrow(Refusal);
  });
});

describe('speed', () => {
  it('adds a resolution budget in well under 20 µs once warm', () => {
    const from = at('2026-11-23T10:00Z').getTime();
    const run = (count: number) => {
      for (let i = 0; i < count; i++) addBusinessTime(morocco, new Date(from + i * 1000), 3150 * MINUTE);
    };
    run(5000);
    // The best of several rounds: the machine is shared.
    const rounds = Array.from({ length: 10 }, () => {
      const start = process.hrtime.bigint();
      run(2000);
      return Number(process.hrtime.bigint() - start) / 2000 / 1000;
    });
    expect(Math.min(...rounds)).toBeLessThan(20);
  });
});
