import type { RatingReason } from '@app/domain/rating';
import { NamedView, PersonView } from '../tickets/ticket-view.dto';

export class RatingView {
  /** 1 to 5. */
  score: number;
  reason: RatingReason | null;
  comment: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export class TicketRatingView {
  /** Whether there is an answer to rate. */
  allowed: boolean;
  rating: RatingView | null;
}

/** What the page behind the link of a mail shows. */
export class RatingPageView extends TicketRatingView {
  reference: string;
  hub: NamedView;
  /** Language of the answers. */
  locale: 'fr' | 'ar';
}

export class RatingItem extends RatingView {
  ticketId: string;
  reference: string;
  subject: string;
  /** Who had answered. */
  agent: PersonView | null;
}

export class RatingReport {
  /** Number of notes in the period, whatever the page. */
  n: number;
  /** With one decimal; null without notes. */
  average: number | null;
  /** How many notes of 1, 2, 3, 4 and 5. */
  byScore: number[];
  definition: RatingDefinition;
  items: RatingItem[];
  nextCursor: string | null;
}

export class RatingDefinition {
  fr: string;
  ar: string;
}
