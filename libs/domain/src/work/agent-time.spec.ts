import fc from 'fast-check';
import { agentRule } from './agent-figures';
import { planInstants, readPlan } from './agent-plan';
import { stretchesOf, type AgentTimeSource, type Stretch } from './agent-time';
import { PRESENCES, type Presence } from './presence';

const T0 = Date.parse('2026-11-23T08:00:00Z');
const at = (minutes: number): Date => new Date(T0 + minutes * 60_000);
const span = (from: number, to: number) => ({ from: at(from), to: at(to) });
const range = span(0, 600);
const minutes = (all: readonly Stretch[], is: (one: Stretch) => boolean = () => true): number =>
  all.filter(is).reduce((sum, one) => sum + (one.to.getTime() - one.from.getTime()) / 60_000, 0);

/** Adjacent presences, with work, offers and a plan laid over them anyhow. */
const sources: fc.Arbitrary<AgentTimeSource> = fc
  .record({
    marks: fc.uniqueArray(fc.integer({ min: -60, max: 660 }), { minLength: 2, maxLength: 8 }),
    kinds: fc.array(fc.constantFrom(...PRESENCES), { minLength: 8, maxLength: 8 }),
    productive: fc.constantFrom(true, false, null),
    hands: fc.array(fc.tuple(fc.integer({ min: -60, max: 600 }), fc.integer({ min: 1, max: 200 })), { maxLength: 6 }),
    rings: fc.array(fc.tuple(fc.integer({ min: -60, max: 600 }), fc.integer({ min: 1, max: 30 })), { maxLength: 6 }),
    plan: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 6 }),
  })
  .map(({ marks, kinds, productive, hands, rings, plan }) => {
    const sorted = [...marks].sort((a, b) => a - b);
    const planned = [...plan].sort((a, b) => a - b);
    return {
      presences: sorted.slice(1).map((to, i) => ({ ...span(sorted[i], to), presence: kinds[i], productive })),
      hands: hands.map(([from, long]) => span(from, from + long)),
      rings: rings.map(([from, long]) => span(from, from + long)),
      plan: planned
        .slice(1)
        .map((to, i) => ({ ...span(planned[i], to), what: i % 2 ? ('break' as const) : ('work' as const) })),
    };
  });

/** Minute by minute, without any cleverness. */
function byMinute(source: AgentTimeSource): Record<string, number> {
  const counts: Record<string, number> = {};
  const covers = (one: { from: Date; to: Date }, m: number): boolean => one.from <= at(m) && one.to > at(m);
  for (let m = 0; m < 600; m++) {
    const presence: Presence = source.presences.find((one) => covers(one, m))?.presence ?? 'offline';
    const there = presence !== 'offline' && presence !== 'disconnected';
    const busy = source.hands.some((one) => covers(one, m));
    const rings = source.rings.some((one) => covers(one, m));
    const free = rings ? 'ring' : 'idle';
    const doing = !there ? 'off' : busy ? 'handle' : presence === 'available' ? free : 'paused';
    counts[doing] = (counts[doing] ?? 0) + 1;
  }
  return counts;
}

test('21: any cuts, stretches follow one another and add up to what a count by the minute finds', () => {
  fc.assert(
    fc.property(sources, fc.array(fc.integer({ min: -30, max: 630 }), { maxLength: 20 }), (source, cuts) => {
      const all = stretchesOf(source, range, cuts.map(at));
      for (let i = 1; i < all.length; i++)
        expect(all[i].from.getTime()).toBeGreaterThanOrEqual(all[i - 1].to.getTime());
      const counts = byMinute(source);
      for (const doing of ['handle', 'ring', 'idle', 'paused']) {
        expect([doing, minutes(all, (one) => one.doing === doing)]).toEqual([doing, counts[doing] ?? 0]);
      }
      expect(minutes(all, (one) => one.planned !== null)).toBe(
        source.plan.reduce((sum, one) => sum + (one.to.getTime() - one.from.getTime()) / 60_000, 0),
      );
      for (let i = 1; i < all.length; i++) {
        const [{ from: _from, to, ...before }, { from, to: _to, ...after }] = [all[i - 1], all[i]];
        // What goes on is one stretch.
        if (to.getTime() === from.getTime() && !cuts.some((cut) => at(cut).getTime() === from.getTime())) {
          expect(after).not.toEqual(before);
        }
      }
      for (const cut of cuts.map(at)) expect(all.some((one) => one.from < cut && one.to > cut)).toBe(false);
      const share = agentRule('adherence').value(all);
      if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
    }),
  );
});

test('the worked example of adherence: 399 of 420 minutes of work and 54 of 60 of break', () => {
  const source: AgentTimeSource = {
    presences: [
      { ...span(0, 210), presence: 'available', productive: null },
      { ...span(210, 264), presence: 'away', productive: false },
      { ...span(264, 459), presence: 'available', productive: null },
      // Six minutes of the break were worked, 21 of the work were not.
      { ...span(459, 480), presence: 'away', productive: false },
    ],
    hands: [span(0, 100)],
    rings: [],
    plan: [
      { ...span(0, 210), what: 'work' },
      { ...span(210, 270), what: 'break' },
      { ...span(270, 480), what: 'work' },
    ],
  };
  const all = stretchesOf(source, span(0, 480));
  expect(agentRule('adherence').value(all)).toBeCloseTo((399 + 54) / 480, 5);
  expect(agentRule('conformance').value(all)).toBeCloseTo(405 / 420, 5);
  expect(agentRule('occupancy').value(all)).toBeCloseTo(100 / 405, 5);
  expect(agentRule('occupancy').value([])).toBeNull();
});

test('recovery after a hard call is work; a reason of absence says whether it is; an absence without one is not', () => {
  const of = (presence: Presence, productive: boolean | null = null) =>
    agentRule('adherence').value(
      stretchesOf(
        {
          presences: [{ ...span(0, 60), presence, productive }],
          hands: [],
          rings: [],
          plan: [{ ...span(0, 60), what: 'work' }],
        },
        span(0, 60),
      ),
    );
  expect([of('recovery'), of('training'), of('away', true)]).toEqual([1, 1, 1]);
  expect([of('away', false), of('away'), of('not_responding'), of('disconnected')]).toEqual([0, 0, 0, 0]);
});

test('a plan is read in order, and what is wrong is pointed at', () => {
  const work = (from: string, to: string) => ({ from, to, what: 'work' });
  expect(readPlan([work('14:00', '18:00'), work('09:00', '12:30')]).map((one) => one.from)).toEqual(['09:00', '14:00']);
  expect(planInstants('2026-11-23', readPlan([work('09:00', '24:00')]))[0].to).toEqual(
    new Date('2026-11-24T00:00:00Z'),
  );
  const refused = (value: unknown): string[] => {
    try {
      readPlan(value);
      return [];
    } catch (error) {
      return (error as { errors: { pointer: string; code: string }[] }).errors.map(
        (one) => `${one.pointer} ${one.code}`,
      );
    }
  };
  expect(refused([work('09:00', '12:00'), work('11:00', '13:00')])).toEqual(['/spans/1/from overlap']);
  expect(refused([work('09:00', '09:00')])).toEqual(['/spans/0/to empty']);
  expect(refused([work('10:00', '09:00')])).toEqual(['/spans/0/to inverted']);
  expect(refused([work('25:00', '26:00')])).toContain('/spans/0/from invalid_time');
  expect(refused([{ from: '09:00', to: '10:00', what: 'sleep' }])).toEqual(['/spans/0/what unknown_value']);
  expect(refused('x')).toEqual(['/spans type']);
});
