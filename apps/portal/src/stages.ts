/** What the association is told: received, in hand, answered, closed. */
export const STAGES = ['received', 'taken', 'answered', 'closed'] as const;

const STAGE_OF: Record<string, number> = {
  new: 0,
  open: 1,
  pending: 1,
  on_hold: 1,
  answered: 2,
  resolved: 3,
  closed: 3,
};

/** 0 to 3; what a newer server may say and this page does not know is in hand. */
export function stageOf(status: string): number {
  return STAGE_OF[status] ?? 1;
}

const TONE: Record<string, string> = { pending: 'wait', answered: 'ok', resolved: 'ok', closed: '' };

export function toneOf(status: string): string {
  return TONE[status] ?? '';
}

/** The word for a status, feminine in French: it speaks of the request. */
export function statusWord(status: string): string {
  return status in STAGE_OF ? `portal.status.${status}` : 'portal.status.open';
}
