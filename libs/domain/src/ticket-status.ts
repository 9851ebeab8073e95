import { Refusal } from './refusal';
import type { Status } from './ticket';

/** Statuses in which the question still needs somebody. */
export const OPEN_STATUSES = ['new', 'open', 'pending', 'on_hold', 'answered'] as const satisfies readonly Status[];

/** What a staff member says with a reply: it answers, answers and waits for the association, or answers and resolves. */
export const REPLY_OUTCOMES = ['answered', 'pending', 'resolved'] as const;
export type ReplyOutcome = (typeof REPLY_OUTCOMES)[number];

export type StatusActor = 'staff' | 'requester' | 'system';

const STAFF: Record<Status, readonly Status[]> = {
  new: ['open', 'pending', 'on_hold', 'resolved'],
  open: ['pending', 'on_hold', 'resolved'],
  pending: ['open', 'on_hold', 'resolved'],
  on_hold: ['open', 'pending', 'resolved'],
  answered: ['open', 'pending', 'on_hold', 'resolved'],
  resolved: ['open', 'closed'],
  closed: ['open'],
};
const SYSTEM: Partial<Record<Status, readonly Status[]>> = {
  new: ['open'],
  answered: ['resolved'],
  pending: ['resolved'],
  resolved: ['closed'],
};

/** After this many days a closed ticket is not reopened: a follow-up ticket is linked instead. */
export const REOPEN_DAYS = 30;

export function isOpen(status: Status): boolean {
  return (OPEN_STATUSES as readonly Status[]).includes(status);
}

/** The statuses that this actor may choose from here (product table of statuses). The requester may only say "resolved". */
export function nextStatuses(from: Status, by: StatusActor): readonly Status[] {
  if (by === 'staff') return STAFF[from];
  if (by === 'system') return SYSTEM[from] ?? [];
  return isOpen(from) ? ['resolved'] : [];
}

/**
 * Checks a chosen status. `on_hold` needs a reason, every other status refuses one.
 * @throws Refusal `status_not_allowed` when the table has no such step, `validation_failed` for the reason.
 */
export function checkTransition(from: Status, to: Status, by: StatusActor, holdReason: string | null): void {
  if (!nextStatuses(from, by).includes(to)) {
    throw new Refusal('status_not_allowed', `A ticket cannot go from ${from} to ${to}.`);
  }
  if (to === 'on_hold' && !holdReason) throw Refusal.field('/reason', 'required', 'A ticket on hold needs a reason.');
  if (to !== 'on_hold' && holdReason) throw Refusal.field('/reason', 'not_allowed', 'Only on_hold takes a reason.');
}

/** Status after a public message of the requester: always with us again. */
export function afterRequesterMessage(): Status {
  return 'open';
}

/** Whether a requester's message may still reopen; `closedAt` null when not closed. */
export function mayReopen(closedAt: Date | null, now: Date): boolean {
  return closedAt === null || now.getTime() - closedAt.getTime() <= REOPEN_DAYS * 86_400_000;
}

/** Whether resolution time stands still: we wait for the association, or for a third party with a reason that allows it. */
export function pausesResolution(status: Status, holdReasonPauses: boolean): boolean {
  return status === 'pending' || status === 'answered' || (status === 'on_hold' && holdReasonPauses);
}

/** Whether resolution is met. */
export function endsResolution(status: Status): boolean {
  return status === 'resolved' || status === 'closed';
}
