import { HubView } from '../tickets/ticket-view.dto';

export const CONSULTATION_STATES = ['waiting', 'answered', 'cancelled', 'expired'] as const;
export type ConsultationState = (typeof CONSULTATION_STATES)[number];

/** Whom one may ask: an expert, or a hub that has agreed to be asked. */
export class ConsultedView {
  kind: 'account' | 'hub';
  id: string;
  nameFr: string;
  nameAr: string;
}

export class ConsultedList {
  items: ConsultedView[];
}

export class ConsultationView {
  id: string;
  ticketId: string;
  reference: string;
  subject: string;
  /** The hub that asks, and keeps the ticket. */
  hub: HubView;
  to: ConsultedView;
  question: string;
  state: ConsultationState;
  askedBy: string;
  askedAt: Date;
  /** The ticket returns by itself then. */
  expiresAt: Date;
  opinion: string | null;
  opinionBy: string | null;
  endedAt: Date | null;
  version: number;
}

export class ConsultationList {
  items: ConsultationView[];
}
