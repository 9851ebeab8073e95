import type { Relaxation } from '@app/domain/work/relaxation';
import type { WaitReason } from '@app/domain/work/reasons';
import type { ItemState, WorkKind } from '@app/domain/work/work-item';
import { PresenceReasonView, PresenceView } from './presence-view.dto';

export class OfferView {
  id: string;
  itemId: string;
  kind: WorkKind;
  /** The ticket, call or callback; null while it is another hub's. */
  subjectId: string | null;
  queueCode: string;
  priority: string;
  /** Of the answer. */
  language: string | null;
  /** When the work first came. */
  queuedAt: Date;
  offeredAt: Date;
  /** Accepted later, it is closed. */
  expiresAt: Date;
  /** Null while the ticket is another hub's. */
  ticketId: string | null;
  reference: string | null;
}

export class OfferListView {
  items: OfferView[];
}

export class WorkView {
  id: string;
  kind: WorkKind;
  /** The ticket, call or callback. */
  subjectId: string;
  state: ItemState;
  ticketId: string | null;
  reference: string | null;
  queuedAt: Date;
  stateSince: Date;
  wrapUpUntil: Date | null;
}

export class WorkListView {
  items: WorkView[];
}

export class CompletedView {
  /** `completed`, or `wrap_up` while what remains is written up. */
  state: ItemState;
}

export class AgentView extends PresenceView {
  accountId: string;
  name: string;
  /** Code of the reason of absence. */
  reason: string | null;
  /** Offers and work in hand. */
  items: number;
}

export class AgentListView {
  items: AgentView[];
}

export class PresenceReasonList {
  items: PresenceReasonView[];
}

export class WaitWordsView {
  fr: string;
  ar: string;
}

/** Work that waits, and why. */
export class WaitingView {
  id: string;
  kind: WorkKind;
  ticketId: string | null;
  reference: string | null;
  queueCode: string;
  priority: string;
  language: string | null;
  queuedAt: Date;
  /** How far the demands are relaxed by now. */
  relaxation: Relaxation;
  /** Null until it has been looked at, within a second. */
  why: WaitReason | null;
  /** Codes of skills that nobody present has at the level asked for. */
  missingSkills: string[];
  /** The same in words. */
  text: WaitWordsView | null;
}

export class WaitingListView {
  /** The longest waiting first, at most 200. */
  items: WaitingView[];
}
