import type { EscalationLevel } from '../tickets/ticket-escalation';

export class SentenceView {
  fr: string;
  ar: string;
}

export class ReasonView extends SentenceView {
  code: string;
}

export class EscalationOptionView {
  to: EscalationLevel;
  /** The ticket is below this level, and may be given to it. */
  available: boolean;
  /** Who would take over; null leaves it to whoever of the level takes it. */
  ownerName: string | null;
  /** What follows, said before it is confirmed. */
  consequences: SentenceView[];
}

export class EscalationOptionsView {
  reasons: ReasonView[];
  options: EscalationOptionView[];
  /** The way that moves nothing: an opinion is asked. */
  consultation: SentenceView[];
}
