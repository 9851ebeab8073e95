import { planOf } from './clock-writes';
import type { TicketDraft } from './ticket-draft';

/** A clock and its deadline, in the order of `CLOCK_VALUES`. */
export function clockValues(clock: TicketDraft['clocks'][number] & { id: string }): unknown[] {
  const plan = planOf(clock.steps);
  return [
    clock.id,
    clock.metric,
    clock.time,
    clock.targetMinutes,
    clock.startedAt,
    clock.dueAt,
    plan.kind,
    plan.due_at,
    plan.later_kinds,
    plan.later_dues,
  ];
}

export const CLOCK_VALUES = 10;
