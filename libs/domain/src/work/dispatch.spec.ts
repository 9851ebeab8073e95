import fc from 'fast-check';
import { agents, ago, items, NOW } from '../../../../test/support/work-arbitraries';
import { candidateRoom, levelAt, relaxationOf, type WaitingItem, type WorkAgent } from './candidates';
import { CAPACITY, LIMIT, pointsUsed, withOffer, type Load } from './capacity';
import { isOverdue } from './choosing';
import { dispatch, type PlannedOffer } from './dispatch';

const check = (property: (waiting: WaitingItem[], staff: WorkAgent[], offers: PlannedOffer[]) => void): void => {
  fc.assert(
    fc.property(items, agents, (waiting, staff) => property(waiting, staff, dispatch(waiting, staff, NOW))),
    { numRuns: 300 },
  );
};

/** What each agent has after the tick. */
function loadsAfter(waiting: WaitingItem[], staff: WorkAgent[], offers: PlannedOffer[]): Map<string, Load[]> {
  const loads = new Map(staff.map((agent) => [agent.accountId, [...agent.load]]));
  for (const offer of offers) {
    const item = waiting.find((one) => one.id === offer.itemId)!;
    loads.set(offer.accountId, withOffer(loads.get(offer.accountId)!, item, offer));
  }
  return loads;
}

const of = (waiting: WaitingItem[], staff: WorkAgent[], offer: PlannedOffer): [WaitingItem, WorkAgent] => [
  waiting.find((one) => one.id === offer.itemId)!,
  staff.find((one) => one.accountId === offer.accountId)!,
];

it('1: an item goes to one agent at most in a tick', () => {
  check((_, __, offers) => expect(new Set(offers.map((one) => one.itemId)).size).toBe(offers.length));
});

it('2: points and limits hold for everybody after the tick', () => {
  check((waiting, staff, offers) => {
    for (const load of loadsAfter(waiting, staff, offers).values()) {
      expect(pointsUsed(load)).toBeLessThanOrEqual(CAPACITY);
      for (const { kind } of load) {
        expect(load.filter((one) => one.kind === kind).length).toBeLessThanOrEqual(LIMIT[kind] ?? Infinity);
      }
    }
  });
});

it('3, 9, 12, 13: only who is available, fresh, able, cleared, not in conflict and not just asked', () => {
  check((waiting, staff, offers) => {
    for (const offer of offers) {
      const [item, agent] = of(waiting, staff, offer);
      expect(agent).toMatchObject({ presence: 'available', pendingPresence: null });
      expect(NOW.getTime() - agent.heartbeatAt!.getTime()).toBeLessThanOrEqual(30_000);
      expect(item.excludedAccounts).not.toContain(agent.accountId);
      expect(item.excludedHubs).not.toContain(agent.hubId);
      const asked = item.misses.filter((miss) => miss.accountId === agent.accountId && miss.at > ago(60));
      expect(asked).toEqual([]);
      for (const one of item.required) {
        const level = agent.skills.get(one.skill) ?? 0;
        expect(level).toBeGreaterThanOrEqual(one.floor);
        expect(level).toBeGreaterThanOrEqual(levelAt(one, relaxationOf(item, NOW)));
      }
    }
  });
});

it('10: what still waits after the tick has no candidate left, a sticky agent apart', () => {
  check((waiting, staff, offers) => {
    const loads = loadsAfter(waiting, staff, offers);
    const after = staff.map((agent) => ({ ...agent, load: loads.get(agent.accountId)! }));
    const left = waiting.filter((item) => !offers.some((one) => one.itemId === item.id));
    for (const item of left.filter((one) => !one.sticky)) {
      expect(after.filter((agent) => candidateRoom(item, agent, NOW) !== null)).toEqual([]);
    }
  });
});

it('11: an overdue item never waits while a younger one goes to an agent who could have had it', () => {
  check((waiting, staff, offers) => {
    const left = waiting.filter((item) => !item.sticky && !offers.some((one) => one.itemId === item.id));
    for (const overdue of left.filter((item) => isOverdue(item, NOW))) {
      for (const offer of offers) {
        const [item, agent] = of(waiting, staff, offer);
        if (item.queuedAt <= overdue.queuedAt) continue;
        // Judged with what the agent had before any younger item of this tick.
        const before = offers.filter(
          (one) => one.accountId === agent.accountId && offers.indexOf(one) < offers.indexOf(offer),
        );
        const load = loadsAfter(waiting, [agent], before).get(agent.accountId)!;
        expect(candidateRoom(overdue, { ...agent, load }, NOW)).toBeNull();
      }
    }
  });
});

it('11: of two items equal in all but age the older is offered first', () => {
  fc.assert(
    fc.property(items, agents, fc.integer({ min: 1, max: 400 }), (waiting, staff, younger) => {
      const [first] = waiting.filter((item) => !item.sticky);
      if (!first) return;
      const twin = { ...first, id: 'a-twin', queuedAt: new Date(first.queuedAt.getTime() + younger * 1_000) };
      if (relaxationOf(twin, NOW) !== relaxationOf(first, NOW)) return;
      const order = dispatch([twin, ...waiting], staff, NOW).map((one) => one.itemId);
      if (order.includes(twin.id)) {
        expect(order).toContain(first.id);
        expect(order.indexOf(first.id)).toBeLessThan(order.indexOf(twin.id));
      }
    }),
    { numRuns: 300 },
  );
});

it('14: another hub helps only by agreement, after waiting, once, and two hops deep at most', () => {
  check((waiting, staff, offers) => {
    for (const offer of offers) {
      const [item, agent] = of(waiting, staff, offer);
      if (agent.hubId === item.hubId) continue;
      expect(item.helpingHubs).toContain(agent.hubId);
      expect(item.visitedHubs).not.toContain(agent.hubId);
      expect(item.hops).toBeLessThan(2);
      expect(NOW.getTime() - item.queuedAt.getTime()).toBeGreaterThanOrEqual(item.maxWaitSeconds * 150);
    }
  });
});

it('the same situation gives the same offers, in whatever order it is told', () => {
  fc.assert(
    fc.property(items, agents, (waiting, staff) => {
      expect(dispatch([...waiting].reverse(), [...staff].reverse(), NOW)).toEqual(dispatch(waiting, staff, NOW));
    }),
    { numRuns: 200 },
  );
});

const agent = (accountId: string, changes: Partial<WorkAgent> = {}): WorkAgent => ({
  accountId,
  hubId: 'h',
  presence: 'available',
  pendingPresence: null,
  heartbeatAt: NOW,
  idleSince: ago(60),
  skills: new Map([['fr', 2]]),
  load: [],
  ...changes,
});
const item = (id: string, changes: Partial<WaitingItem> = {}): WaitingItem => ({
  id,
  kind: 'ticket_task',
  hubId: 'h',
  cost: 20,
  priority: 'normal',
  queuedAt: ago(10),
  maxWaitSeconds: 600,
  offerSeconds: 60,
  dueAt: null,
  required: [{ skill: 'fr', level: 1, floor: 1 }],
  excludedAccounts: [],
  excludedHubs: [],
  helpingHubs: [],
  visitedHubs: [],
  hops: 0,
  sticky: null,
  misses: [],
  ...changes,
});
const to = (waiting: WaitingItem[], staff: WorkAgent[]): string[] =>
  dispatch(waiting, staff, NOW).map((one) => `${one.itemId}>${one.accountId}`);

it('chooses by the one who knows the matter, then skill, then least in hand, then longest idle, then id', () => {
  const sticky = { accountId: 'b', until: ago(-60), waitUntil: ago(-60) };
  const expert = agent('c', { skills: new Map([['fr', 3]]) });
  expect(to([item('1', { sticky })], [agent('a'), agent('b'), expert])).toEqual(['1>b']);
  expect(to([item('1')], [agent('a'), expert])).toEqual(['1>c']);
  expect(to([item('1'), item('2')], [agent('a'), agent('b', { idleSince: ago(90) })])).toEqual(['1>b', '2>a']);
  expect(to([item('1')], [agent('b'), agent('a')])).toEqual(['1>a']);
});

it('waits a while for the one who knows the matter when it is busy, not when it is away', () => {
  const full: Load[] = [{ itemId: 'x', kind: 'call', state: 'active', cost: 100, suspended: false }];
  const waiting = (waitUntil: Date) => [item('1', { sticky: { accountId: 'b', until: ago(-600), waitUntil } })];
  expect(to(waiting(ago(-30)), [agent('a'), agent('b', { load: full })])).toEqual([]);
  expect(to(waiting(ago(1)), [agent('a'), agent('b', { load: full })])).toEqual(['1>a']);
  expect(to(waiting(ago(-30)), [agent('a'), agent('b', { presence: 'away' })])).toEqual(['1>a']);
});

it('opens up step by step: level at 45 s, neighbour at 90 s, everything without a floor at the longest wait', () => {
  const hard = (waited: number): WaitingItem =>
    item('1', { required: [{ skill: 'tax', level: 3, floor: 0 }], queuedAt: ago(waited), helpingHubs: ['n'] });
  const second = agent('a', { skills: new Map([['tax', 2]]) });
  expect([44, 45].map((waited) => to([hard(waited)], [second]).length)).toEqual([0, 1]);
  const neighbour = agent('n', { hubId: 'n', skills: new Map([['tax', 3]]) });
  expect([89, 90].map((waited) => to([hard(waited)], [neighbour]).length)).toEqual([0, 1]);
  const nothing = agent('z', { skills: new Map() });
  expect([599, 600].map((waited) => to([hard(waited)], [nothing]).length)).toEqual([0, 1]);
  const strict = item('1', { required: [{ skill: 'restricted', level: 1, floor: 1 }], queuedAt: ago(9_999) });
  expect(to([strict], [nothing, second])).toEqual([]);
});

it('a call interrupts tasks and e-mail, not chats, and takes back what nobody answered', () => {
  const load = (kind: Load['kind'], state: Load['state'], cost: number): Load => ({
    itemId: kind + state,
    kind,
    state,
    cost,
    suspended: false,
  });
  const call = item('call', { kind: 'call', cost: 100 });
  const busy = agent('a', { load: [load('ticket_task', 'active', 20), load('email', 'offered', 20)] });
  expect(dispatch([call], [busy], NOW)).toMatchObject([
    { suspends: ['ticket_taskactive'], rescinds: ['emailoffered'], expiresAt: ago(-60) },
  ]);
  const chatting = agent('a', { load: [load('chat', 'active', 30)] });
  expect(dispatch([call], [chatting], NOW)).toEqual([]);
  expect(dispatch([call], [chatting], NOW, { overChat: true })).toHaveLength(1);
  expect(dispatch([call], [agent('a', { load: [load('email', 'wrap_up', 20)] })], NOW)).toEqual([]);
});

it('1,000 items and 50 agents take less than a second', () => {
  const waiting = Array.from({ length: 1_000 }, (_, i) => item(`i${i}`, { queuedAt: ago(i % 500) }));
  const staff = Array.from({ length: 50 }, (_, i) => agent(`a${i}`, { idleSince: ago(i) }));
  const started = performance.now();
  expect(dispatch(waiting, staff, NOW)).toHaveLength(250);
  expect(performance.now() - started).toBeLessThan(1_000);
});
