import { AttachmentView } from '../files/file-view.dto';
import type { Language } from '@app/domain/language';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import type { AuthorKind, MessageKind } from '@app/domain/ticket';

export class MessageView {
  id: string;
  ticketId: string;
  kind: MessageKind;
  authorId: string | null;
  authorKind: AuthorKind;
  authorName: string;
  language: Language;
  /** Direction of the text itself, whatever the screen's. */
  direction: 'ltr' | 'rtl';
  body: string;
  /** The sentence that every written answer carries, in its language. */
  legalNotice: string | null;
  /** People of the hub whom a note calls. */
  mentions: string[];
  /** The ticket it was copied from, after a split. */
  originalTicketId: string | null;
  attachments: AttachmentView[];
  /** When it leaves, of a reply that can still be taken back; null once it is there. */
  sendAt: Date | null;
  createdAt: Date;
}

export class MessagePage {
  items: MessageView[];
}

/** One line of the history. */
export class HistoryEntry {
  id: string;
  at: Date;
  atLocal: string;
  type: string;
  actor: { id: string; name: string | null } | null;
  version: number | null;
  /** Ids, enumerated values and instants. */
  data: Record<string, unknown>;
  /** What happened and why, in words. */
  text: { fr: string; ar: string };
}

export class HistoryPage {
  items: HistoryEntry[];
}

/** A reply that has not left. */
export class PendingReplyView {
  /** That of the message, once it has left. */
  id: string;
  ticketId: string;
  authorId: string;
  authorName: string;
  body: string;
  outcome: ReplyOutcome;
  sendAt: Date;
  /** `refused`: something newer came in meanwhile, or the ticket does not take it any more. */
  state: 'waiting' | 'cancelled' | 'refused';
  /** The code of what stood against it. */
  refusal: string | null;
  createdAt: Date;
}

export class PendingReplyList {
  items: PendingReplyView[];
}
