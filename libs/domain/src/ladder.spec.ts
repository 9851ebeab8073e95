import { compileCalendar } from './business-hours';
import { dueSteps } from './ladder';
import type { Pause, SlaClock } from './sla-clock';
import type { LadderStep } from './sla-policy';

const MINUTE = 60_000;
const START = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);
const hours: [string, string][] = [['09:00', '17:00']];
const calendar = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] },
  seasons: [],
  closures: [],
  overrides: [],
});
const clock = (pauses: Pause[] = []): SlaClock => ({
  startedAt: START,
  minutes: 100,
  time: 'calendar',
  calendar,
  pauses,
});
const step = (number: number, when: LadderStep['when'], value: number, more: Partial<LadderStep> = {}): LadderStep => ({
  ...{ step: number, metric: 'resolution', when, value, unit: when === 'share' ? 'percent' : 'minutes' },
  ...{ time: 'calendar', action: 'notify', to: 'supervisor', means: ['in_app'], fr: 'x', ar: 'x' },
  ...more,
});
const warning = { state: 'soon', percentLeft: 25, minutesLeft: null } as const;
const minutesOf = (pauses: Pause[], ladder: LadderStep[]) =>
  dueSteps(clock(pauses), { warning, ladder }).map(({ kind, at: due }) => [
    kind,
    (due.getTime() - START.getTime()) / MINUTE,
  ]);

test('warning, steps and breach come in the order of their instants, whatever the order of the list', () => {
  const ladder = [
    step(4, 'after_breach', 30, { action: 'climb', to: 'national' }),
    step(3, 'after_breach', 0, { action: 'reassign' }),
    step(1, 'share', 50),
    step(2, 'share', 100, { to: 'assignee' }),
  ];
  expect(minutesOf([], ladder)).toEqual([
    ['notify:supervisor:1', 50],
    ['warn', 75],
    ['notify:assignee:2', 100],
    ['breach', 100],
    ['reassign:supervisor:3', 100],
    ['climb:national:4', 130],
  ]);
});

test('a pause moves what comes after it; one that goes on leaves nothing due', () => {
  const ladder = [step(1, 'share', 50), step(2, 'after_breach', 30)];
  expect(minutesOf([{ from: at(60), to: at(90) }], ladder)).toEqual([
    ['notify:supervisor:1', 50],
    ['warn', 105],
    ['breach', 130],
    ['notify:supervisor:2', 160],
  ]);
  expect(minutesOf([{ from: at(60), to: null }], ladder)).toEqual([]);
});

test('a step after the breach counts in a time of its own: closed hours and pauses are cut out', () => {
  const inHours = step(1, 'after_breach', 60, { time: 'business' });
  const late = dueSteps(
    { ...clock(), startedAt: new Date('2026-11-23T15:00:00Z') },
    { warning: null, ladder: [inHours] },
  );
  // Due at 16:40; twenty minutes that day, forty the next.
  expect(late.at(-1)).toEqual({ kind: 'notify:supervisor:1', at: new Date('2026-11-24T09:40:00Z') });
  const [, , after] = minutesOf([{ from: at(110), to: at(120) }], [step(1, 'after_breach', 30)]);
  expect(after).toEqual(['notify:supervisor:1', 140]);
});
