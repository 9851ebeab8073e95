import type { LinkKind } from '@app/domain/collaboration';
import type { Status } from '@app/domain/ticket';
import { TicketView } from '../tickets/ticket-view.dto';

export class MergedView {
  id: string;
  /** Until then it can be taken back. */
  undoUntil: Date;
  /** Closed, and pointing to the target. */
  source: TicketView;
  target: TicketView;
}

export class RelatedTicketView {
  id: string;
  reference: string;
  subject: string;
  status: Status;
  openedAt: Date;
}

export class LinkView {
  id: string;
  kind: LinkKind;
  /** `from`: this ticket points to the other one; `to`: the other one points here. */
  direction: 'from' | 'to';
  ticket: RelatedTicketView;
  createdAt: Date;
  /** Of a split that can still be taken back. */
  undoUntil: Date | null;
}

export class MergeView {
  id: string;
  ticket: RelatedTicketView;
  at: Date;
  undoUntil: Date;
}

/** Everything that one ticket has to do with others. */
export class RelationsView {
  /** The ticket in which this one goes on. */
  mergedInto: MergeView | null;
  /** Tickets that go on in this one. */
  merged: MergeView[];
  links: LinkView[];
  /** The earlier ticket that this one continues. */
  followUpOf: RelatedTicketView | null;
  followUps: RelatedTicketView[];
}

export class SplitView {
  /** The link between the two. */
  linkId: string;
  undoUntil: Date;
  ticket: TicketView;
  /** Why this hub and this queue, in words. */
  routing: { fr: string; ar: string };
}

/** What merging would do, before it is done. */
export class MergePreviewView {
  source: RelatedTicketView;
  target: RelatedTicketView;
  /** What stands against it, or null. */
  obstacle: string | null;
  /** The survivor opens again, because the source still waits for an answer. */
  reopensTarget: boolean;
  /** What follows, in words: for the desk and for the requester. */
  consequences: { fr: string; ar: string }[];
}
