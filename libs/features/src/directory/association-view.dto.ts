import type { AssociationSetting } from '@app/domain/person';
import type { Role } from '@app/domain/ticket';

/** Proof of declaration to the authority. */
export class ReceiptView {
  state: 'provisional' | 'silence' | 'final' | 'refused';
  provisionalOn: string | null;
  finalOn: string | null;
  /** Free text: there is no national format. */
  number: string | null;
  authorityType: string | null;
}

/** Of the board. */
export class MandateView {
  years?: number;
  lastAssemblyOn?: string;
  /** From the last assembly and the years, unless declared. */
  nextRenewalOn?: string;
}

export class AssociationItem {
  id: string;
  hubId: string;
  nameFr: string;
  nameAr: string;
  placeCode: string;
  commune: string | null;
  setting: AssociationSetting | null;
  legalForm: string;
  domains: string[];
  tags: string[];
  /** Checked on documents by the hub; else the file is as the association declared it. */
  verified: boolean;
  /** An invented association, to be marked as such wherever it is shown. */
  demonstration: boolean;
  version: number;
}

export class AssociationView extends AssociationItem {
  foundedOn: string | null;
  receipts: ReceiptView[];
  mandate: MandateView;
  members: number | null;
  employees: number | null;
  verifiedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export class AssociationPage {
  items: AssociationItem[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** A person who acts for the association in Sanad. */
export class AssociationMemberView {
  accountId: string;
  name: string;
  role: Role;
  from: string | null;
  /** The first day after it; null until further notice. */
  to: string | null;
  /** Whether it holds today. */
  current: boolean;
}

export class AssociationMembersView {
  items: AssociationMemberView[];
}

export const DUPLICATE_REASONS = ['name', 'phone', 'receipt'] as const;

/** An association that may be the same. */
export class AssociationCandidate extends AssociationItem {
  /** What is alike. */
  reasons: (typeof DUPLICATE_REASONS)[number][];
}

export class AssociationCandidates {
  items: AssociationCandidate[];
}
