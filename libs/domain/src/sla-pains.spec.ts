import fc from 'fast-check';
import { compileCalendar } from './business-hours';
import { type CalendarDefinition, checkCalendar, type Interval, type WeekHours } from './calendar';
import { stepPromise, type LiveClock } from './promise';
import { type AppliedPolicy, type OpenTicket, renewals } from './promise-renewal';
import { dueAt, remainingMs, type SlaClock } from './sla-clock';
import type { PolicyFacts, Target } from './sla-policy';

/** What people complain of most in other help-desks, one by one. */
const MINUTE = 60_000;
const names = { nameFr: 'Nom', nameAr: 'اسم' };
const day: Interval[] = [
  ['08:30', '12:30'],
  ['13:00', '16:30'],
];
const friday: Interval[] = [
  ['08:30', '12:00'],
  ['14:00', '16:30'],
];
const week: WeekHours = { mon: day, tue: day, wed: day, thu: day, fri: friday, sat: [], sun: [] };
const definition: CalendarDefinition = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
const calendar = compileCalendar(definition);
const at = (text: string): Date => new Date(`${text}Z`);
const due = (clock: Partial<SlaClock> & Pick<SlaClock, 'startedAt' | 'minutes'>): string | undefined =>
  dueAt({ time: 'business', calendar, pauses: [], ...clock })
    ?.toISOString()
    .slice(0, 16);

describe('pain 1: business hours are ignored', () => {
  it('a question of Friday evening is not late on Saturday', () => {
    const startedAt = at('2026-11-27T16:20');
    expect(due({ startedAt, minutes: 60 })).toBe('2026-11-30T09:20');
    expect(due({ startedAt, minutes: 60, time: 'calendar' })).toBe('2026-11-27T17:20');
  });

  it('no setting is without effect: each of them moves some due time', () => {
    const startedAt = at('2026-11-26T09:00');
    const base = due({ startedAt, minutes: 900 });
    const others: Partial<CalendarDefinition>[] = [
      { week: { ...week, fri: [] } },
      { closures: [{ date: '2026-11-27', key: 'x', ...names, status: 'provisional' }] },
      { overrides: [{ date: '2026-11-28', ...names, intervals: [['08:00', '18:00']] }] },
      {
        seasons: [
          { key: 's', ...names, from: '2026-11-27', to: '2026-11-30', week: { ...week, fri: [] }, confirmed: true },
        ],
      },
      { zone: 'Asia/Tokyo' },
    ];
    for (const other of others) {
      expect(due({ startedAt, minutes: 900, calendar: compileCalendar({ ...definition, ...other }) })).not.toBe(base);
    }
    const off = {
      key: 's',
      ...names,
      from: '2026-11-27',
      to: '2026-11-30',
      week: { ...week, fri: [] },
      confirmed: true,
      off: true as const,
    };
    expect(due({ startedAt, minutes: 900, calendar: compileCalendar({ ...definition, seasons: [off] }) })).toBe(base);
  });

  it('a calendar that stays closed for a month is waited for', () => {
    const closures = Array.from({ length: 31 }, (_, i) => ({
      ...{ date: `2026-12-${String(i + 1).padStart(2, '0')}`, key: 'x', ...names },
      status: 'confirmed' as const,
    }));
    const closed = compileCalendar({ ...definition, closures });
    expect(due({ startedAt: at('2026-11-30T16:00'), minutes: 60, calendar: closed })).toBe('2027-01-01T09:00');
  });
});

describe('pain 2: the clock runs while we wait for the association', () => {
  const startedAt = at('2026-11-23T08:30');
  const pauses = [{ from: at('2026-11-23T10:00'), to: at('2026-11-26T10:00') }];

  it('three days of waiting cost nothing, and no breach falls into them', () => {
    expect(due({ startedAt, minutes: 240 })).toBe('2026-11-23T12:30');
    expect(due({ startedAt, minutes: 240, pauses })).toBe('2026-11-26T12:30');
    expect(due({ startedAt, minutes: 240, pauses: [{ from: pauses[0].from, to: null }] })).toBeUndefined();
  });

  it('the time left stands still and stays visible', () => {
    const open = {
      startedAt,
      minutes: 240,
      time: 'business' as const,
      calendar,
      pauses: [{ from: pauses[0].from, to: null }],
    };
    for (const now of ['2026-11-23T10:00', '2026-11-24T12:00', '2027-06-01T00:00']) {
      expect(remainingMs({ ...open, now: at(now) })).toBe(150 * MINUTE);
    }
  });
});

const facts: PolicyFacts = {
  ...{ category: 'CRE.04', kind: 'legal', channel: 'portal', priority: 'normal', confidentiality: 'normal' },
  ...{ needsValidation: false, associationType: null, hub: 'FM', language: 'fr', tags: [] },
};
const policy = (versionId: string, minutes: number, more: Partial<AppliedPolicy> = {}): AppliedPolicy => ({
  ...{ policyId: 'p', versionId, hubId: null, key: 'P', ...names, position: 1, conditions: [] },
  targets: [{ priority: 'normal', metric: 'resolution', minutes, time: 'business' } as Target],
  pause: { statuses: ['pending'], onHoldReasonsRequired: true, pausedMetrics: ['resolution'] },
  warnings: [],
  ladder: [],
  ...more,
});

describe('pain 3: a pause is lost when priority, policy or calendar change', () => {
  const startedAt = at('2026-11-23T08:30');
  const pauses = [
    { from: at('2026-11-23T10:00'), to: at('2026-11-24T10:00') },
    { from: at('2026-11-24T11:00'), to: at('2026-11-24T15:00') },
  ];
  const ticket = (minutes: number): OpenTicket => ({
    ...{ id: 't', hubId: 'h', facts, pauses },
    clocks: [
      {
        ...{ id: 'c', metric: 'resolution', state: 'running', time: 'business', targetMinutes: minutes, startedAt },
        dueAt: dueAt({ startedAt, minutes, time: 'business', calendar, pauses }),
        ...{ breachedAt: null, policyId: 'p', policyVersionId: 'v1', calendarId: 'c', calendarVersionId: 'c1' },
      },
    ],
  });
  const other = compileCalendar({ ...definition, week: { ...week, wed: [['08:00', '20:00']] } });
  const rules = (policies: AppliedPolicy[]) => ({
    policies,
    policyOf: () => policies[0],
    calendarOf: (id: string) => (id === 'c1' ? calendar : other),
  });
  const now = at('2026-11-24T16:00');

  it('another target counts from the same start and the same pauses', () => {
    const [moved] = renewals(ticket(600), { policyIds: new Set(['p']) }, rules([policy('v2', 900)]), now);
    expect(moved.dueAt).toEqual(dueAt({ startedAt, minutes: 900, time: 'business', calendar, pauses }));
    expect(moved).toMatchObject({
      moved: true,
      late: false,
      policyVersionId: 'v2',
      calendarVersionId: 'c1',
      targetMinutes: 900,
    });
  });

  it('another calendar too', () => {
    const change = { calendar: { calendarId: 'c', versionId: 'c2' } };
    const [moved] = renewals(ticket(900), change, rules([policy('v1', 900)]), now);
    expect(moved.dueAt).toEqual(dueAt({ startedAt, minutes: 900, time: 'business', calendar: other, pauses }));
    expect(moved).toMatchObject({ policyVersionId: 'v1', calendarVersionId: 'c2' });
  });

  it('there and back again is where it was, and twice the same change moves nothing more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 3_000 }), fc.integer({ min: 400, max: 3_000 }), (first, second) => {
        const one = ticket(first);
        const there = renewals(one, { policyIds: new Set(['p']) }, rules([policy('v2', second)]), now);
        const between = { ...one, clocks: there.map((next) => ({ ...next.clock, ...next })) };
        expect(renewals(between, { policyIds: new Set(['p']) }, rules([policy('v2', second)]), now)).toEqual([]);
        const back = renewals(between, { policyIds: new Set(['p']) }, rules([policy('v3', first)]), now);
        if (there[0] && !there[0].late) expect(back[0].dueAt).toEqual(one.clocks[0].dueAt);
      }),
    );
  });

  it('what was met, breached or due already never moves; what others promised is left alone', () => {
    const [clock] = ticket(600).clocks;
    const change = { policyIds: new Set(['p']) };
    const with_ = (more: object): OpenTicket => ({ ...ticket(600), clocks: [{ ...clock, ...more }] });
    const next = rules([policy('v2', 900)]);
    expect(renewals(with_({ breachedAt: now }), change, next, now)).toEqual([]);
    expect(renewals(with_({ dueAt: at('2026-11-24T15:59') }), change, next, now)).toEqual([]);
    expect(renewals(with_({ policyId: 'q' }), { policyIds: new Set(['z']) }, next, now)).toEqual([]);
    expect(renewals(with_({ metric: 'holding' }), change, next, now)).toEqual([]);
    expect(renewals(with_({}), { policyIds: new Set(['p']) }, rules([policy('v2', 60)]), now)).toMatchObject([
      { late: true },
    ]);
  });
});

describe('pain 4: clocks fight, or do not refresh', () => {
  const clock = (id: string, metric: LiveClock['metric'], minutes: number): LiveClock => {
    const startedAt = at('2026-11-23T08:30');
    const shape = { startedAt, minutes, time: 'business' as const, calendar, pauses: [] };
    const times = {
      time: shape.time,
      targetMinutes: minutes,
      startedAt,
      dueAt: dueAt(shape),
      state: 'running' as const,
    };
    const versions = { policyVersionId: 'p', calendarVersionId: 'c' };
    return { id, metric, cycle: 1, ...times, ...versions, calendar, policy: null, pausable: metric === 'resolution' };
  };
  const step = { holdPauses: false, humanReply: false, now: at('2026-11-23T10:00') };

  it('each counts alone: a short next response does not beat a longer first response', () => {
    const clocks = [clock('first', 'first_response', 450), clock('end', 'resolution', 2_700)];
    const asks = { minutes: 60, time: 'business' as const };
    const asked = stepPromise(clocks, [], { ...step, from: 'open', to: 'open', asks });
    expect(asked.started).toEqual([]);
    expect(asked.nextDueAt).toEqual(clocks[0].dueAt);
  });

  it('a reply meets the response alone, and resolving meets everything', () => {
    const clocks = [clock('first', 'first_response', 450), clock('end', 'resolution', 2_700)];
    const replied = stepPromise(clocks, [], { ...step, from: 'open', to: 'open', humanReply: true });
    expect(replied.clocks.map((one) => [one.id, one.state])).toEqual([['first', 'met']]);
    expect(replied.nextDueAt).toEqual(clocks[1].dueAt);
    const resolved = stepPromise(clocks, [], { ...step, from: 'open', to: 'resolved' });
    expect(resolved.clocks.every((one) => one.state === 'met' && one.steps.length === 0)).toBe(true);
    expect(resolved.nextDueAt).toBeNull();
  });
});

describe('pain 5: no lunch break, no half day, no second interval', () => {
  it('several intervals a day, a long Friday break, a half day by its date', () => {
    expect(due({ startedAt: at('2026-11-23T12:00'), minutes: 60 })).toBe('2026-11-23T13:30');
    expect(due({ startedAt: at('2026-11-27T11:30'), minutes: 60 })).toBe('2026-11-27T14:30');
    const half = { date: '2026-11-24', intervals: [['08:30', '12:30']] as Interval[], ...names };
    const withHalf = compileCalendar(checkCalendar({ ...definition, overrides: [half] }));
    expect(due({ startedAt: at('2026-11-24T12:00'), minutes: 60, calendar: withHalf })).toBe('2026-11-25T09:00');
  });

  it('two hours on Friday with a break, received at 11:50, are due on Monday at 09:20', () => {
    const fri: Interval[] = [
      ['09:00', '12:00'],
      ['15:00', '16:30'],
    ];
    const hub = compileCalendar({ ...definition, week: { ...week, fri, mon: [['09:00', '16:30']] } });
    expect(due({ startedAt: at('2026-11-27T11:50'), minutes: 120, calendar: hub })).toBe('2026-11-30T09:20');
  });
});
