import { v7 as uuid } from 'uuid';
import { isPromise } from '@app/domain/promise';
import type { EventType } from '@app/domain/events';
import type { DueStep } from '@app/domain/ladder';
import type { MovedClock, NextCycle, PromiseChange } from '@app/domain/promise';
import type { Status } from '@app/domain/ticket';
import { REPLAN } from '../sla/replan';
import type { ClockRow } from './ticket-view.dto';
import type { TicketRow } from './ticket-row';

/** The statement of an act, as far as clocks add to it. */
export interface Statement {
  row: TicketRow;
  add(name: string, sql: (first: number) => string, values: unknown[]): void;
  addRows(name: string, sql: (parameter: number) => string, rows: readonly object[]): void;
  emit(type: EventType, data?: Record<string, unknown>): void;
}

const LIST = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');

/** Rows of clocks, deadlines and pauses for one step of the promise; `clocks` follow, because the answer shows them. */
export function writePromise(
  write: Statement,
  clocks: ClockRow[],
  change: PromiseChange,
  at: { status: Status; now: Date },
): void {
  if (change.clocks.length > 0) moveClocks(write, clocks, change);
  writePauses(write, change, at);
  for (const next of change.started) start(write, clocks, next, at.now);
}

function moveClocks(write: Statement, clocks: ClockRow[], change: PromiseChange): void {
  addClockStates(
    write,
    change.clocks.map((clock) => ({ id: clock.id, state: clock.state, due_at: clock.dueAt, met_at: clock.metAt })),
  );
  addDeadlines(write, change.clocks);
  for (const moved of change.clocks) {
    const { id, metric, state, dueAt: due, metAt } = moved;
    write.emit(state === 'met' ? 'clock.met' : 'clock.moved', {
      clockId: id,
      metric,
      state,
      dueAt: due,
      why: 'status',
    });
    Object.assign(
      clocks.find((clock) => clock.id === id)!,
      { state, dueAt: due, metAt },
    );
  }
}

function writePauses(write: Statement, change: PromiseChange, at: { status: Status; now: Date }): void {
  const { id, hubId, associationId } = write.row;
  if (change.closePause) {
    write.add(
      'pause_closed',
      (n) => `update sla_pause set to_at = $${n} where ticket_id = $${n + 1} and to_at is null`,
      [at.now, id],
    );
  }
  if (change.openPause) {
    write.add(
      'pause_opened',
      (n) => `insert into sla_pause (id, ticket_id, hub_id, association_id, from_at, reason) values (${LIST(n, 6)})`,
      [uuid(), id, hubId, associationId, at.now, at.status],
    );
  }
}

/** A clock that begins with this act. */
function start(write: Statement, clocks: ClockRow[], next: NextCycle, now: Date): void {
  const { id, hubId, associationId } = write.row;
  const { steps, renewed, ...own } = next;
  const { cycle, state, dueAt: due, metric } = own;
  const clock: ClockRow = { ...own, id: uuid(), startedAt: now, metAt: null, warnedAt: null, breachedAt: null };
  clocks.push(clock);
  write.add(
    `clock_started_${metric}`,
    (
      n,
    ) => `insert into sla_clock (id, ticket_id, hub_id, association_id, metric, cycle, policy_version_id, calendar_version_id, time, target_minutes,
        started_at, due_at, state) values (${LIST(n, 13)})`,
    [
      clock.id,
      id,
      hubId,
      associationId,
      clock.metric,
      cycle,
      clock.policyVersionId,
      clock.calendarVersionId,
      clock.time,
      clock.targetMinutes,
      now,
      due,
      state,
    ],
  );
  const plan = planOf(steps);
  write.add(
    `deadline_started_${metric}`,
    (n) =>
      `insert into deadline (clock_id, ticket_id, hub_id, association_id, kind, due_at, later_kinds, later_dues) values (${LIST(n, 8)})`,
    [clock.id, id, hubId, associationId, plan.kind, plan.due_at, plan.later_kinds, plan.later_dues],
  );
  const { policyVersionId, calendarVersionId } = clock;
  const why = renewed ? { why: ['in_force'], policyVersionId, calendarVersionId } : {};
  write.emit('clock.started', { clockId: clock.id, metric, cycle, state, dueAt: due, ...why });
}

/** Clocks under another policy or target, counted again; the history says which fields moved them. */
export function rewriteClocks(
  write: Statement,
  moved: { clock: ClockRow; next: ClockRow; steps: DueStep[] }[],
  why: string[],
): void {
  if (moved.length === 0) return;
  const rows = moved.map(({ next }) => ({
    id: next.id,
    due_at: next.dueAt,
    target_minutes: next.targetMinutes,
    time: next.time,
    policy_version_id: next.policyVersionId,
    calendar_version_id: next.calendarVersionId,
  }));
  write.addRows(
    'clocks_rewritten',
    (
      n,
    ) => `update sla_clock c set due_at = x.due_at, target_minutes = x.target_minutes, time = x.time, policy_version_id = x.policy_version_id,
        calendar_version_id = x.calendar_version_id
      from jsonb_to_recordset($${n}::jsonb) as x(id uuid, due_at timestamptz, target_minutes int, time text, policy_version_id uuid, calendar_version_id uuid)
      where c.id = x.id`,
    rows,
  );
  addDeadlines(
    write,
    moved.map(({ next, steps }) => ({ id: next.id, steps })),
  );
  const dues = moved.flatMap(({ next }) => (next.dueAt && isPromise(next) ? [next.dueAt.getTime()] : []));
  write.row.nextDueAt = dues.length > 0 ? new Date(Math.min(...dues)) : null;
  for (const { clock, next } of moved) {
    write.emit('clock.moved', {
      clockId: next.id,
      metric: next.metric,
      state: next.state,
      from: clock.dueAt,
      dueAt: next.dueAt,
      why,
    });
    Object.assign(clock, next);
  }
}

export function addClockStates(write: Statement, rows: object[]): void {
  write.addRows(
    'clocks_moved',
    (n) => `update sla_clock c set state = x.state, due_at = x.due_at, met_at = x.met_at
      from jsonb_to_recordset($${n}::jsonb) as x(id uuid, state text, due_at timestamptz, met_at timestamptz) where c.id = x.id`,
    rows,
  );
}

/** The row of a clock in `deadline`: the next step and those after it. It sleeps when there is none. */
export function planOf(steps: readonly DueStep[]) {
  const [next, ...later] = steps;
  return {
    kind: next?.kind ?? null,
    due_at: next?.at ?? null,
    later_kinds: later.map((step) => step.kind),
    later_dues: later.map((step) => step.at),
  };
}

/** Plans the steps anew; what has taken effect already stays out. */
export function addDeadlines(write: Statement, clocks: Pick<MovedClock, 'id' | 'steps'>[]): void {
  const rows = clocks.map(({ id, steps }) => ({
    clock_id: id,
    kinds: steps.map((step) => step.kind),
    dues: steps.map((step) => step.at),
  }));
  write.addRows('deadlines_moved', (n) => REPLAN(`$${n}`), rows);
}
