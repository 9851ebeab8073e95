import type { StaffRole } from './people-scope';

export class SkillLevelView {
  code: string;
  level: number;
}

export class PersonAtWork {
  accountId: string;
  membershipId: string;
  name: string;
  email: string;
  role: StaffRole;
  hubId: string | null;
  /** May work on restricted tickets. */
  cleared: boolean;
  /** Inactive: cannot sign in here any more, and can come back. */
  status: 'active' | 'inactive';
  skills: SkillLevelView[];
  /** Open tickets assigned here. */
  openTickets: number;
  lastSignInAt: Date | null;
  version: number;
}

export class PeoplePage {
  items: PersonAtWork[];
  nextCursor: string | null;
}

export class DeactivationView {
  person: PersonAtWork;
  /** Tickets that went to the colleague named. */
  toColleague: number;
  /** Tickets that went back to the queue. */
  toQueue: number;
}

export class InvitationView {
  id: string;
  email: string;
  name: string;
  role: StaffRole;
  hubId: string | null;
  cleared: boolean;
  locale: 'fr' | 'ar';
  state: 'open' | 'expired' | 'accepted' | 'revoked';
  createdAt: Date;
  expiresAt: Date;
  version: number;
}

export class InvitationList {
  items: InvitationView[];
}

/** What the page behind the link shows before anything is accepted. */
export class OpenInvitationView {
  email: string;
  name: string;
  role: StaffRole;
  hubFr: string;
  hubAr: string;
  locale: 'fr' | 'ar';
  expiresAt: Date;
  /** The address has an account: its password is asked instead of a new one. */
  hasAccount: boolean;
}

export class AcceptedInvitationView {
  accountId: string;
  email: string;
}
