import { t } from '@app/ui/i18n';
import type { TicketSummary } from '../data/queries';

/** The status in words of who has the next move: `desk.moves.<status>`. */
export function whoMoves({ status }: Pick<TicketSummary, 'status'>): string {
  return t(`desk.moves.${status}`);
}

/** Nothing stands between the ticket and us. */
export function isOurs({ status }: Pick<TicketSummary, 'status'>): boolean {
  return status === 'new' || status === 'open';
}

/** The nearest live target, as the chip wants it. Null: nothing runs and nothing is paused. */
export function nearestClock(row: TicketSummary) {
  if (row.nextDueAt) return { state: 'running' as const, dueAt: row.nextDueAt, startedAt: row.openedAt };
  if (row.status === 'pending' || row.status === 'on_hold' || row.status === 'answered') {
    return { state: 'paused' as const, dueAt: null };
  }
  return row.status === 'resolved' || row.status === 'closed' ? { state: 'met' as const, dueAt: null } : null;
}
