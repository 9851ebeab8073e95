import { IsEmail, IsIn, IsOptional, IsString, Length, MaxLength, ValidateIf } from 'class-validator';
import { LOCALES, type Locale } from '@app/domain/person';
import type { Role } from '@app/domain/ticket';
import { IsId } from '@app/platform/validation';

export class SignInBody {
  /** E-mail of the account. */
  @IsEmail()
  @MaxLength(254)
  email: string;

  /** Either this or a code. */
  @ValidateIf(({ code }: SignInBody) => code === undefined)
  @IsString()
  @Length(1, 128)
  password?: string;

  /** Six digits that came by e-mail. */
  @IsOptional()
  @IsString()
  @Length(1, 20)
  code?: string;

  /** Which membership to act in, when the account has several. */
  @IsOptional()
  @IsId()
  membershipId?: string;
}

export class CodeBody {
  /** E-mail of the account. */
  @IsEmail()
  @MaxLength(254)
  email: string;

  /** Which language comes first in the mail. */
  @IsOptional()
  @IsIn(LOCALES)
  language?: Locale;
}

export class CodeAsked {
  /** When another may be asked for. */
  resendAfterSeconds: number;
  expiresInMinutes: number;
}

export class SignInLinkBody {
  /** What stands behind `#link=` in the mail. */
  @IsString()
  @Length(1, 100)
  token: string;
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
