import fc from 'fast-check';
import { classOf, HISTOGRAM_CLASSES, lowerEdge, quantile } from './duration-histogram';

function histogram(seconds: readonly number[]): number[] {
  const counts: number[] = [];
  for (const one of seconds) {
    const index = classOf(one);
    while (counts.length <= index) counts.push(0);
    counts[index] += 1;
  }
  return counts;
}

test('classes begin at their edges', () => {
  expect([0, 59, 60, 599, 600, 3600].map(classOf)).toEqual([0, 0, 1, 10, 11, 18]);
  expect(classOf(-5)).toBe(0);
  expect(classOf(1e12)).toBe(HISTOGRAM_CLASSES - 1);
});

test('no data has no median', () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([0, 0], 0.9)).toBeNull();
});

test('every duration lies in its class', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6_000_000 }), (seconds) => {
      const index = classOf(seconds);
      expect(seconds / 60).toBeGreaterThanOrEqual(lowerEdge(index));
      if (index + 1 < HISTOGRAM_CLASSES) expect(seconds / 60).toBeLessThan(lowerEdge(index + 1));
    }),
  );
});

test('a quantile lies in the class of the true one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.9),
      (durations, share) => {
        const sorted = [...durations].sort((a, b) => a - b);
        const index = classOf(sorted[Math.ceil(share * sorted.length) - 1]);
        const found = quantile(histogram(durations), share)!;
        expect(found).toBeGreaterThanOrEqual(lowerEdge(index));
        expect(found).toBeLessThanOrEqual(lowerEdge(Math.min(index + 1, HISTOGRAM_CLASSES - 1)) + 1e-9);
      },
    ),
  );
});
