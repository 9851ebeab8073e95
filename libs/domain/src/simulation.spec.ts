import { compileCalendar } from './business-hours';
import { type CalendarDefinition, type Interval, type WeekHours } from './calendar';
import { explainClock } from './simulation';
import { simulationWords } from './simulation-words';
import { dueAt, type SlaClock } from './sla-clock';

const names = { nameFr: 'Fête du Trône', nameAr: 'عيد العرش' };
const day: Interval[] = [
  ['09:00', '12:00'],
  ['15:00', '16:30'],
];
const week: WeekHours = { mon: [['09:00', '16:30']], tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
const definition: CalendarDefinition = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
const clock = (more: Partial<SlaClock> & { definition?: CalendarDefinition } = {}): SlaClock => ({
  startedAt: new Date('2026-11-27T11:50:00Z'),
  minutes: 120,
  time: 'business',
  calendar: compileCalendar(more.definition ?? definition),
  pauses: [],
  ...more,
});
const told = (one: SlaClock) => explainClock(one).map(simulationWords);

it('two hours, received on Friday at 11:50, are due on Monday at 09:20', () => {
  expect(told(clock()).map((one) => one.fr)).toEqual([
    'Départ : vendredi 27 novembre 2026 à 11 h 50',
    'vendredi 27 novembre 2026, ouvert 11:50 – 12:00 : 10 min, total 10 min',
    'vendredi 27 novembre 2026, ouvert 15:00 – 16:30 : 1 h 30, total 1 h 40',
    'samedi 28 novembre 2026 au dimanche 29 novembre 2026 : fermé',
    'lundi 30 novembre 2026, ouvert 09:00 – 09:20 : 20 min, total 2 h 00',
    'Échéance : lundi 30 novembre 2026 à 9 h 20',
  ]);
  expect(told(clock()).at(-1)!.ar).toBe('الأجل: الاثنين 30 نونبر 2026 على الساعة 9:20');
});

it('names closures, dated hours, seasons and changes of the clock, and what may still move', () => {
  const season = {
    key: 'ramadan',
    nameFr: 'Horaires de Ramadan',
    nameAr: 'توقيت رمضان',
    from: '2026-09-21',
    to: '2026-10-20',
  };
  const steps = explainClock(
    clock({
      startedAt: new Date('2026-09-17T13:00:00Z'),
      minutes: 400,
      definition: {
        ...definition,
        seasons: [{ ...season, week: { ...week, tue: [['10:00', '14:00']] }, confirmed: false }],
        closures: [{ date: '2026-09-18', key: 'x', ...names, status: 'provisional' }],
        overrides: [{ date: '2026-09-19', intervals: [['10:00', '11:00']], ...names }],
      },
    }),
  );
  expect(steps.map((step) => [step.kind, step.hoursFrom, step.provisional, step.total / 60_000])).toEqual([
    ['start', null, false, 0],
    ['open', 'week', false, 90],
    ['closed', 'closure', true, 90],
    ['open', 'override', false, 150],
    ['closed', 'week', false, 150],
    ['season', 'season', true, 150],
    ['zone', null, false, 150],
    ['open', 'season', true, 400],
    ['due', null, false, 400],
  ]);
  for (const step of steps) {
    const { fr, ar } = simulationWords(step);
    expect(fr).not.toMatch(/undefined|null|NaN/);
    expect(ar).toMatch(/\p{Script=Arabic}/u);
    expect(ar).not.toMatch(/undefined|null|NaN/);
  }
});

it('shows pauses, and the time left while one goes on', () => {
  const pauses = [
    { from: new Date('2026-11-27T15:10:00Z'), to: new Date('2026-11-27T15:40:00Z') },
    { from: new Date('2026-11-27T16:00:00Z'), to: null },
  ];
  const steps = explainClock(clock({ pauses }));
  expect(steps.map((step) => step.kind)).toEqual(['start', 'open', 'open', 'paused', 'open', 'paused', 'standing']);
  expect(steps.at(-1)!.counted).toBe((120 - 10 - 10 - 20) * 60_000);
});

it('elapsed time needs no opening, and a long promise is shown at its ends', () => {
  const elapsed = explainClock(clock({ time: 'calendar', minutes: 60 * 24 }));
  expect(elapsed.map((step) => step.kind)).toEqual(['start', 'elapsed', 'due']);
  const long = clock({ minutes: 200_000 });
  const steps = explainClock(long);
  expect(steps.length).toBeLessThanOrEqual(200);
  expect(steps.filter((step) => step.kind === 'left_out')).toHaveLength(1);
  expect(steps.at(-1)!.from).toEqual(dueAt(long));
  let total = 0;
  for (const step of steps.slice(1, -1)) expect((total += step.counted)).toBe(step.total);
});

it('refuses what is never reached', () => {
  expect(() => explainClock(clock({ minutes: 5 * 365 * 24 * 60 }))).toThrow(/five years/);
});
