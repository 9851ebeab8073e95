import type { FigureWords } from './call-report.dto';

export class ContactShare {
  part: number;
  whole: number;
  /** Null without a closed question. */
  value: number | null;
}

/** One closed question that came back, or that others had to answer. */
export class FirstContactItem {
  ticketId: string;
  reference: string;
  closedAt: Date;
  escalated: boolean;
  /** What the same person asked again on the same subject within the week. */
  repeatId: string | null;
  repeatReference: string | null;
}

export class FirstContactView {
  hubId: string;
  from: string;
  to: string;
  name: FigureWords;
  formula: FigureWords;
  /** Escalation is no failure here… */
  resolved: ContactShare;
  /** …and is one here. */
  withoutEscalation: ContactShare;
  repeats: number;
  escalations: number;
  /** Closed less than a week ago: not settled, and not counted. */
  unsettled: number;
  /** The failures of either kind, the newest first; at most 200. */
  items: FirstContactItem[];
}
