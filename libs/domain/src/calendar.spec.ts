import { type CalendarDefinition, checkCalendar, intervalsOn, minuteOfDay } from './calendar';
import { Refusal } from './refusal';

const names = { nameFr: 'Nom', nameAr: 'اسم' };
const day: [string, string][] = [
  ['08:30', '12:30'],
  ['13:00', '16:30'],
];
const friday: [string, string][] = [
  ['08:30', '12:00'],
  ['14:00', '16:30'],
];
const shut = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const short: [string, string][] = [['09:00', '15:00']];

const morocco: CalendarDefinition = {
  zone: 'Africa/Casablanca',
  week: { mon: day, tue: day, wed: day, thu: day, fri: friday, sat: [], sun: [] },
  seasons: [
    {
      key: 'ramadan',
      ...names,
      from: '2026-02-19',
      to: '2026-03-19',
      week: { ...shut, mon: short, tue: short, wed: short, thu: short, fri: short },
      confirmed: false,
    },
  ],
  closures: [
    { date: '2026-11-18', key: 'independence', ...names, status: 'confirmed' },
    { date: '2026-03-03', key: 'in_ramadan', ...names, status: 'provisional' },
  ],
  overrides: [
    { date: '2026-11-18', intervals: [['10:00', '12:00']], ...names },
    { date: '2026-11-24', intervals: [], ...names },
  ],
};

/** The problems of a calendar as `pointer code`. */
function problemsOf(input: unknown): string[] {
  try {
    checkCalendar(input);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).toBe('validation_failed');
    return error.errors.map((problem) => `${problem.pointer} ${problem.code}`);
  }
}

describe('intervalsOn', () => {
  it.each([
    ['a Monday', '2026-11-23', day],
    ['a Friday', '2026-11-20', friday],
    ['a Sunday', '2026-11-22', []],
    ['the day before Ramadan', '2026-02-18', day],
    ['the first day of Ramadan, unconfirmed', '2026-02-19', short],
    ['the last day of Ramadan', '2026-03-19', short],
    ['the day after Ramadan', '2026-03-20', friday],
    ['a Sunday in Ramadan', '2026-02-22', []],
    ['a provisional closure beats the season', '2026-03-03', []],
    ['an override beats the closure', '2026-11-18', [['10:00', '12:00']]],
    ['an override can close', '2026-11-24', []],
  ])('%s', (_name, date, expected) => {
    expect(intervalsOn(morocco, date)).toEqual(expected);
  });

  it('refuses a date that does not exist', () => {
    expect(() => intervalsOn(morocco, '2026-02-30')).toThrow(Refusal);
  });
});

describe('minuteOfDay', () => {
  it.each([
    ['00:00', 0],
    ['08:30', 510],
    ['24:00', 1440],
    ['24:01', NaN],
    ['25:00', NaN],
    [':60', NaN],
    ['8:30', NaN],
    ['08:60', NaN],
  ])('%s', (text, minute) => {
    expect(minuteOfDay(text)).toBe(minute);
  });
});

describe('checkCalendar', () => {
  it('accepts a whole calendar and returns it unchanged', () => {
    expect(checkCalendar(JSON.parse(JSON.stringify(morocco)))).toEqual(morocco);
  });

  it('sorts intervals, lets them touch, and drops foreign keys', () => {
    const monday = [
      ['13:00', '24:00'],
      ['00:00', '13:00'],
    ];
    const checked = checkCalendar({ ...morocco, week: { ...shut, mon: monday }, extra: 1 });
    expect(checked.week.mon).toEqual([
      ['00:00', '13:00'],
      ['13:00', '24:00'],
    ]);
    expect(checked).not.toHaveProperty('extra');
  });

  const monday = (...intervals: unknown[]) => ({ ...morocco, week: { ...morocco.week, mon: intervals } });
  const season = (change: object) => ({ ...morocco, seasons: [{ ...morocco.seasons[0], ...change }] });

  it.each<[string, unknown, string[]]>([
    ['overlapping', monday(['08:00', '12:00'], ['11:59', '13:00']), ['/week/mon/1 overlap']],
    ['overlapping, out of order', monday(['11:59', '13:00'], ['08:00', '12:00']), ['/week/mon/0 overlap']],
    ['empty interval', monday(['08:00', '08:00']), ['/week/mon/0 empty']],
    ['inverted interval', monday(['22:00', '02:00']), ['/week/mon/0 inverted']],
    ['not a time', monday(['08:00', '25:00']), ['/week/mon/0 invalid_time']],
    ['not a pair', monday('08:00'), ['/week/mon/0 invalid_time']],
    ['season without end', season({ to: undefined }), ['/seasons/0/to invalid_date']],
    ['season ending before its start', season({ to: '2026-02-18' }), ['/seasons/0/to inverted']],
    ['season on a bad date', season({ from: '2026-02-30' }), ['/seasons/0/from invalid_date']],
    [
      'season with bad hours',
      season({ week: { ...shut, sun: [['9', '10']] } }),
      ['/seasons/0/week/sun/0 invalid_time'],
    ],
    ['season of unknown state', season({ confirmed: 'yes' }), ['/seasons/0/confirmed type']],
    ['two seasons at once', { ...morocco, seasons: [...morocco.seasons, ...morocco.seasons] }, ['/seasons/1 overlap']],
    [
      'closure on a bad date',
      { ...morocco, closures: [{ ...morocco.closures[0], date: '2025-02-29', status: 'maybe' }] },
      ['/closures/0/date invalid_date', '/closures/0/status unknown_value'],
    ],
    [
      'two overrides of a date',
      { ...morocco, overrides: [morocco.overrides[0], morocco.overrides[0]] },
      ['/overrides/1/date duplicate'],
    ],
    [
      'override without name',
      { ...morocco, overrides: [{ ...morocco.overrides[0], nameAr: ' ' }] },
      ['/overrides/0/nameAr required'],
    ],
    ['unknown zone', { ...morocco, zone: 'Mars/X' }, ['/zone unknown_zone']],
    ['a missing day', { ...morocco, week: { ...morocco.week, sun: undefined } }, ['/week/sun type']],
    ['a missing list', { ...morocco, closures: undefined }, ['/closures type']],
    ['never open', { ...morocco, week: shut, seasons: [], overrides: [morocco.overrides[1]] }, ['/week never_open']],
  ])('refuses: %s', (_name, input, expected) => {
    expect(problemsOf(input)).toEqual(expected);
  });

  it.each([[null], [undefined], [1], ['x'], [[]], [{ week: [], seasons: {}, closures: 1, overrides: null }]])(
    'refuses %p without failing',
    (input) => {
      expect(problemsOf(input).length).toBeGreaterThan(0);
    },
  );

  it('accepts an empty week when a season or an override opens', () => {
    expect(problemsOf({ ...morocco, week: shut, overrides: [] })).toEqual([]);
    expect(problemsOf({ ...morocco, week: shut, seasons: [] })).toEqual([]);
  });
});
