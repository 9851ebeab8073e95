import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Role } from '@app/domain/ticket';
import { IsId } from '@app/platform/validation';

export class SignInBody {
  /** E-mail of the account. */
  @IsEmail()
  @MaxLength(254)
  email: string;

  @IsString()
  @Length(1, 128)
  password: string;

  /** Which membership to act in, when the account has several. */
  @IsOptional()
  @IsId()
  membershipId?: string;
}

export class MembershipAnswer {
  id: string;
  role: Role;
  hubId: string | null;
  associationId: string | null;
}

export class SessionAnswer {
  /** For `Authorization: Bearer`; shown once. Browsers use the cookie set beside it. */
  token: string;
  expiresAt: Date;
  accountId: string;
  name: string;
  locale: 'fr' | 'ar';
  membership: MembershipAnswer;
}
