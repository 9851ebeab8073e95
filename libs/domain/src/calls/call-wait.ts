import { instantOf, type CanonicalEvent, type Direction } from './canonical-event';

/** When the wait began, in ms: in the first queue where a system tells of queues, else with the call. Null for a call out. */
export function queuedOf(events: readonly CanonicalEvent[], direction: Direction, startedAt: number): number | null {
  const entered = events.filter((event) => event.type === 'queue.entered').map(instantOf);
  if (entered.length > 0) return Math.min(...entered);
  return direction === 'in' ? startedAt : null;
}

interface Wait {
  from: number;
  answeredAt: number | null;
  endedAt: number | null;
}

/**
 * Time until the answer, or until the caller left the queue, in ms; null while it goes on. The line may stay open longer, for an
 * announcement or an answering machine: that is no waiting any more.
 */
export function waitOf(events: readonly CanonicalEvent[], { from, answeredAt, endedAt }: Wait): number | null {
  const until = answeredAt ?? leftOf(events, endedAt);
  return until === null ? null : Math.max(0, until - from);
}

/** The first leave after the last entry; systems may tell of one leaving twice. */
function leftOf(events: readonly CanonicalEvent[], endedAt: number | null): number | null {
  if (endedAt === null) return null;
  const of = (type: CanonicalEvent['type']): number[] => events.filter((one) => one.type === type).map(instantOf);
  const entered = Math.max(...of('queue.entered'));
  return Math.min(endedAt, ...of('queue.left').filter((at) => at >= entered));
}
