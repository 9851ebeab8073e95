import { dueSteps, escalationOf } from '@app/domain/ladder';
import { breachOnly, isPromise } from '@app/domain/promise';
import { dueAt, type Pause } from '@app/domain/sla-clock';
import { addClockStates, addDeadlines, type Statement } from './clock-writes';
import type { FoundTicket } from './ticket-find';
import type { TicketWrite } from './ticket-write';
import type { ClockRow } from './ticket-view.dto';

/** A clock as it was before it was closed; what is needed to let it run again. */
export interface ClosedClock {
  id: string;
  state: 'running' | 'paused';
}

/** Closes every live clock without meeting it: the promise goes on elsewhere. Returns what was closed. */
export function cancelClocks(write: Statement, clocks: ClockRow[], why: 'merged' | 'split_undone'): ClosedClock[] {
  const live = clocks.filter((clock) => clock.state === 'running' || clock.state === 'paused');
  if (live.length === 0) return [];
  const closed = live.map(({ id, state }) => ({ id, state: state as ClosedClock['state'] }));
  addClockStates(
    write,
    live.map((clock) => ({ id: clock.id, state: 'cancelled', due_at: clock.dueAt, met_at: null })),
  );
  addDeadlines(
    write,
    live.map(({ id }) => ({ id, steps: [] })),
  );
  for (const clock of live) {
    write.emit('clock.cancelled', { clockId: clock.id, metric: clock.metric, why });
    clock.state = 'cancelled';
  }
  write.row.nextDueAt = null;
  return closed;
}

/** Lets closed clocks run again, counted from their own start and pauses as if they had never stood still. */
export function restoreClocks(
  write: TicketWrite,
  { clocks, pauses }: FoundTicket,
  closed: readonly ClosedClock[],
): void {
  const states = new Map(closed.map((one) => [one.id, one.state]));
  const live = write.liveClocks().filter((clock) => states.has(clock.id) && clock.state === 'cancelled');
  if (live.length === 0) return;
  const moved = live.map((clock) => {
    const cuts: Pause[] = clock.pausable ? pauses : [];
    const shape = { ...clock, minutes: clock.targetMinutes, pauses: cuts };
    const due = dueAt(shape);
    const row = clocks.find((one) => one.id === clock.id)!;
    const standing = cuts.some((pause) => pause.to === null);
    Object.assign(row, { state: standing ? 'paused' : 'running', dueAt: due });
    return { row, steps: standing ? breachOnly(due) : dueSteps(shape, escalationOf(clock.policy, clock.metric)) };
  });
  addClockStates(
    write,
    moved.map(({ row }) => ({ id: row.id, state: row.state, due_at: row.dueAt, met_at: null })),
  );
  addDeadlines(
    write,
    moved.map(({ row, steps }) => ({ id: row.id, steps })),
  );
  for (const { row } of moved) {
    const was = row.breachedAt ? 'breached' : row.warnedAt ? 'warned' : 'running';
    const { id: clockId, metric, state, dueAt: due } = row;
    write.emit('clock.restored', { clockId, metric, state, dueAt: due, was });
  }
  const dues = clocks.flatMap((one) =>
    one.state === 'running' && one.dueAt && isPromise(one) ? [one.dueAt.getTime()] : [],
  );
  write.row.nextDueAt = dues.length > 0 ? new Date(Math.min(...dues)) : null;
}
