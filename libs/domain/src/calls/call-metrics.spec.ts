import fc from 'fast-check';
import {
  abandonment,
  adherence,
  answerSpeed,
  callbackShares,
  conformance,
  countService,
  estimatedWait,
  firstContact,
  handleTime,
  longestWait,
  missedOffers,
  occupancy,
  serviceLevels,
  utilisation,
  type CallFact,
} from './call-metrics';
import type { CallOutcome } from './call-record';

let made = 0;
const calls = (count: number, outcome: CallOutcome, waitSeconds: number, more: Partial<CallFact> = {}): CallFact[] =>
  Array.from({ length: count }, () => ({
    id: String((made += 1)),
    outcome,
    waitMs: waitSeconds * 1_000,
    short: false,
    talkMs: outcome === 'answered' ? 240_000 : null,
    holdMs: outcome === 'answered' ? 20_000 : 0,
    wrapMs: outcome === 'answered' ? 60_000 : 0,
    handles: 1,
    measured: true,
    ...more,
  }));

/** The half-hour of forty calls: 26 answered in time, 6 later, 2 + 1 + 3 hung up, one called back, one passed on. Waits sum to 512 s. */
const HALF_HOUR = [
  ...calls(26, 'answered', 10),
  ...calls(6, 'answered', 42),
  ...calls(2, 'abandoned', 4),
  ...calls(1, 'abandoned', 12),
  ...calls(3, 'abandoned', 50),
  ...calls(1, 'called_back', 95),
  ...calls(1, 'overflowed', 60),
];
const LIMITS = { thresholdMs: 20_000, shortMs: 5_000 };
const percent = ({ value }: { value: number | null }): number => Math.round(value! * 1_000) / 10;

test('forty calls give seven service levels', () => {
  const levels = serviceLevels(countService(HALF_HOUR, LIMITS));
  expect(
    Object.fromEntries(Object.entries(levels).map(([name, one]) => [name, [one.part, one.whole, percent(one)]])),
  ).toEqual({
    offered: [26, 40, 65],
    strict: [26, 38, 68.4],
    default: [26, 36, 72.2],
    removed: [29, 40, 72.5],
    late_only: [26, 35, 74.3],
    sl2: [29, 38, 76.3],
    answered: [26, 32, 81.3],
  });
});

test('18: offered is the sum of the outcomes, at each roll-up; calls out of hours and lost ones stand outside', () => {
  const counts = countService(
    [...HALF_HOUR, ...calls(3, 'closed', 9), ...calls(2, 'lost', 9), ...calls(1, 'voicemail', 30)],
    LIMITS,
  );
  expect(counts.offered).toBe(41);
  const halves = [HALF_HOUR.slice(0, 17), HALF_HOUR.slice(17)].map((part) => countService(part, LIMITS).offered);
  expect(halves[0] + halves[1]).toBe(countService(HALF_HOUR, LIMITS).offered);
});

test('18: every call in has one class at each threshold, and offered is their sum, whole or in parts', () => {
  const outcomes = [
    'answered',
    'abandoned',
    'called_back',
    'overflowed',
    'voicemail',
    'closed',
    'lost',
    'blocked',
  ] as CallOutcome[];
  const any = fc.array(fc.record({ outcome: fc.constantFrom(...outcomes), wait: fc.nat(120) }), { maxLength: 60 });
  fc.assert(
    fc.property(any, fc.nat(60), fc.nat(60), fc.nat(60), (made, threshold, short, cut) => {
      const all = made.flatMap(({ outcome, wait }) => calls(1, outcome, wait));
      const limits = { thresholdMs: threshold * 1_000, shortMs: short * 1_000 };
      const counts = countService(all, limits);
      const of = (...which: CallOutcome[]): number => all.filter((one) => which.includes(one.outcome)).length;
      expect(counts.answeredWithin + counts.answeredLater).toBe(of('answered'));
      expect(counts.offered).toBe(of('answered', 'abandoned', 'called_back', 'overflowed', 'voicemail'));
      const [head, tail] = [countService(all.slice(0, cut), limits), countService(all.slice(cut), limits)];
      for (const key of Object.keys(counts) as (keyof typeof counts)[]) {
        expect([key, head[key] + tail[key]]).toEqual([key, counts[key]]);
      }
    }),
  );
});

test('speed of answer, handling, abandonment and missed offers', () => {
  expect(answerSpeed(HALF_HOUR)).toEqual({ count: 32, meanMs: 16_000, medianMs: 10_000, p90Ms: 42_000 });
  expect(handleTime(HALF_HOUR)).toEqual({ handles: 32, totalMs: 10_240_000, meanMs: 320_000 });
  const { net, raw } = abandonment(countService(HALF_HOUR, LIMITS));
  expect([net.part, net.whole, percent(net)]).toEqual([4, 38, 10.5]);
  expect([raw.part, raw.whole, percent(raw)]).toEqual([6, 40, 15]);
  expect(percent(missedOffers({ offers: 38, timedOut: 3 }))).toBe(7.9);
});

test('a transferred call is one handle for each who had it', () => {
  expect(handleTime(calls(1, 'answered', 5, { handles: 2 }))).toMatchObject({ handles: 2, meanMs: 160_000 });
});

test('time of agents', () => {
  const time = { loggedMs: 12_600_000, pausedMs: 900_000, ringMs: 260_000, handleMs: 10_240_000 };
  expect(percent(occupancy(time))).toBe(89.5);
  expect(percent(utilisation(time))).toBe(87.5);
  expect(
    percent(
      adherence([
        { inState: 399, planned: 420 },
        { inState: 54, planned: 60 },
      ]),
    ),
  ).toBe(94.4);
  expect(percent(conformance(399 + 6 + 15, 420))).toBe(100);
});

test('first contact, waits and callbacks', () => {
  expect(percent(firstContact(120, { repeats: 18 }))).toBe(85);
  expect(percent(firstContact(120, { repeats: 18, escalated: 24, both: 6 }))).toBe(70);
  expect(estimatedWait(3, 320_000, 4)).toBe(320_000);
  expect(estimatedWait(3, 320_000, 0)).toBeNull();
  const now = new Date('2026-11-23T10:00:00Z');
  expect(longestWait([new Date('2026-11-23T09:58:00Z'), new Date('2026-11-23T09:59:00Z')], now)).toBe(120_000);
  expect(longestWait([], now)).toBe(0);
  const { reached, kept } = callbackShares({ requested: 22, cancelled: 3, reached: 16, kept: 15 });
  expect([percent(reached), percent(kept)]).toEqual([84.2, 78.9]);
});

test('without traffic there is no value', () => {
  const empty = countService([], LIMITS);
  expect(Object.values(serviceLevels(empty)).map((one) => one.value)).toEqual(Array(7).fill(null));
  expect(abandonment(empty).net.value).toBeNull();
  expect(answerSpeed([]).meanMs).toBeNull();
});
