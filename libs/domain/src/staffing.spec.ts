import fc from 'fast-check';
import { erlangA, erlangB, erlangC, RisingBeta, waitProbability } from './erlang';
import { agentsNeeded, planStaffing, poolHubs, rosterFor } from './staffing';

const percent = (share: number, digits = 2): string => (share * 100).toFixed(digits);

/** Calls per hour, handling seconds, agents; waiting %, within 20 s %, mean wait, occupancy %. Published values agree. */
const REFERENCE: [number, number, number, string, string, string, string][] = [
  [200, 180, 11, '68.21', '38.96', '122.78', '90.9'],
  [200, 180, 12, '44.94', '64.02', '40.44', '83.3'],
  [200, 180, 13, '28.53', '79.56', '17.12', '76.9'],
  [200, 180, 14, '17.41', '88.84', '7.84', '71.4'],
  [200, 180, 15, '10.20', '94.15', '3.67', '66.7'],
  [400, 180, 21, '76.06', '31.93', '136.92', '95.2'],
  [400, 180, 22, '56.79', '54.52', '51.11', '90.9'],
  [400, 180, 23, '41.57', '70.21', '24.94', '87.0'],
  [400, 180, 24, '29.81', '80.89', '13.41', '83.3'],
  [400, 180, 25, '20.91', '88.00', '7.53', '80.0'],
  [350, 300, 30, '82.80', '21.68', '298.08', '97.2'],
  [350, 300, 31, '65.23', '42.27', '106.75', '94.1'],
  [350, 300, 32, '50.69', '58.03', '53.68', '91.1'],
  [350, 300, 33, '38.83', '69.92', '30.39', '88.4'],
  [350, 300, 35, '21.77', '85.25', '11.19', '83.3'],
  [860, 170, 46, '31.28', '83.41', '9.87', '88.3'],
  [30, 60, 2, '10.00', '93.93', '4.00', '25.0'],
  [30, 80, 2, '16.67', '88.06', '10.00', '33.3'],
  [500, 210, 34, '29.30', '81.51', '12.73', '85.8'],
  [30, 300, 5, '13.04', '88.96', '15.64', '50.0'],
  [60, 300, 8, '16.73', '86.31', '16.73', '62.5'],
];

test.each(REFERENCE)(
  'Erlang C: %d calls of %d s with %d agents',
  (callsPerHour, handleSeconds, agents, waits, within, asa, busy) => {
    const found = erlangC({ callsPerHour, handleSeconds }, agents, 20);
    expect([
      percent(found.waitProbability),
      percent(found.serviceLevel),
      found.meanWaitSeconds!.toFixed(2),
      percent(found.occupancy, 1),
    ]).toEqual([waits, within, asa, busy]);
  },
);

test.each([
  [21, 30, 35.6],
  [22, 30, 59],
  [25, 30, 91],
])('published shares within 30 s: %d agents', (agents, within, share) => {
  const { serviceLevel } = erlangC({ callsPerHour: 400, handleSeconds: 180 }, agents, within);
  expect(Math.abs(serviceLevel * 100 - share)).toBeLessThan(0.5);
});

test('the emergency notes: waits of more than 10 s with two agents', () => {
  const late = (handleSeconds: number) => percent(1 - erlangC({ callsPerHour: 30, handleSeconds }, 2, 10).serviceLevel);
  expect([late(60), late(80)]).toEqual(['7.79', '14.11']);
});

test('the mean length of the queue of a textbook', () => {
  const traffic = 1.6438;
  expect(((waitProbability(traffic, 3) * traffic) / (3 - traffic)).toFixed(3)).toBe('0.352');
});

test('the two circulated values that are wrong, right', () => {
  expect(erlangC({ callsPerHour: 60, handleSeconds: 300 }, 8, 15).serviceLevel).toBeCloseTo(0.856, 3);
  expect(waitProbability(20, 25)).toBeCloseTo(0.2091, 4);
});

test('Erlang A: patience of 300 s', () => {
  const load = { callsPerHour: 200, handleSeconds: 180 };
  const fourteen = erlangA(load, 14, 20, 300);
  expect(percent(fourteen.waitProbability, 3)).toBe('14.526');
  expect(percent(fourteen.abandonment, 4)).toBe('1.3984');
  expect(percent(fourteen.occupancy)).toBe('70.43');
  expect(fourteen.meanWaitSeconds!.toFixed(3)).toBe('4.195');
  expect(percent(fourteen.serviceLevel, 3)).toBe('91.679');
  const thirteen = erlangA(load, 13, 20, 300);
  expect(percent(thirteen.waitProbability)).toBe('22.58');
  expect(percent(thirteen.abandonment)).toBe('2.50');
  expect(percent(thirteen.occupancy)).toBe('75.00');
  expect(thirteen.meanWaitSeconds!.toFixed(3)).toBe('7.489');
  expect(percent(thirteen.serviceLevel)).toBe('85.82');
});

test('small hubs: five for 80/20, eight for two of them together', () => {
  const hub = { callsPerHour: 30, handleSeconds: 300 };
  expect(agentsNeeded(hub, 0.8, 20)).toBe(5);
  expect(percent(erlangC(hub, 4, 20).serviceLevel, 1)).toBe('71.1');
  expect(poolHubs([hub, hub], 0.8, 20)).toEqual({ separately: [5, 5], pooled: 8, saved: 2 });
  const impatient = erlangA(hub, 4, 20, 120);
  expect([percent(impatient.serviceLevel, 1), percent(impatient.abandonment, 1)]).toEqual(['82.1', '9.6']);
  expect(agentsNeeded({ callsPerHour: 860, handleSeconds: 170 }, 0.8, 20)).toBe(46);
});

test('the plan: neighbours, roster and warnings', () => {
  const plan = planStaffing({
    callsPerHour: 30,
    handleSeconds: 300,
    target: 0.8,
    withinSeconds: 20,
    patienceSeconds: 120,
    shrinkage: 0.3,
  });
  expect(plan).toMatchObject({ traffic: 2.5, needed: 5 });
  expect(
    plan.options.map(({ agents, roster, meetsTarget, warnings }) => [agents, roster, meetsTarget, warnings]),
  ).toEqual([
    [4, 6, false, []],
    [5, 8, true, []],
    [6, 9, true, []],
  ]);
  const busy = planStaffing({ callsPerHour: 500, handleSeconds: 210, target: 0.8, withinSeconds: 20, shrinkage: 0 });
  expect(busy.options.map((option) => option.warnings)).toEqual([['high_occupancy'], ['high_occupancy'], []]);
  expect(busy.options[0].erlangA).toBeNull();
  const lonely = planStaffing({ callsPerHour: 1, handleSeconds: 60, target: 0.8, withinSeconds: 20, shrinkage: 0 });
  expect(lonely.options[0]).toMatchObject({ agents: 1, warnings: ['few_agents'] });
});

test('a queue that grows without end has no mean wait', () => {
  expect(erlangC({ callsPerHour: 60, handleSeconds: 300 }, 5, 20)).toMatchObject({
    waitProbability: 1,
    serviceLevel: 0,
    meanWaitSeconds: null,
    occupancy: 1,
  });
});

test('shrinkage rounds up, and not because of binary fractions', () => {
  expect([rosterFor(7, 0.3), rosterFor(9, 0.1), rosterFor(5, 0), rosterFor(5, 0.01)]).toEqual([10, 10, 5, 6]);
});

test.each([
  [() => agentsNeeded({ callsPerHour: 10, handleSeconds: 300 }, 1, 20), '?target'],
  [() => agentsNeeded({ callsPerHour: 1e6, handleSeconds: 300 }, 0.8, 20), '?calls'],
  [() => rosterFor(5, 1), '?shrinkage'],
  [() => erlangC({ callsPerHour: -1, handleSeconds: 300 }, 5, 20), '?calls'],
  [() => erlangC({ callsPerHour: 1, handleSeconds: NaN }, 5, 20), '?aht'],
  [() => erlangA({ callsPerHour: 1, handleSeconds: 60 }, 5, 20, 0), '?patience'],
])('numbers without sense are refused', (ask, pointer) => {
  expect(ask).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }));
});

test('the rising beta function equals the tail of a binomial distribution', () => {
  // I_x(a, b) = P(Binomial(a + b − 1, x) ≥ a) for whole a.
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  for (const [a, x] of [
    [1, 0.3],
    [4, 0.6],
    [9, 0.95],
  ]) {
    const beta = new RisingBeta(a, x);
    for (let b = 1; b <= 12; b++) {
      const n = a + b - 1;
      let tail = 0;
      for (let k = a; k <= n; k++) tail += choose(n, k) * x ** k * (1 - x) ** (n - k);
      expect(beta.value).toBeCloseTo(tail, 12);
      beta.next();
    }
  }
});

describe('whatever the load', () => {
  const load = fc.record({
    callsPerHour: fc.double({ min: 0.1, max: 900, noNaN: true }),
    handleSeconds: fc.double({ min: 10, max: 1_200, noNaN: true }),
  });
  const agents = fc.integer({ min: 1, max: 150 });
  const within = fc.integer({ min: 0, max: 600 });
  const patience = fc.integer({ min: 10, max: 3_600 });

  test('shares stay between 0 and 1, and one more agent never makes it worse', () => {
    fc.assert(
      fc.property(load, agents, within, (demand, n, t) => {
        const [now, more] = [erlangC(demand, n, t), erlangC(demand, n + 1, t)];
        for (const share of [now.waitProbability, now.serviceLevel, now.occupancy]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(more.serviceLevel).toBeGreaterThanOrEqual(now.serviceLevel - 1e-12);
        expect(more.waitProbability).toBeLessThanOrEqual(now.waitProbability + 1e-12);
      }),
    );
  });

  test('who may give up waits no longer than who may not', () => {
    fc.assert(
      fc.property(load, agents, within, patience, (demand, n, t, p) => {
        const [calm, impatient] = [erlangC(demand, n, t), erlangA(demand, n, t, p)];
        for (const share of [impatient.waitProbability, impatient.abandonment, impatient.occupancy]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(impatient.waitProbability).toBeLessThanOrEqual(calm.waitProbability + 1e-9);
        expect(impatient.meanWaitSeconds!).toBeLessThanOrEqual((calm.meanWaitSeconds ?? Infinity) + 1e-6);
        // Those who gave up were not answered: together they cannot be more than all.
        expect(impatient.serviceLevel + impatient.abandonment).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  test('without hurry to give up, Erlang A becomes Erlang C', () => {
    const demand = { callsPerHour: 200, handleSeconds: 180 };
    const [calm, patient] = [erlangC(demand, 13, 20), erlangA(demand, 13, 20, 1e7)];
    expect(patient.serviceLevel).toBeCloseTo(calm.serviceLevel, 3);
    expect(patient.meanWaitSeconds!).toBeCloseTo(calm.meanWaitSeconds!, 1);
  });

  test('the number needed is enough, and one fewer is not', () => {
    fc.assert(
      fc.property(load, fc.double({ min: 0.05, max: 0.99, noNaN: true }), within, (demand, target, t) => {
        const n = agentsNeeded(demand, target, t);
        expect(erlangC(demand, n, t).serviceLevel).toBeGreaterThanOrEqual(target);
        if (n > 1) expect(erlangC(demand, n - 1, t).serviceLevel).toBeLessThan(target);
      }),
    );
  });

  test('the recursion equals the sum it stands for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 30, noNaN: true }), fc.integer({ min: 1, max: 40 }), (traffic, n) => {
        let term = 1;
        let sum = 1;
        for (let k = 1; k <= n; k++) sum += term *= traffic / k;
        expect(erlangB(traffic, n)).toBeCloseTo(term / sum, 10);
      }),
    );
  });
});
