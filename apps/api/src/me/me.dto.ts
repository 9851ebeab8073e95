import type { ActingRole } from '@app/domain/ticket';
import { MembershipAnswer } from '../sessions/sessions.dto';

export class MeAnswer {
  accountId: string;
  name: string;
  locale: 'fr' | 'ar';
  role: ActingRole;
  hubId: string | null;
  associationId: string | null;
  /** May work on restricted tickets. */
  cleared: boolean;
  /** What the role allows. */
  permissions: string[];
  /** The memberships of the account; a session acts in one. */
  memberships: MembershipAnswer[];
  sessionExpiresAt: Date;
}
