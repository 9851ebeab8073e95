import type { EventType } from '@app/domain/events';

/** A sentence in both languages. */
export class AuditWords {
  fr: string;
  ar: string;
}

export class AuditActor {
  id: string;
  /** Null for people who are no longer known. */
  name: string | null;
}

export class AuditTicket {
  id: string;
  reference: string;
}

export class AuditDetail {
  label: AuditWords;
  /** Null where nothing stood before, or where the value stands alone. */
  before: AuditWords | null;
  after: AuditWords | null;
}

export class AuditEntry {
  /** Number in the log. */
  id: string;
  at: Date;
  type: EventType;
  words: AuditWords;
  /** Who did it; null for the program itself and for people without an account. */
  actor: AuditActor | null;
  /** Whom it concerns, when it concerns somebody. */
  person: AuditActor | null;
  hubId: string | null;
  ticket: AuditTicket | null;
  details: AuditDetail[];
  sealed: boolean;
}

export class AuditSeal {
  /**
   * `sealed`: every entry is under a seal that was recomputed now and holds. `waiting`: the newest ones are not sealed yet, the rest holds.
   * `unchecked`: more seals than are recomputed at once. `broken`: the log was changed. `empty`: no entries.
   */
  state: 'sealed' | 'waiting' | 'unchecked' | 'broken' | 'empty';
  /** Entries of the page that no seal covers yet. */
  waiting: number;
  /** Seals that were recomputed for this page. */
  checked: number;
  brokenSeals: string[];
  /** Of the whole log. */
  lastSealedAt: Date | null;
}

export class AuditPage {
  items: AuditEntry[];
  nextCursor: string | null;
  seal: AuditSeal;
}

export class AuditType {
  type: EventType;
  words: AuditWords;
}

export class AuditTypeList {
  items: AuditType[];
}
