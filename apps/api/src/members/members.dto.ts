import { IsEmail, IsIn, IsOptional, IsString, Length, MaxLength, ValidateIf } from 'class-validator';
import { LOCALES, type Locale } from '@app/domain/person';
import { MEMBER_ROLES, type MemberRole } from '@app/features/portal/member-view.dto';
import { IsDay } from '@app/platform/fields';
import { IsId, IsText } from '@app/platform/validation';

export class MemberParams {
  @IsId()
  id: string;

  @IsId()
  account: string;
}

export class MemberInvitationParams {
  @IsId()
  id: string;

  @IsId()
  invitation: string;
}

export class NewMemberBody {
  @IsEmail()
  @MaxLength(254)
  email: string;

  /** As the mail greets the person. */
  @IsText({ max: 200 })
  name: string;

  @IsIn(MEMBER_ROLES)
  role: MemberRole;

  /** Language of the account; the mail has both. */
  @IsIn(LOCALES)
  locale: Locale;

  /** First local day of the mandate; today when left out. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** The first local day after it; until further notice when left out. */
  @IsOptional()
  @IsDay()
  to?: string;
}

export class MandateBody {
  /** The first local day after the mandate: today ends it now, null is until further notice. */
  @ValidateIf(({ to }: MandateBody) => to !== null)
  @IsDay()
  to: string | null;
}

export class MemberTokenBody {
  @IsString()
  @Length(1, 100)
  token: string;
}

export class MemberAcceptanceBody extends MemberTokenBody {
  /** Chosen, or of the account that is there. */
  @IsString()
  @Length(1, 128)
  password: string;
}
