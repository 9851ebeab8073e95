import { planOf } from './clock-writes';
import type { TicketDraft } from './ticket-draft';
import type { TicketRow } from './ticket-row';

export function clockRow(clock: TicketDraft['clocks'][number] & { id: string }, row: TicketRow, draft: TicketDraft) {
  return {
    id: clock.id,
    ticket_id: row.id,
    hub_id: row.hubId,
    association_id: row.associationId,
    metric: clock.metric,
    policy_version_id: draft.policy.versionId,
    calendar_version_id: draft.calendarVersionId,
    time: clock.time,
    target_minutes: clock.targetMinutes,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
  };
}

export function deadlineRow({ id, steps }: TicketDraft['clocks'][number] & { id: string }, row: TicketRow) {
  return {
    clock_id: id,
    ticket_id: row.id,
    hub_id: row.hubId,
    association_id: row.associationId,
    ...planOf(steps),
  };
}
