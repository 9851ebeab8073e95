import type { LegalBasis, LegalDeadline } from '@app/db/entities/category.entity';
import type { TerritoryRole } from '@app/domain/hub';
import type { Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Confidentiality, Kind } from '@app/domain/ticket';

/** An instant in UTC and as the clocks of the hub show it. */
export class InstantView {
  at: Date;
  /** With its offset. */
  local: string;
}

export class HubDetails {
  id: string;
  /** Two letters. */
  code: string;
  nameFr: string;
  nameAr: string;
  status: string;
  isNational: boolean;
  seatCode: string | null;
  phone: string | null;
  callbackPhone: string | null;
  email: string | null;
  languages: string[];
  /** Whether it answers now. */
  open: boolean;
  /** Null while open, or for a hub that does not work yet. */
  nextOpening: InstantView | null;
}

export class HubList {
  items: HubDetails[];
}

/** Which hub answers for a place during some local days. */
export class TerritoryView {
  placeCode: string;
  hubId: string;
  hubCode: string;
  role: TerritoryRole;
  /** Null when it has no first day. */
  from: string | null;
  /** The first day after it; null until further notice. */
  to: string | null;
}

export class TerritoryList {
  items: TerritoryView[];
}

export class AnsweringHub {
  hubId: string;
  hubCode: string;
  nameFr: string;
  nameAr: string;
  /** `national`: no hub works there. */
  reason: 'managing' | 'interim' | 'national';
  /** The place whose row decided: the one asked for, or its region. */
  placeCode: string;
  asked: InstantView;
}

export class LegalBasisView implements LegalBasis {
  /** Code of a text of law. */
  ref: string;
  articles: string | null;
  confidence: 'high' | 'medium' | 'low';
}

export class LegalDeadlineView implements LegalDeadline {
  kind: 'delay' | 'threshold' | 'fixed_date';
  nameFr: string;
  nameAr: string;
  value: number | string | null;
  unit: string;
  countsFromFr: string | null;
  countsFromAr: string | null;
  ref: string | null;
  articles: string | null;
  binds: string | null;
  confidence: string;
  noteFr: string | null;
  noteAr: string | null;
}

/** What a ticket may be about. */
export class CategoryView {
  code: string;
  kind: Kind;
  nameFr: string;
  nameAr: string;
  nameEn: string;
  adviceLevel: AdviceLevel;
  /** An expert or a second agent approves the answer before it leaves. */
  needsValidation: boolean;
  defaultPriority: Priority;
  defaultConfidentiality: Confidentiality;
  legalBasis: LegalBasisView[];
  deadlines: LegalDeadlineView[];
  noteFr: string | null;
  noteAr: string | null;
}

export class ThemeView {
  code: string;
  kind: Kind;
  nameFr: string;
  nameAr: string;
  nameEn: string;
  categories: CategoryView[];
}

/** A text of law that categories cite. */
export class LegalTextView {
  code: string;
  nameFr: string;
  nameAr: string;
  shortFr: string;
  shortAr: string;
  articleWordFr: string;
  articleWordAr: string;
  versionDate: string | null;
}

export class CategoryTree {
  items: ThemeView[];
  legalTexts: LegalTextView[];
}

export class QueueDetails {
  id: string;
  code: string;
  kind: Kind | null;
  nameFr: string;
  nameAr: string;
}

export class QueueList {
  items: QueueDetails[];
}
