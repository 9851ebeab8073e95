import type { RelaxationTimes } from '@app/domain/work/relaxation';

/** Longest wait when the queue does not say: a working day. */
export const MAX_WAIT_SECONDS = 27_000;

/** How long a ticket waits in its own hub before a neighbour is asked, as for offered work; null: for ever. */
export function overflowAfterMs(maxWaitSeconds: number | null, { neighbour }: RelaxationTimes): number | null {
  return neighbour === null ? null : ((maxWaitSeconds ?? MAX_WAIT_SECONDS) * 1_000 * neighbour) / 100;
}
