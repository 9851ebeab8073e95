import fc from 'fast-check';
import { ago, anyItem, NOW } from '../../../../test/support/work-arbitraries';
import { broken, type Memory } from '../../../../test/support/work-invariants';
import { WorkModel } from '../../../../test/support/work-model';
import type { ModelOffer } from '../../../../test/support/work-model-rows';
import { candidateRoom, isReady } from './candidates';
import { CHOSEN_PRESENCES, isWorking } from './presence';
import { FINAL_ITEM_STATES, ITEM_STATES, checkItemMove, itemStatesBefore } from './work-item';
import { applyWorkEvent, emptyPicture } from './work-log';

const AGENTS = ['agent-0', 'agent-1', 'agent-2', 'agent-3'];
const who = fc.constantFrom(...AGENTS);
const dispatcher = fc.integer({ min: 0, max: 2 });
const pick = fc.nat(30);

/** What may happen, in any order: people, three dispatchers that see, commit late or die, and a clock that steps either way. */
const on = <What extends string, Rest extends object>(weight: number, what: What, rest: Rest) => ({
  weight,
  arbitrary: fc.record({ what: fc.constant(what), ...rest }) as fc.Arbitrary<
    { what: What } & { [Key in keyof Rest]: Rest[Key] extends fc.Arbitrary<infer Value> ? Value : never }
  >,
});
const chosen = fc.constantFrom(...CHOSEN_PRESENCES, ...Array<'available'>(6).fill('available'));
const happening = fc.oneof(
  on(6, 'item', { item: anyItem }),
  on(4, 'plan', { dispatcher }),
  on(4, 'commit', { dispatcher }),
  on(5, 'tick', { dispatcher }),
  on(1, 'crash', { dispatcher }),
  on(2, 'sweep', {}),
  on(8, 'accept', { who, pick, own: fc.boolean() }),
  on(2, 'decline', { who, pick, own: fc.boolean() }),
  on(7, 'complete', { who, pick }),
  on(3, 'choose', { who, to: chosen }),
  on(4, 'heartbeat', {}),
  on(3, 'clock', { seconds: fc.integer({ min: -15, max: 25 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
const history = fc.array(happening, { minLength: 30, maxLength: 120, size: 'max' });

function newModel(): WorkModel {
  const model = new WorkModel(NOW);
  const skills = new Map([
    ['fr', 2],
    ['ar', 2],
    ['assoc_law', 2],
  ]);
  AGENTS.forEach((accountId, i) =>
    model.addAgent({
      accountId,
      hubId: i < 3 ? 'hub-a' : 'hub-b',
      presence: 'available',
      pendingPresence: null,
      heartbeatAt: NOW,
      idleSince: ago(60 * i),
      skills: i === 0 ? new Map([...skills, ['restricted', 1]]) : skills,
    }),
  );
  return model;
}

let told: { refused: number; made: number };

function step(model: WorkModel, event: Happening): void {
  const some = (of: ModelOffer[], at: number): ModelOffer | undefined => of[at % Math.max(1, of.length)];
  const candidates = (own: boolean, accountId: string) =>
    own ? model.offers.filter((one) => one.accountId === accountId && one.state === 'pending') : model.offers;
  switch (event.what) {
    case 'item':
      return model.addItem({ ...event.item, misses: [], id: `item-${model.items.size}` });
    case 'commit':
      return commit(model, event.dispatcher);
    case 'tick':
      model.plan(event.dispatcher);
      return commit(model, event.dispatcher);
    case 'accept':
    case 'decline': {
      const offer = some(candidates(event.own, event.who), event.pick);
      return offer && decide(model, event.what, event.who, offer);
    }
    case 'complete': {
      const mine = [...model.items.values()].filter((item) => item.accountId === event.who);
      if (mine.length > 0) model.complete(event.who, mine[event.pick % mine.length].id);
      return;
    }
    case 'choose':
      return model.choose(event.who, event.to);
    case 'heartbeat':
      return AGENTS.forEach((one) => model.heartbeat(one));
    case 'clock':
      model.now = new Date(model.now.getTime() + event.seconds * 1_000);
      return;
    case 'sweep':
      return model.sweep();
    default:
      return model[event.what](event.dispatcher);
  }
}

/** 3, 9, 13, 16: true of the agent at the instant of the commit. */
function commit(model: WorkModel, dispatcher: number): void {
  const before = new Map(model.views().map((agent) => [agent.accountId, agent]));
  const waiting = new Map(model.waiting().map((item) => [item.id, item]));
  const made = model.commit(dispatcher);
  told.made += made.length;
  for (const { accountId, itemId } of made) {
    const [agent, item] = [before.get(accountId)!, waiting.get(itemId)!];
    const facts = {
      ready: isReady(agent, model.now),
      inWrapUp: agent.load.some((one) => one.state === 'wrap_up'),
      askedLately: item.misses.some((miss) => miss.accountId === accountId && miss.at > ago(60, model.now)),
      inConflict: item.excludedAccounts.includes(accountId) || item.excludedHubs.includes(agent.hubId),
      able: item.required.every((one) => (agent.skills.get(one.skill) ?? 0) >= one.floor),
    };
    expect(facts).toEqual({ ready: true, inWrapUp: false, askedLately: false, inConflict: false, able: true });
  }
}

/** 5: late, twice or somebody else's has no effect. */
function decide(model: WorkModel, what: 'accept' | 'decline', accountId: string, offer: ModelOffer): void {
  const allowed = offer.accountId === accountId && offer.state === 'pending' && offer.expiresAt > model.now;
  const before = JSON.stringify([offer, model.items.get(offer.itemId)]);
  const done = model[what](accountId, offer);
  expect(done).toBe(allowed);
  if (done) return;
  told.refused += 1;
  expect(JSON.stringify([offer, model.items.get(offer.itemId)])).toBe(before);
}

function run(events: Happening[], after: (model: WorkModel) => void = () => undefined): void {
  const model = newModel();
  const memory: Memory = { final: new Map(), queuedAt: new Map() };
  for (const event of events) {
    step(model, event);
    const problems = broken(model, memory);
    if (problems.length > 0) throw new Error(`${JSON.stringify(event)}: ${problems.join('; ')}`);
  }
  after(model);
}

beforeEach(() => (told = { refused: 0, made: 0 }));

it('1–3, 5–9, 12, 13, 15, 16: hold after every step of any history', () => {
  fc.assert(
    fc.property(history, (events) => run(events)),
    { numRuns: 500 },
  );
  // The histories are worth something: much is offered, much is refused.
  expect(told.made).toBeGreaterThan(1_500);
  expect(told.refused).toBeGreaterThan(100);
});

it('4: any one sweep finishes every offer that ran out, whoever made it', () => {
  fc.assert(
    fc.property(history, (events) =>
      run(events, (model) => {
        model.now = new Date(model.now.getTime() + 5 * 3_600_000);
        [0, 1, 2].forEach((one) => model.crash(one));
        model.sweep();
        expect(model.offers.filter((one) => one.state === 'pending')).toEqual([]);
      }),
    ),
    { numRuns: 100 },
  );
});

it('10: when the dispatchers come to rest no item waits that a free agent could take', () => {
  fc.assert(
    fc.property(history, (events) =>
      run(events, (model) => {
        let made = 1;
        // Each call that comes in over tasks sends them back once: a few ticks settle it.
        for (let ticks = 0; made > 0 && ticks < 10; ticks++) {
          model.plan(9);
          made = model.commit(9).length;
        }
        for (const item of model.waiting().filter((one) => !one.sticky)) {
          expect(model.views().filter((agent) => candidateRoom(item, agent, model.now))).toEqual([]);
        }
      }),
    ),
    { numRuns: 100 },
  );
});

it('17, 20: the log replayed from nothing gives the same state, and counts each outcome once', () => {
  fc.assert(
    fc.property(history, (events) =>
      run(events, (model) => {
        const picture = emptyPicture();
        for (const event of model.events) applyWorkEvent(picture, event);
        const items = [...model.items.values()];
        expect(picture.items).toEqual(new Map(items.map(({ id, state, accountId }) => [id, { state, accountId }])));
        const decided = model.offers.map((one) => [one.id, one.state === 'pending' ? null : one.state] as const);
        expect(picture.offers).toEqual(new Map(decided));
        expect(picture.presence).toEqual(
          new Map([...model.agents.values()].map((one) => [one.accountId, one.presence])),
        );
        const completed = items.filter((item) => item.state === 'completed').length;
        expect(picture.outcomes.get('completed') ?? 0).toBe(completed);
      }),
    ),
    { numRuns: 100 },
  );
});

it('16, 21: a wrap-up ends by its limit; time in states adds up to the time logged, without gap or overlap', () => {
  fc.assert(
    fc.property(history, (events) =>
      run(events, (model) => {
        const end = Math.max(model.now.getTime(), ...[...model.agents.values()].map((one) => one.since.getTime()));
        model.now = new Date(end + 60_000);
        model.sweep();
        expect([...model.items.values()].filter((item) => item.state === 'wrap_up')).toEqual([]);
        for (const { log, presence, pendingPresence, accountId } of model.agents.values()) {
          const spans = log.map(({ from, to }) => (to ?? model.now).getTime() - from.getTime());
          if (log.at(-1)!.from > model.now) continue;
          expect(spans.reduce((sum, one) => sum + one, 0)).toBe(model.now.getTime() - log[0].from.getTime());
          for (let i = 1; i < log.length; i++) expect(log[i].from).toEqual(log[i - 1].to);
          expect(log.at(-1)!.presence).toBe(presence);
          // What was chosen meanwhile waits only while there is work.
          if (pendingPresence) expect(isWorking(model.loadOf(accountId))).toBe(true);
        }
      }),
    ),
    { numRuns: 100 },
  );
});

it('the table of moves: final states lead nowhere, every other state leads on, and nothing returns to new', () => {
  for (const from of ITEM_STATES) {
    const onward = ITEM_STATES.filter((to) => {
      try {
        checkItemMove(from, to);
        return true;
      } catch {
        return false;
      }
    });
    expect([from, onward.length === 0]).toEqual([from, (FINAL_ITEM_STATES as readonly string[]).includes(from)]);
    expect(onward).not.toContain('new');
    for (const to of onward) expect(itemStatesBefore(to)).toContain(from);
  }
});
