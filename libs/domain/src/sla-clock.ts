import { addBusinessTime, type BusinessCalendar, businessMs, checkHorizon } from './business-hours';
import type { TimeKind, Warning } from './sla-policy';
import { MINUTE_MS } from './zone';

/** A stretch that does not count; `to` null = still going on. One that ends before it begins is nothing. */
export interface Pause {
  from: Date;
  to: Date | null;
}

/** One promise: `minutes` of `time`, counted from `startedAt`. Pauses may overlap and come in any order. */
export interface SlaClock {
  startedAt: Date;
  minutes: number;
  time: TimeKind;
  calendar: BusinessCalendar;
  pauses: readonly Pause[];
}

export const CLOCK_STATES = ['running', 'paused', 'met', 'breached'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Pauses in UTC ms: cut to the start of the clock, ascending, apart; an open one ends at Infinity. */
export function mergedPauses({ startedAt, pauses }: SlaClock): { from: number; to: number }[] {
  const start = startedAt.getTime();
  const cut = pauses
    .map(({ from, to }) => ({ from: Math.max(from.getTime(), start), to: to ? to.getTime() : Infinity }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const pause of cut) {
    const last = merged.at(-1);
    if (last && last.to >= pause.from) last.to = Math.max(last.to, pause.to);
    else merged.push(pause);
  }
  return merged;
}

function count({ time, calendar }: SlaClock, from: number, to: number): number {
  return time === 'calendar' ? Math.max(0, to - from) : businessMs(calendar, new Date(from), new Date(to));
}

/** The first instant at which `ms` of the clock are used; null when a pause still going on comes before it. */
function instantWhenUsed(clock: SlaClock, ms: number): Date | null {
  let left = ms;
  let cursor = clock.startedAt.getTime();
  for (const pause of mergedPauses(clock)) {
    const used = count(clock, cursor, pause.from);
    if (pause.from > cursor && used >= left) break;
    if (pause.to === Infinity) return null;
    left -= used;
    cursor = pause.to;
  }
  const from = new Date(cursor);
  return clock.time === 'calendar' ? checkHorizon(from, cursor + left) : addBusinessTime(clock.calendar, from, left);
}

/**
 * The due instant: when the target is used up, pauses cut out. Null while a pause goes on, because nothing is due then;
 * but what was due before the pause began stays due. Refuses a due time more than five years ahead.
 */
export function dueAt(clock: SlaClock): Date | null {
  return instantWhenUsed(clock, clock.minutes * MINUTE_MS);
}

/** When `percent` of the target is used up, pauses cut out; null while a pause goes on before that. */
export function instantAtShare(clock: SlaClock, percent: number): Date | null {
  return instantWhenUsed(clock, Math.round((clock.minutes * MINUTE_MS * percent) / 100));
}

/** Counted milliseconds from the start to `now`, pauses cut out; 0 before the start. */
export function usedMs(clock: SlaClock & { now: Date }): number {
  const now = clock.now.getTime();
  let cursor = clock.startedAt.getTime();
  let used = 0;
  for (const { from, to } of mergedPauses(clock)) {
    if (from >= now) break;
    used += count(clock, cursor, from);
    cursor = to;
  }
  return cursor < now ? used + count(clock, cursor, now) : used;
}

/** Counted milliseconds left at `now`: stands still while paused, negative once overdue. */
export function remainingMs(clock: SlaClock & { now: Date }): number {
  return clock.minutes * MINUTE_MS - usedMs(clock);
}

/**
 * When the warning fires: the first instant at which its share of the target or its minutes are left, whichever comes
 * first; the start itself when the whole target is shorter. Null while a pause goes on, and without any threshold.
 */
export function warnAt(clock: SlaClock, { percentLeft, minutesLeft }: Pick<Warning, 'percentLeft' | 'minutesLeft'>) {
  if (percentLeft === null && minutesLeft === null) return null;
  const budget = clock.minutes * MINUTE_MS;
  const left = Math.max(Math.round((budget * (percentLeft ?? 0)) / 100), (minutesLeft ?? 0) * MINUTE_MS);
  return instantWhenUsed(clock, Math.max(0, budget - left));
}

/**
 * The state at `now`. Breached from the due instant on, also when satisfied late or paused since; met when satisfied
 * before it.
 */
export function clockState(clock: SlaClock & { now: Date; satisfiedAt?: Date | null }): ClockState {
  const satisfied = clock.satisfiedAt && clock.satisfiedAt <= clock.now ? clock.satisfiedAt : null;
  if (remainingMs({ ...clock, now: satisfied ?? clock.now }) <= 0) return 'breached';
  if (satisfied) return 'met';
  const now = clock.now.getTime();
  return mergedPauses(clock).some(({ from, to }) => from <= now && now < to) ? 'paused' : 'running';
}
