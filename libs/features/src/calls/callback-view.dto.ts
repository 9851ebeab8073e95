import type { AttemptOutcome, CallbackSource, CallbackState } from '@app/domain/calls/callback-rules';
import { CallAssociationView, CallPersonView } from './call-view.dto';

export class CallbackItem {
  id: string;
  reference: string;
  state: CallbackState;
  source: CallbackSource;
  number: string;
  numberDisplay: string;
  name: string | null;
  contact: CallPersonView | null;
  association: CallAssociationView | null;
  queueCode: string;
  language: 'fr' | 'ar';
  subject: string | null;
  ticketId: string | null;
  ticketReference: string | null;
  callId: string | null;
  /** When the wait began: it gives the place. */
  queuedAt: Date;
  requestedAt: Date;
  windowFrom: Date;
  windowTo: Date;
  /** The first attempt is promised by then. */
  dueAt: Date;
  promise: 'running' | 'met' | 'breached' | 'cancelled';
  nextTryAt: Date;
  /** Within the window, from the next try on, in opening hours, and nobody is calling. */
  mayDial: boolean;
  attempts: number;
  /** How often the number has rung meanwhile. */
  missedCalls: number;
  endedAt: Date | null;
  /** On offer to or in the hands of. */
  agent: CallPersonView | null;
  version: number;
}

export class CallbackPage {
  items: CallbackItem[];
  nextCursor: string | null;
}

export class AttemptView {
  id: string;
  number: number;
  agent: CallPersonView;
  startedAt: Date;
  endedAt: Date | null;
  outcome: AttemptOutcome | null;
  nextTryAt: Date | null;
}

export class CallbackView extends CallbackItem {
  attemptList: AttemptView[];
}

export class SlotView {
  from: Date;
  to: Date;
  free: number;
}

export class SlotListView {
  items: SlotView[];
}

/** What the requester sees of it. */
export class OwnCallbackView {
  id: string;
  reference: string;
  state: CallbackState;
  numberDisplay: string;
  windowFrom: Date;
  windowTo: Date;
  dueAt: Date;
  attempts: number;
  language: 'fr' | 'ar';
  version: number;
}

export class OwnCallbackList {
  items: OwnCallbackView[];
}

export class CallbackReceipt extends OwnCallbackView {
  /** Changes and cancels it together with the reference; null for who is signed in. */
  code: string | null;
}
