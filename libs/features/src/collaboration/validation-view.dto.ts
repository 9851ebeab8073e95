import type { ReplyOutcome } from '@app/domain/ticket-status';
import { HubView, PersonView } from '../tickets/ticket-view.dto';

export const VALIDATION_STATES = ['waiting', 'approved', 'refused', 'withdrawn'] as const;
export type ValidationState = (typeof VALIDATION_STATES)[number];

export class ValidationView {
  id: string;
  ticketId: string;
  reference: string;
  subject: string;
  hub: HubView;
  author: PersonView;
  /** Whom the author asked; null: any colleague. */
  validatorId: string | null;
  /** The text that would leave. */
  body: string;
  outcome: ReplyOutcome;
  state: ValidationState;
  requestedAt: Date;
  decidedBy: PersonView | null;
  decidedAt: Date | null;
  remarks: string | null;
  /** The reply, once it has left. */
  messageId: string | null;
  /** The association has written since the author read the ticket. */
  stale: boolean;
  version: number;
}

export class ValidationList {
  items: ValidationView[];
}
