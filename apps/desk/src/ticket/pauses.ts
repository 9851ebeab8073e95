import type { Clock, HistoryEntry } from '../data/queries';

/** A stretch in which the clock stood still; no end while it does. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** When a clock stood still, read from what happened to it. Pure. */
export function pausesOf(clock: Pick<Clock, 'id'>, events: readonly HistoryEntry[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { type, at, data } of events) {
    if (type !== 'clock.moved' && type !== 'clock.met') continue;
    if (data.clockId !== clock.id) continue;
    const last = stretches.at(-1);
    const isOpen = last !== undefined && last.to === null;
    if (data.state === 'paused' && !isOpen) stretches.push({ from: Date.parse(at), to: null });
    else if (data.state !== 'paused' && isOpen) last.to = Date.parse(at);
  }
  return stretches;
}

/** Milliseconds of all stretches until now. */
export function pausedFor(stretches: readonly Stretch[], now: number): number {
  return stretches.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}
