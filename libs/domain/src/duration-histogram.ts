/** Ten classes a decade: a class is 26 % wide, from one minute to 10^5 (69 days), with one below and one above. */
const CLASSES_PER_DECADE = 10;
const DECADES = 5;
export const HISTOGRAM_CLASSES = CLASSES_PER_DECADE * DECADES + 2;

/** Lower edge of a class in minutes; class 0 starts at 0. */
export function lowerEdge(index: number): number {
  return index === 0 ? 0 : 10 ** ((index - 1) / CLASSES_PER_DECADE);
}

const EDGES = Array.from({ length: HISTOGRAM_CLASSES }, (_, index) => lowerEdge(index));

/** The class that holds a duration in seconds; negative ones count as none. */
export function classOf(seconds: number): number {
  const minutes = seconds / 60;
  let index = 0;
  while (index + 1 < HISTOGRAM_CLASSES && minutes >= EDGES[index + 1]) index += 1;
  return index;
}

/**
 * The duration in minutes below which a share of all lies: right about its class, and in between as if all were spread evenly there.
 * Classes at the end that hold nothing may be absent. Null without data.
 * @param share above 0, up to 1 (0.5: the median)
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  const rank = share * total;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const from = EDGES[index];
      const to = EDGES[index + 1] ?? from;
      return from + ((rank - below) / count) * (to - from);
    }
    below += count;
  }
  return EDGES[counts.length] ?? EDGES[HISTOGRAM_CLASSES - 1];
}
