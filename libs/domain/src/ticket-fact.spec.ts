import fc from 'fast-check';
import { compileCalendar } from './business-hours';
import { COUNTS, DURATIONS, ReportCells, type ReportCell } from './report-cells';
import { ticketFact, type TicketFact } from './ticket-fact';
import { type FactClock, type FactSource } from './ticket-fact-source';

const WORKDAY: [string, string][] = [['09:00', '17:00']];
const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const calendar = compileCalendar({
  zone: 'Africa/Casablanca',
  week: { ...Object.fromEntries(days.map((day) => [day, WORKDAY])), sat: [], sun: [] },
  seasons: [],
  closures: [],
  overrides: [],
} as never);
const CALENDARS = new Map([['c', calendar]]);

const at = (text: string): Date => new Date(`2026-11-${text}:00Z`);
const clock = (metric: FactClock['metric'], given: Partial<FactClock> = {}): FactClock => ({
  metric,
  cycle: 1,
  holderId: null,
  state: 'running',
  calendarVersionId: 'c',
  startedAt: at('20T16:00'),
  metAt: null,
  breachedAt: null,
  ...given,
});

/** Opened on Friday at 16:00; closed at the week's end. */
function fact(given: Partial<FactSource> & { status?: string; assigneeId?: string } = {}): TicketFact {
  const { status = 'open', assigneeId = null, ...source } = given;
  return ticketFact(
    {
      ticket: {
        ticketId: 't',
        hubId: 'h',
        queueId: 'q',
        openedAt: at('20T16:00'),
        placeCode: 'MA-FES',
        regionCode: 'MA-03',
        channel: 'phone',
        language: 'ar',
        categoryCode: 'CRE.01',
        kind: 'legal',
        priority: 'normal',
        level: 'agent',
        status: status as 'open',
        assigneeId,
      },
      clocks: [clock('first_response'), clock('resolution')],
      pauses: [],
      events: [],
      nationalHubId: 'n',
      ...source,
    },
    CALENDARS,
  );
}

const event = (type: string, when: string, data: Record<string, unknown> = {}, actorId: string | null = null) => ({
  type,
  at: at(when),
  actorId,
  data,
});

test('a new question: nothing is known yet', () => {
  expect(fact()).toMatchObject({
    day: '2026-11-20',
    intervalNo: 32,
    open: true,
    waiting: true,
    agentId: null,
    firstKept: null,
    firstBusinessS: null,
    firstCalendarS: null,
    resolutionKept: null,
    resolutionDecidedOn: null,
    reopened: 0,
  });
  expect(fact({ assigneeId: 'a' }).waiting).toBe(false);
  expect(fact({ status: 'resolved' })).toMatchObject({ open: false, waiting: false });
});

test('the first reply over a weekend: two hours of work, and almost three days', () => {
  const replies = [event('ticket.replied', '23T10:00', {}, 'a'), event('ticket.replied', '23T11:00', {}, 'b')];
  const met = clock('first_response', { state: 'met', metAt: at('23T10:00') });
  expect(fact({ events: replies, clocks: [met] })).toMatchObject({
    agentId: 'a',
    firstBusinessS: 2 * 3600,
    firstCalendarS: 66 * 3600,
    firstKept: true,
    firstDecidedOn: '2026-11-23',
  });
});

test('a promise that was broken stays broken, and is known on the day it broke', () => {
  const late = clock('first_response', { state: 'met', metAt: at('23T10:00'), breachedAt: at('20T17:00') });
  expect(fact({ clocks: [late] })).toMatchObject({ firstKept: false, firstDecidedOn: '2026-11-20' });
  const waiting = clock('first_response', { breachedAt: at('20T17:00') });
  expect(fact({ clocks: [waiting] })).toMatchObject({ firstKept: false, firstCalendarS: null });
});

test('resolution: pauses and the time after it do not count, the last cycle ends it', () => {
  const first = clock('resolution', { state: 'met', metAt: at('23T12:00') });
  const again = clock('resolution', {
    cycle: 2,
    state: 'met',
    startedAt: at('24T09:00'),
    metAt: at('24T10:00'),
  });
  const pauses = [
    { from: at('23T09:30'), to: at('23T10:30') },
    { from: at('24T09:00'), to: at('24T09:15') },
  ];
  // Friday 1 h, Monday 3 h less 1 h, Tuesday 1 h less a quarter.
  expect(fact({ clocks: [again, first], pauses })).toMatchObject({
    resolutionBusinessS: 3.75 * 3600,
    resolutionCalendarS: 90 * 3600,
    resolutionKept: true,
    resolutionDecidedOn: '2026-11-24',
  });
  const reopened = clock('resolution', { cycle: 2, startedAt: at('24T09:00') });
  expect(fact({ clocks: [first, reopened], pauses })).toMatchObject({
    resolutionBusinessS: null,
    resolutionCalendarS: null,
    resolutionKept: null,
  });
});

test('a cancelled clock promises nothing', () => {
  const cancelled = clock('resolution', { state: 'cancelled', breachedAt: at('20T17:00') });
  expect(fact({ clocks: [cancelled] })).toMatchObject({ resolutionKept: null, resolutionCalendarS: null });
});

test('reopenings, changes of queue or hub and escalations are counted', () => {
  const events = [
    event('ticket.status-changed', '20T16:10', { from: 'new', to: 'open' }),
    event('ticket.status-changed', '20T16:20', { from: 'answered', to: 'open' }),
    event('ticket.status-changed', '20T16:30', { from: 'closed', to: 'open' }),
    event('ticket.status-changed', '20T16:40', { from: 'pending', to: 'open' }),
    event('ticket.routed', '20T16:50'),
    event('ticket.routed', '20T16:51', { from: 'q1', queueId: 'q2' }),
    event('ticket.routed', '20T16:52', { from: 'q2', queueId: 'q2' }),
    event('ticket.escalated', '20T16:55'),
  ];
  expect(fact({ events })).toMatchObject({ reopened: 2, transfers: 2, escalations: 1 });
});

test('next responses: each by its own clock, for who gave it; one that is not answered has no time', () => {
  const events = [
    event('ticket.replied', '20T16:30', {}, 'a'),
    event('ticket.replied', '23T10:00', {}, 'b'),
    event('ticket.status-changed', '24T10:00', { to: 'resolved' }),
  ];
  const next = (cycle: number, startedAt: string, given: Partial<FactClock>) =>
    clock('next_response', { cycle, startedAt: at(startedAt), ...given });
  const clocks = [
    next(2, '23T11:00', { state: 'met', metAt: at('24T10:00'), breachedAt: at('23T16:00') }),
    clock('first_response', { state: 'met', metAt: at('20T16:30') }),
    next(1, '20T16:45', { state: 'met', metAt: at('23T10:00') }),
    next(3, '24T11:00', { state: 'running' }),
    next(4, '24T12:00', { state: 'cancelled', breachedAt: at('24T13:00') }),
  ];
  expect(fact({ clocks, events }).responses).toEqual([
    // A quarter of an hour on Friday, one hour on Monday.
    { agentId: 'b', businessS: 1.25 * 3600, calendarS: 65.25 * 3600, kept: true },
    { agentId: null, businessS: null, calendarS: null, kept: false },
    { agentId: null, businessS: null, calendarS: null, kept: null },
  ]);
});

test('who had it in hand: every hub for its own time, also before it moved and at the national level', () => {
  const events = [
    event('ticket.assigned', '20T16:00', { to: 'a' }),
    event('ticket.routed', '20T16:30', { fromHubId: 'before', hubId: 'h' }),
    event('ticket.escalated', '23T09:30', { from: 'agent', to: 'national' }),
    event('ticket.replied', '23T10:00', {}, 'b'),
  ];
  const holding = (holderId: string, startedAt: string, given: Partial<FactClock>) =>
    clock('holding', { holderId, startedAt: at(startedAt), ...given });
  const clocks = [
    clock('first_response'),
    holding('before', '20T16:00', { state: 'met', metAt: at('20T16:30'), breachedAt: at('20T16:20') }),
    holding('n', '23T09:30', { state: 'met', metAt: at('23T10:00') }),
  ];
  const found = fact({ clocks, events });
  expect(found.holdings).toEqual([
    { hubId: 'before', businessS: 1800, calendarS: 1800, kept: false },
    { hubId: 'h', businessS: 3600, calendarS: 65 * 3600 - 0, kept: null },
    { hubId: 'n', businessS: 1800, calendarS: 1800, kept: true },
  ]);
  expect(found.otherHolders).toEqual(['before', 'n']);
  const cells = new ReportCells();
  cells.add(found, 1);
  const all = cells.list().filter((cell) => cell.dimension === 'all' && cell.grain === 'day');
  expect(
    all.map((cell) => [cell.hub_id, cell.created, cell.holding_kept, cell.holding_late, cell.holding_business_s]),
  ).toEqual([
    ['h', 1, 0, 0, 3600],
    ['before', 0, 0, 1, 1800],
    ['n', 0, 1, 0, 1800],
  ]);
});

const anyResponse = fc.record({
  agentId: fc.constantFrom('a', 'b', null),
  businessS: fc.option(fc.nat(500_000)),
  calendarS: fc.option(fc.nat(500_000)),
  kept: fc.constantFrom(true, false, null),
});
const anyFact = fc
  .record({
    hubId: fc.constantFrom('h1', 'h2'),
    day: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-30'),
    channel: fc.constantFrom('phone', 'portal'),
    agentId: fc.constantFrom('a', null),
    firstKept: fc.constantFrom(true, false, null),
    firstBusinessS: fc.option(fc.nat(500_000)),
    firstCalendarS: fc.option(fc.nat(500_000)),
    reopened: fc.nat(2),
    responses: fc.array(anyResponse, { maxLength: 3 }),
    holdings: fc.array(
      anyResponse.map(({ agentId, ...one }) => ({ ...one, hubId: agentId ? 'h1' : 'h2' })),
      { maxLength: 3 },
    ),
  })
  .map((given): TicketFact => ({ ...fact(), ...given }));

const numbers = (cell: ReportCell): unknown[] => [
  ...COUNTS.map((count) => cell[count]),
  ...DURATIONS.map((one) => cell[`${one}_s`]),
];

test('what is added and taken away again leaves nothing', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 20 }), (facts) => {
      const cells = new ReportCells();
      for (const one of facts) cells.add(one, 1);
      expect(cells.list().length > 0).toBe(facts.length > 0);
      for (const one of facts) cells.add(one, -1);
      expect(cells.list()).toEqual([]);
    }),
  );
});

test('a month holds what its days hold, and channels together hold all', () => {
  const total = (cells: readonly ReportCell[], is: (cell: ReportCell) => boolean): unknown[] =>
    cells
      .filter(is)
      .map(numbers)
      .reduce(
        (sum, row) => sum.map((n, i) => Number(n) + Number(row[i])),
        numbers(cells.find(is)!).map(() => 0),
      );
  fc.assert(
    fc.property(fc.array(anyFact, { minLength: 1, maxLength: 20 }), (facts) => {
      const cells = new ReportCells();
      for (const one of facts) cells.add(one, 1);
      const list = cells.list();
      const ofDays = total(list, (cell) => cell.dimension === 'all' && cell.grain === 'day');
      expect(total(list, (cell) => cell.dimension === 'all' && cell.grain === 'month')).toEqual(ofDays);
      expect(total(list, (cell) => cell.dimension === 'channel' && cell.grain === 'day')).toEqual(ofDays);
      expect(ofDays[0]).toBe(facts.length);
    }),
  );
});
