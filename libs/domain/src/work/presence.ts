import type { Load } from './capacity';

/** What an agent chooses. */
export const CHOSEN_PRESENCES = ['offline', 'available', 'away', 'training', 'meeting', 'recovery'] as const;
export type ChosenPresence = (typeof CHOSEN_PRESENCES)[number];
/** The last two are set by the system: an offer was missed, the browser is lost. */
export const PRESENCES = [...CHOSEN_PRESENCES, 'not_responding', 'disconnected'] as const;
export type Presence = (typeof PRESENCES)[number];

export const ACTIVITIES = ['idle', 'offered', 'busy', 'outbound', 'held', 'wrap_up'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** Without a sign of life for so long, an agent gets no new offers. */
export const STALE_AFTER_MS = 30_000;
/** And after so long is disconnected: offers go back, work in hand stays. */
export const DISCONNECTED_AFTER_MS = 90_000;
/** A shorter break does not cost an agent its place among the longest idle. */
export const SHORT_BREAK_MS = 5 * 60_000;

/** Whether the last sign of life is recent enough for new offers; null = never seen. */
export function isFresh(heartbeatAt: Date | null, now: Date): boolean {
  return heartbeatAt !== null && now.getTime() - heartbeatAt.getTime() <= STALE_AFTER_MS;
}

/** What the agent does now, derived from the work in its hands: the most urgent of it names the activity. */
export function activityOf(load: readonly Load[]): Activity {
  const live = load.filter((one) => !one.suspended);
  const has = (...states: Load['state'][]): boolean => live.some((one) => states.includes(one.state));
  const working = live.filter((one) => one.state === 'accepted' || one.state === 'active');
  if (working.some((one) => one.kind === 'callback')) return 'outbound';
  if (working.length > 0) return 'busy';
  if (has('wrap_up')) return 'wrap_up';
  if (has('held')) return 'held';
  if (has('offered')) return 'offered';
  return load.length > 0 ? 'held' : 'idle';
}

/** Whether the agent has work in hand: a change of presence then waits for its end, and drops nothing. */
export function isWorking(load: readonly Load[]): boolean {
  return load.some((one) => one.state !== 'offered');
}

/**
 * What a chosen presence does: applied at once, or kept until the last work is finished. Coming back is never kept waiting.
 */
export function choosePresence(to: ChosenPresence, load: readonly Load[]): 'now' | 'later' {
  return to !== 'available' && isWorking(load) ? 'later' : 'now';
}

/**
 * Since when an agent counts as idle when it is available again. Only the end of work moves it, or a break of 5 minutes and more;
 * a missed offer does not.
 */
export function idleSinceOnReturn(idleSince: Date, leftAt: Date, now: Date): Date {
  return now.getTime() - leftAt.getTime() >= SHORT_BREAK_MS ? now : idleSince;
}
