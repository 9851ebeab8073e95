import fc from 'fast-check';
import { applyLiveEvent, countsOf, type LiveCount, type LiveEvent, type LiveTicket } from './live-figures';
import { STATUSES } from './ticket';

const HUBS = ['hub-a', 'hub-b'];
const AGENTS = ['agent-1', 'agent-2'];
const CLOCKS = ['clock-1', 'clock-2', 'clock-3'];

const event = (type: string, data: Record<string, unknown>): LiveEvent => ({
  type,
  hubId: HUBS[0],
  ticketId: 'ticket',
  data,
});
const created = event('ticket.created', { status: 'new', assigneeId: null, clocks: ['clock-1', 'clock-2'] });

const agent = fc.constantFrom(...AGENTS, null);
const anyEvent: fc.Arbitrary<LiveEvent> = fc.oneof(
  fc.constant(created),
  fc
    .record({ to: fc.constantFrom(...STATUSES), assigneeId: agent })
    .map((data) => event('ticket.status-changed', data)),
  agent.map((to) => event('ticket.assigned', { to })),
  fc.constantFrom(...HUBS, null).map((hubId) => event('ticket.routed', { hubId })),
  fc
    .tuple(fc.constantFrom('started', 'warned', 'breached', 'moved', 'met', 'cancelled'), fc.constantFrom(...CLOCKS))
    .map(([what, clockId]) => event(`clock.${what}`, { clockId })),
  fc.constantFrom('ticket.noted', 'ticket.read', 'mail.sent').map((type) => event(type, {})),
);
const history = fc.array(anyEvent, { maxLength: 40 });

const fold = (events: LiveEvent[]): LiveTicket | null => events.reduce<LiveTicket | null>(applyLiveEvent, null);
const key = ({ hubId, metric, accountId }: LiveCount): string => `${hubId} ${metric} ${accountId}`;

function tally(counts: LiveCount[], by = 1, sums = new Map<string, number>()): Map<string, number> {
  for (const count of counts) {
    const value = (sums.get(key(count)) ?? 0) + by;
    if (value === 0) sums.delete(key(count));
    else sums.set(key(count), value);
  }
  return sums;
}

const metrics = (state: LiveTicket | null): string[] => countsOf(state).map((count) => count.metric);

describe('over any history', () => {
  it('adds up to a recount, step by step, over many tickets', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 6 }), (histories) => {
        const sums = new Map<string, number>();
        const ends = histories.map((events) => {
          let state: LiveTicket | null = null;
          for (const one of events) {
            tally(countsOf(state), -1, sums);
            state = applyLiveEvent(state, one);
            tally(countsOf(state), 1, sums);
          }
          return state;
        });
        expect(sums).toEqual(tally(ends.flatMap(countsOf)));
      }),
    );
  });

  it('gives the same in one go and in batches, with the state stored as JSON between them', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (events, cut) => {
        const stored = JSON.parse(JSON.stringify(fold(events.slice(0, cut)))) as LiveTicket | null;
        expect(events.slice(cut).reduce(applyLiveEvent, stored)).toEqual(fold(events));
      }),
    );
  });

  it('changes no state that it was given', () => {
    fc.assert(
      fc.property(history, anyEvent, (events, next) => {
        const state = fold(events);
        const before = structuredClone(state);
        applyLiveEvent(state, next);
        expect(state).toEqual(before);
      }),
    );
  });

  it('counts a ticket once at most in each figure, and never both at risk and late', () => {
    fc.assert(
      fc.property(history, (events) => {
        const found = metrics(fold(events));
        expect(new Set(found).size).toBe(found.length);
        expect(found.includes('late') && found.includes('at_risk')).toBe(false);
        expect(found.includes('waiting') && found.includes('assigned')).toBe(false);
        expect(found.length > 0).toBe(found.includes('open'));
      }),
    );
  });
});

describe('order', () => {
  it('a late clock stays late, whatever warns or moves it afterwards', () => {
    const late = [created, event('clock.breached', { clockId: 'clock-1' })];
    const after = ['clock.warned', 'clock.moved'].map((type) => event(type, { clockId: 'clock-1' }));
    expect(metrics(fold([...late, ...after]))).toContain('late');
  });

  it('a warned clock stays at risk when a pause or a new priority moves it', () => {
    const warned = [created, event('clock.warned', { clockId: 'clock-1' })];
    expect(metrics(fold([...warned, event('clock.moved', { clockId: 'clock-1' })]))).toContain('at_risk');
  });

  it('a reopened ticket counts with the clock that starts anew', () => {
    const closed = [created, event('ticket.status-changed', { to: 'closed', assigneeId: null })];
    const reopened = [
      event('ticket.status-changed', { to: 'open', assigneeId: null }),
      event('clock.started', { clockId: 'clock-3' }),
      event('clock.breached', { clockId: 'clock-3' }),
    ];
    expect(metrics(fold([...closed, ...reopened]))).toContain('late');
  });

  it('what was met cannot become late, and what is late counts until it is met', () => {
    const breached = event('clock.breached', { clockId: 'clock-1' });
    const met = event('clock.met', { clockId: 'clock-1' });
    expect(metrics(fold([created, met, breached]))).not.toContain('late');
    expect(metrics(fold([created, breached]))).toContain('late');
    expect(metrics(fold([created, breached, met]))).not.toContain('late');
  });

  it('one late clock outweighs another at risk', () => {
    const warned = event('clock.warned', { clockId: 'clock-1' });
    const breached = event('clock.breached', { clockId: 'clock-2' });
    expect(metrics(fold([created, warned]))).toContain('at_risk');
    expect(metrics(fold([created, warned, breached]))).toEqual(['open', 'waiting', 'late']);
  });

  it('a closed ticket is forgotten, and comes back with its reopening', () => {
    const closed = event('ticket.status-changed', { to: 'closed', assigneeId: AGENTS[0] });
    const reopened = event('ticket.status-changed', { to: 'open', assigneeId: AGENTS[0] });
    expect(fold([created, closed])).toBeNull();
    expect(fold([created, closed, event('ticket.assigned', { to: AGENTS[1] })])).toBeNull();
    expect(fold([created, closed, reopened])).toEqual({
      hubId: HUBS[0],
      status: 'open',
      assigneeId: AGENTS[0],
      clocks: {},
    });
  });

  it('a ticket that moves to another hub takes all its figures along', () => {
    const there = event('ticket.routed', { hubId: HUBS[1] });
    const counts = countsOf(fold([created, event('ticket.assigned', { to: AGENTS[0] }), there]));
    expect(counts.map((count) => count.hubId)).toEqual([HUBS[1], HUBS[1]]);
  });
});

it('resolved tickets count nowhere, and a waiting one is new or open without an agent', () => {
  const step = (to: string, assigneeId: string | null = null) =>
    metrics(fold([created, event('ticket.status-changed', { to, assigneeId })]));
  expect(step('resolved')).toEqual([]);
  expect(step('open')).toEqual(['open', 'waiting']);
  expect(step('open', AGENTS[0])).toEqual(['open', 'assigned']);
  for (const status of ['pending', 'on_hold', 'answered']) expect(step(status)).toEqual(['open']);
});
