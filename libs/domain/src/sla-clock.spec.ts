import { compileCalendar } from './business-hours';
import type { Interval } from './calendar';
import { Refusal } from './refusal';
import { clockState, dueAt, type Pause, remainingMs, type SlaClock, usedMs, warnAt } from './sla-clock';

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
const at = (iso: string) => new Date(`${iso}Z`);
const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) });
const clock = (
  start: string,
  minutes: number,
  pauses: Pause[] = [],
  time: SlaClock['time'] = 'business',
): SlaClock => ({
  startedAt: at(start),
  minutes,
  time,
  calendar,
  pauses,
});
const short16 = (date: Date | null) => date?.toISOString().slice(0, 16) ?? null;

// Monday 23 November 2026, Morocco at UTC+0.
describe('dueAt', () => {
  it.each<[string, SlaClock, string | null]>([
    ['no pause', clock('2026-11-23T09:00', 120), '2026-11-23T11:00'],
    [
      'a pause inside hours',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T10:00', '2026-11-23T10:30')]),
      '2026-11-23T11:30',
    ],
    [
      'a pause over the lunch break costs only its open part',
      clock('2026-11-23T09:00', 240, [pause('2026-11-23T12:00', '2026-11-23T13:15')]),
      '2026-11-23T14:15',
    ],
    [
      'a pause over the night costs only its open part',
      clock('2026-11-23T16:00', 60, [pause('2026-11-23T16:15', '2026-11-24T09:00')]),
      '2026-11-24T09:45',
    ],
    [
      'a pause outside hours costs nothing',
      clock('2026-11-23T16:00', 60, [pause('2026-11-23T20:00', '2026-11-23T22:00')]),
      '2026-11-24T09:00',
    ],
    [
      'overlapping pauses count once, in any order',
      clock('2026-11-23T09:00', 120, [
        pause('2026-11-23T10:15', '2026-11-23T10:45'),
        pause('2026-11-23T10:00', '2026-11-23T10:30'),
        pause('2026-11-23T10:20', '2026-11-23T10:25'),
      ]),
      '2026-11-23T11:45',
    ],
    [
      'a pause before the start is cut',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T08:30', '2026-11-23T09:10')]),
      '2026-11-23T11:10',
    ],
    [
      'a pause wholly before the start is nothing',
      clock('2026-11-23T09:00', 120, [pause('2026-11-20T09:00', '2026-11-20T10:00')]),
      '2026-11-23T11:00',
    ],
    [
      'a pause after the due time changes nothing',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T11:30', '2026-11-23T12:00')]),
      '2026-11-23T11:00',
    ],
    ['an open pause: nothing is due', clock('2026-11-23T09:00', 120, [pause('2026-11-23T10:00', null)]), null],
    ['paused from the start', clock('2026-11-23T09:00', 120, [pause('2026-11-23T09:00', null)]), null],
    [
      'an open pause that began after the due time',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T11:01', null)]),
      '2026-11-23T11:00',
    ],
    [
      'an open pause that begins at the due time',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T11:00', null)]),
      '2026-11-23T11:00',
    ],
    [
      'an empty pause is nothing',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T10:00', '2026-11-23T10:00')]),
      '2026-11-23T11:00',
    ],
    [
      'an open pause swallows the closed ones in it',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T10:00', null), pause('2026-11-23T10:10', '2026-11-23T10:20')]),
      null,
    ],
    ['elapsed time runs at night', clock('2026-11-21T23:50', 15, [], 'calendar'), '2026-11-22T00:05'],
    [
      'elapsed time with a pause',
      clock('2026-11-21T23:50', 15, [pause('2026-11-21T23:55', '2026-11-22T06:00')], 'calendar'),
      '2026-11-22T06:10',
    ],
  ])('%s', (_name, one, expected) => {
    expect(short16(dueAt(one))).toBe(expected);
  });

  it('refuses a promise more than five years ahead', () => {
    expect(() => dueAt(clock('2026-11-23T09:00', 10_000_000))).toThrow(Refusal);
    expect(() => dueAt(clock('2026-11-23T09:00', 10_000_000, [], 'calendar'))).toThrow(Refusal);
  });
});

describe('remainingMs and usedMs', () => {
  const paused = clock('2026-11-23T09:00', 120, [pause('2026-11-23T10:00', null)]);
  it.each<[string, SlaClock, string, number]>([
    ['before the start', paused, '2026-11-23T08:45', 120],
    ['running', paused, '2026-11-23T09:45', 75],
    ['stands still while paused', paused, '2026-11-23T10:30', 60],
    ['stands still for days', paused, '2026-11-27T10:30', 60],
    ['overdue in working time', clock('2026-11-23T16:00', 15), '2026-11-24T08:45', -30],
    [
      'after two pauses',
      clock('2026-11-23T09:00', 120, [
        pause('2026-11-23T09:10', '2026-11-23T09:20'),
        pause('2026-11-23T09:30', '2026-11-23T09:40'),
      ]),
      '2026-11-23T10:00',
      80,
    ],
  ])('%s', (_name, one, now, minutes) => {
    expect(remainingMs({ ...one, now: at(now) })).toBe(minutes * MINUTE);
    expect(usedMs({ ...one, now: at(now) })).toBe((one.minutes - minutes) * MINUTE);
  });
});

describe('warnAt', () => {
  const soon = { percentLeft: 25, minutesLeft: null };
  const urgent = { percentLeft: 10, minutesLeft: 30 };
  it.each<[string, SlaClock, typeof soon | typeof urgent, string | null]>([
    ['a quarter left', clock('2026-11-23T09:00', 120), soon, '2026-11-23T10:30'],
    ['30 minutes come before 10 percent', clock('2026-11-23T09:00', 120), urgent, '2026-11-23T10:30'],
    ['10 percent come before 30 minutes', clock('2026-11-23T08:30', 900), urgent, '2026-11-24T15:00'],
    ['a target shorter than the minutes', clock('2026-11-23T09:00', 15), urgent, '2026-11-23T09:00'],
    [
      'a target shorter than the minutes, after a pause at the start',
      clock('2026-11-23T09:00', 15, [pause('2026-11-23T09:00', '2026-11-23T10:00')]),
      urgent,
      '2026-11-23T10:00',
    ],
    [
      'pauses move it',
      clock('2026-11-23T09:00', 120, [pause('2026-11-23T09:30', '2026-11-23T10:00')]),
      soon,
      '2026-11-23T11:00',
    ],
    ['not while paused', clock('2026-11-23T09:00', 120, [pause('2026-11-23T09:30', null)]), soon, null],
    ['30 working minutes, over lunch', clock('2026-11-23T12:00', 60), urgent, '2026-11-23T12:30'],
  ])('%s', (_name, one, warning, expected) => {
    expect(short16(warnAt(one, warning))).toBe(expected);
  });

  it('never fires without a threshold', () => {
    expect(warnAt(clock('2026-11-23T09:00', 120), { percentLeft: null, minutesLeft: null })).toBeNull();
  });
});

describe('clockState', () => {
  const one = clock('2026-11-23T09:00', 60, [pause('2026-11-23T09:30', '2026-11-23T09:40')]);
  it.each([
    ['2026-11-23T09:10', null, 'running'],
    ['2026-11-23T09:30', null, 'paused'],
    ['2026-11-23T09:40', null, 'running'],
    ['2026-11-23T10:09', null, 'running'],
    ['2026-11-23T10:10', null, 'breached'],
    ['2026-11-23T12:00', '2026-11-23T10:09', 'met'],
    ['2026-11-23T12:00', '2026-11-23T10:11', 'breached'],
    ['2026-11-23T09:20', '2026-11-23T09:25', 'running'],
  ])('at %s, satisfied at %s: %s', (now, satisfied, expected) => {
    expect(clockState({ ...one, now: at(now), satisfiedAt: satisfied ? at(satisfied) : null })).toBe(expected);
  });

  it('stays breached when paused afterwards', () => {
    const late = clock('2026-11-23T09:00', 60, [pause('2026-11-23T10:30', null)]);
    expect(clockState({ ...late, now: at('2026-11-23T11:00') })).toBe('breached');
  });
});
