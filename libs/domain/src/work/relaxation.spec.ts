import fc from 'fast-check';
import {
  checkTimes,
  opens,
  RELAXATIONS,
  SET_STEPS,
  stepReached,
  timesOf,
  USUAL_TIMES,
  type RelaxationTimes,
} from './relaxation';

const percent = fc.option(fc.integer({ min: 0, max: 100 }));
const anyTimes = fc
  .tuple(percent, percent, percent)
  .map(([a, b, c]): RelaxationTimes => ({ lower_level: a, neighbour: b, callback: c }));

test('a telephone queue of ten minutes: 45, 90 and 180 s, and everything after ten minutes', () => {
  const at = (seconds: number) => stepReached(seconds * 1_000, 600, USUAL_TIMES);
  expect([-5, 0, 44, 45, 89, 90, 179, 180, 599, 600].map(at)).toEqual([
    'best_fit', 'best_fit', 'best_fit', 'lower_level', 'lower_level', 'neighbour', 'neighbour', 'callback', 'callback', 'max_wait',
  ]); // prettier-ignore
});

test('waiting never takes anything back, and a step that is switched off never opens', () => {
  fc.assert(
    fc.property(anyTimes, fc.nat(1_200), fc.nat(1_200), (times, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((seconds) => stepReached(seconds * 1_000, 600, times));
      const sorted = SET_STEPS.every(
        (step, i) =>
          i === 0 ||
          times[step] === null ||
          times[SET_STEPS[i - 1]] === null ||
          times[step] >= times[SET_STEPS[i - 1]]!,
      );
      if (sorted) expect(RELAXATIONS.indexOf(more)).toBeGreaterThanOrEqual(RELAXATIONS.indexOf(less));
      for (const step of SET_STEPS) {
        if (times[step] !== null) continue;
        expect(less).not.toBe(step);
        expect(opens(step, more, times)).toBe(false);
      }
    }),
  );
});

test('a queue’s own word counts before the programme’s; null switches a step off', () => {
  expect(timesOf(null, null)).toEqual(USUAL_TIMES);
  expect(timesOf({ neighbour: 20, callback: null }, { lower_level: 5 })).toEqual({
    lower_level: 5,
    neighbour: 20,
    callback: null,
  });
  expect(timesOf({ callback: null }, { callback: 60 }).callback).toBe(60);
  expect(timesOf({ callback: 60 }, { callback: null }).callback).toBeNull();
});

test('a step before the one before it and a share that is none are pointed at', () => {
  const refused = (given: Partial<RelaxationTimes>): string[] => {
    try {
      checkTimes(given, timesOf(null, given));
      return [];
    } catch (error) {
      return (error as { errors: { pointer: string; code: string }[] }).errors.map(
        (one) => `${one.pointer} ${one.code}`,
      );
    }
  };
  expect(refused({ lower_level: 20 })).toEqual(['/relaxation out_of_order']);
  expect(refused({ neighbour: 5 })).toEqual(['/relaxation/neighbour out_of_order']);
  expect(refused({ callback: 101 })).toEqual(['/relaxation/callback out_of_range']);
  expect(refused({ lower_level: null, neighbour: 5, callback: 5 })).toEqual([]);
});
