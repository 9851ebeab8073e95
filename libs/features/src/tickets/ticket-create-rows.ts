import { planOf } from './clock-writes';
import type { TicketDraft } from './ticket-draft';

/** A clock and its deadline. */
export function clockRow(clock: TicketDraft['clocks'][number] & { id: string }) {
  const plan = planOf(clock.steps);
  return {
    id: clock.id,
    metric: clock.metric,
    time: clock.time,
    target_minutes: clock.targetMinutes,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    kind: plan.kind,
    step_at: plan.due_at,
    later_kinds: plan.later_kinds,
    later_dues: plan.later_dues,
  };
}
