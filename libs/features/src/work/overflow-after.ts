/** Longest wait when the queue does not say: a working day. */
export const MAX_WAIT_SECONDS = 27_000;
/** The share of the longest wait after which neighbours may help, as for offered work. */
const NEIGHBOUR_SHARE = 0.15;

/** How long a ticket waits in its own hub before a neighbour is asked. */
export function overflowAfterMs(maxWaitSeconds: number | null): number {
  return (maxWaitSeconds ?? MAX_WAIT_SECONDS) * 1_000 * NEIGHBOUR_SHARE;
}
