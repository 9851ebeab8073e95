import type { Locale } from '@app/domain/person';

export const MEMBER_ROLES = ['member', 'manager'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export class MemberInvitationView {
  id: string;
  email: string;
  name: string;
  role: MemberRole;
  state: 'open' | 'accepted' | 'expired' | 'revoked';
  /** First day of the mandate. */
  from: string;
  /** The first day after it; null until further notice. */
  to: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export class MemberInvitationList {
  items: MemberInvitationView[];
}

/** What the page behind the link of an invitation shows. */
export class OpenMemberInvitation {
  email: string;
  name: string;
  role: MemberRole;
  associationFr: string;
  associationAr: string;
  locale: Locale;
  expiresAt: Date;
  /** Who has an account proves it with its password; who has none chooses one. */
  hasAccount: boolean;
}

export class AcceptedMemberInvitation {
  accountId: string;
  email: string;
}

/** A mandate after a change. */
export class MandateEndView {
  accountId: string;
  role: MemberRole;
  from: string | null;
  /** The first day after it; null until further notice. */
  to: string | null;
  current: boolean;
}
