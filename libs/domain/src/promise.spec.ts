import fc from 'fast-check';
import { compileCalendar } from './business-hours';
import type { Interval } from './calendar';
import { planPromise, stepPromise, type LiveClock, type StatusStep } from './promise';
import { usedMs, type Pause } from './sla-clock';
import type { Metric, PolicyDefinition } from './sla-policy';
import type { Status } from './ticket';

const MINUTE = 60_000;
const day: Interval[] = [
  ['08:30', '12:30'],
  ['13:00', '16:30'],
];
const calendar = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  seasons: [],
  closures: [],
  overrides: [],
});
const START = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);

/** A ticket's promise as the tables keep it: every change is written back. */
class Ticket {
  status: Status = 'new';
  pauses: Pause[] = [];
  clocks: (LiveClock & { metAt?: Date | null })[];
  nextDueAt: Date | null = null;

  constructor(time: 'business' | 'calendar' = 'calendar', minutes = { first_response: 60, resolution: 600 }) {
    this.clocks = (['first_response', 'resolution'] as const).map((metric) => ({
      id: metric,
      metric,
      cycle: 1,
      time,
      targetMinutes: minutes[metric],
      startedAt: START,
      dueAt: at(minutes[metric]),
      state: 'running',
      policyVersionId: 'p1',
      calendarVersionId: 'c1',
      calendar,
      policy: { warnings: [{ state: 'soon', percentLeft: 25, minutesLeft: null }], ladder: [] },
      pausable: metric === 'resolution',
    }));
  }

  step(to: Status, now: Date, more: Partial<StatusStep> = {}) {
    const step = { from: this.status, to, holdPauses: true, humanReply: false, now, ...more };
    const change = stepPromise(this.clocks, this.pauses, step);
    for (const { id, state, dueAt, metAt } of change.clocks) {
      Object.assign(
        this.clocks.find((clock) => clock.id === id)!,
        { state, dueAt, metAt },
      );
    }
    if (change.closePause) this.pauses.find((pause) => pause.to === null)!.to = now;
    if (change.openPause) this.pauses.push({ from: now, to: null });
    for (const { steps: _, renewed: __, ...started } of change.started) {
      const { policy } = this.clocks[0];
      const id = `${started.metric}-${started.cycle}`;
      this.clocks.push({ ...started, id, startedAt: now, calendar, policy, pausable: true });
    }
    this.nextDueAt = change.nextDueAt;
    this.status = to;
    return change;
  }

  clock(metric: Metric): LiveClock & { metAt?: Date | null } {
    return this.clocks.filter((one) => one.metric === metric).at(-1)!;
  }
}

describe('first response', () => {
  it('is met by a human reply, once', () => {
    const ticket = new Ticket();
    ticket.step('answered', at(10), { humanReply: true });
    expect(ticket.clock('first_response')).toMatchObject({ state: 'met', metAt: at(10) });
    const again = ticket.step('answered', at(20), { humanReply: true });
    expect(again.clocks).toEqual([]);
    expect(ticket.clock('first_response').metAt).toEqual(at(10));
  });

  it('is never met by an automatic step, a note or waiting', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Status>('open', 'pending', 'on_hold', 'answered')), (steps) => {
        const ticket = new Ticket();
        steps.forEach((to, index) => ticket.step(to, at(index + 1)));
        expect(ticket.clock('first_response')).toMatchObject({ state: 'running', dueAt: at(60) });
      }),
    );
  });

  it('ends with the ticket, so that nothing is due on what is resolved', () => {
    const ticket = new Ticket();
    ticket.step('resolved', at(5));
    expect(ticket.clocks.map((clock) => clock.state)).toEqual(['met', 'met']);
    expect(ticket.nextDueAt).toBeNull();
  });
});

describe('resolution', () => {
  it('stands still while we wait, and only then', () => {
    const ticket = new Ticket();
    ticket.step('pending', at(100));
    expect(ticket.clock('resolution')).toMatchObject({ state: 'paused', dueAt: null });
    ticket.step('open', at(250));
    expect(ticket.clock('resolution')).toMatchObject({ state: 'running', dueAt: at(750) });
    ticket.step('on_hold', at(300), { holdPauses: false });
    expect(ticket.clock('resolution')).toMatchObject({ state: 'running', dueAt: at(750) });
  });

  it('stays due when it was due before the pause', () => {
    const ticket = new Ticket();
    ticket.step('pending', at(700));
    expect(ticket.clock('resolution').dueAt).toEqual(at(600));
  });

  it('begins a new cycle when the ticket is reopened', () => {
    const ticket = new Ticket();
    ticket.step('resolved', at(30));
    const change = ticket.step('open', at(90));
    expect(change.started).toMatchObject([{ metric: 'resolution', cycle: 2, state: 'running', dueAt: at(690) }]);
    expect(change.nextDueAt).toEqual(at(690));
    expect(ticket.clocks.filter((one) => one.metric === 'resolution').map((one) => one.state)).toEqual([
      'met',
      'running',
    ]);
  });

  it('begins standing still when the reopening step already waits for the association', () => {
    const ticket = new Ticket();
    ticket.step('resolved', at(30));
    const change = ticket.step('answered', at(90), { humanReply: true });
    expect(change.started).toMatchObject([{ cycle: 2, state: 'paused', dueAt: null, steps: [] }]);
    expect(change.nextDueAt).toBeNull();
    ticket.step('open', at(190));
    expect(ticket.clock('resolution')).toMatchObject({ state: 'running', dueAt: at(790) });
  });
});

describe('the next response', () => {
  const asks = { minutes: 120, time: 'calendar' as const };

  it('is owed from each message of the association until a person answers', () => {
    const ticket = new Ticket();
    ticket.step('answered', at(30), { humanReply: true });
    const asked = ticket.step('open', at(100), { asks });
    expect(asked.started).toMatchObject([{ metric: 'next_response', cycle: 1, dueAt: at(220) }]);
    expect(ticket.nextDueAt).toEqual(at(220));
    ticket.step('answered', at(150), { humanReply: true });
    expect(ticket.clock('next_response')).toMatchObject({ state: 'met', metAt: at(150) });
    expect(ticket.step('open', at(200), { asks }).started).toMatchObject([
      { metric: 'next_response', cycle: 2, dueAt: at(320) },
    ]);
  });

  it('is not promised twice: a further message, or one before the first response, starts nothing', () => {
    const ticket = new Ticket();
    expect(ticket.step('open', at(10), { asks }).started).toEqual([]);
    ticket.step('answered', at(30), { humanReply: true });
    ticket.step('open', at(100), { asks });
    expect(ticket.step('open', at(110), { asks }).started).toEqual([]);
  });

  it('stands still while we wait for others, and keeps what is left', () => {
    const ticket = new Ticket();
    ticket.step('answered', at(30), { humanReply: true });
    ticket.step('open', at(100), { asks });
    ticket.step('on_hold', at(160));
    expect(ticket.clock('next_response')).toMatchObject({ state: 'paused', dueAt: null });
    ticket.step('open', at(260));
    expect(ticket.clock('next_response')).toMatchObject({ state: 'running', dueAt: at(320) });
  });

  it('and resolution both begin when a resolved question is asked again', () => {
    const ticket = new Ticket();
    ticket.step('resolved', at(30), { humanReply: true });
    expect(ticket.step('open', at(90), { asks }).started.map((one) => one.metric)).toEqual([
      'resolution',
      'next_response',
    ]);
  });
});

describe('a promise that begins when no clock is open any more', () => {
  const allDay: Interval[] = [['00:00', '23:59']];
  const policy: PolicyDefinition = {
    key: 'today',
    nameFr: '',
    nameAr: '',
    position: 1,
    conditions: [],
    targets: [{ priority: 'high', metric: 'resolution', minutes: 240, time: 'business' }],
    pause: { statuses: [], onHoldReasonsRequired: true, pausedMetrics: [] },
    warnings: [],
    ladder: [],
  };
  const inForce = {
    policy,
    priority: 'high' as const,
    policyVersionId: 'p2',
    calendarVersionId: 'c2',
    calendar: compileCalendar({
      zone: 'Africa/Casablanca',
      week: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
      seasons: [],
      closures: [],
      overrides: [],
    }),
  };

  it('is made by the policy, the priority and the calendar of that moment', () => {
    const ticket = new Ticket('business');
    ticket.step('resolved', at(30));
    const night = at(600);
    const { started } = ticket.step('open', night, { inForce });
    expect(started).toMatchObject([
      { metric: 'resolution', cycle: 2, targetMinutes: 240, policyVersionId: 'p2', calendarVersionId: 'c2' },
    ]);
    expect(started[0]).toMatchObject({ dueAt: at(840), renewed: true });
  });

  it('says nothing of a change where the versions are those of before, and is none where the policy promises nothing', () => {
    const same = new Ticket();
    same.step('resolved', at(30));
    const versions = { policyVersionId: 'p1', calendarVersionId: 'c1' };
    expect(same.step('open', at(90), { inForce: { ...inForce, ...versions } }).started[0].renewed).toBe(false);
    const none = new Ticket();
    none.step('resolved', at(30));
    expect(none.step('open', at(90), { inForce: { ...inForce, priority: 'low' } }).started).toEqual([]);
  });

  it('follows the open clock where there is one', () => {
    const ticket = new Ticket();
    ticket.step('answered', at(30), { humanReply: true });
    const asks = { minutes: 120, time: 'calendar' as const };
    expect(ticket.step('open', at(100), { asks, inForce }).started).toMatchObject([
      { metric: 'next_response', policyVersionId: 'p1', calendarVersionId: 'c1', renewed: false },
    ]);
  });
});

it('a policy without pauses goes on counting whatever the status', () => {
  const ticket = new Ticket();
  for (const clock of ticket.clocks) clock.pausable = false;
  ticket.step('pending', at(100));
  expect(ticket.clock('resolution')).toMatchObject({ state: 'running', dueAt: at(600) });
});

const statuses = fc.constantFrom<Status>('open', 'pending', 'on_hold', 'answered', 'resolved', 'closed');
const walks = fc.array(
  fc.record({
    to: statuses,
    after: fc.integer({ min: 0, max: 900 }),
    holdPauses: fc.boolean(),
    humanReply: fc.boolean(),
  }),
  { maxLength: 12 },
);

it.each(['business', 'calendar'] as const)('%s time: whatever happens, what runs until due is the target', (time) => {
  fc.assert(
    fc.property(walks, fc.integer({ min: 1, max: 3_000 }), (walk, minutes) => {
      const ticket = new Ticket(time, { first_response: 60, resolution: minutes });
      // The stored due time of a new clock comes from the same arithmetic.
      let now = 0;
      for (const { to, after, ...more } of walk) {
        now += after;
        ticket.step(to, at(now), more);
        const clock = ticket.clock('resolution');
        const open = ticket.pauses.filter((pause) => pause.to === null);
        expect(open.length).toBeLessThanOrEqual(1);
        expect(clock.state === 'paused').toBe(open.length === 1);
        if (clock.state !== 'running' || (clock.cycle === 1 && ticket.pauses.length === 0)) continue;
        const used = usedMs({
          startedAt: clock.startedAt,
          minutes: clock.targetMinutes,
          time,
          calendar,
          pauses: ticket.pauses,
          now: clock.dueAt!,
        });
        expect(used).toBe(clock.targetMinutes * MINUTE);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('at most one clock of a metric lives, and next due is the nearest of those that run', () => {
  fc.assert(
    fc.property(walks, (walk) => {
      const ticket = new Ticket();
      let now = 0;
      for (const { to, after, ...more } of walk) {
        now += after;
        ticket.step(to, at(now), more);
        const live = ticket.clocks.filter((one) => one.state === 'running' || one.state === 'paused');
        expect(new Set(live.map((one) => one.metric)).size).toBe(live.length);
        const dues = live.flatMap((one) => (one.state === 'running' ? [one.dueAt!.getTime()] : []));
        expect(ticket.nextDueAt?.getTime() ?? null).toBe(dues.length > 0 ? Math.min(...dues) : null);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('plans the clocks that a policy promises, and no others', () => {
  const policy: PolicyDefinition = {
    key: 'p',
    nameFr: '',
    nameAr: '',
    position: 2,
    conditions: [],
    targets: [
      { priority: 'normal', metric: 'first_response', minutes: 60, time: 'calendar' },
      { priority: 'normal', metric: 'resolution', minutes: 600, time: 'calendar' },
    ],
    pause: { statuses: [], onHoldReasonsRequired: true, pausedMetrics: ['resolution'] },
    warnings: [{ state: 'soon', percentLeft: 50, minutesLeft: null }],
    ladder: [],
  };
  const clocks = planPromise(policy, 'normal', calendar, START);
  expect(clocks.map(({ metric, dueAt, steps }) => ({ metric, dueAt, warnAt: steps[0].at }))).toEqual([
    { metric: 'first_response', dueAt: at(60), warnAt: at(30) },
    { metric: 'resolution', dueAt: at(600), warnAt: at(300) },
  ]);
  expect(planPromise(policy, 'urgent', calendar, START)).toEqual([]);
});
