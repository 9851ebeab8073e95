import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { type Locale, LOCALES } from '@app/domain/person';
import { STAFF_ROLES, type StaffRole } from '@app/features/administration/people-scope';
import { MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsId, IsText } from '@app/platform/validation';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export class PeopleQuery {
  /** Part of a name or of an e-mail address. */
  @IsOptional()
  @IsText({ max: 200 })
  q?: string;

  @IsOptional()
  @IsIn(STAFF_ROLES)
  role?: StaffRole;

  @IsOptional()
  @IsIn(['active', 'inactive'])
  status?: 'active' | 'inactive';

  @IsOptional()
  @IsId()
  hubId?: string;

  /** 1 to 100; 50 when left out. */
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(4_100)
  cursor?: string;
}

export class ChangePersonBody {
  @MayBeAbsent()
  @IsIn(STAFF_ROLES)
  role?: StaffRole;

  /** May work on restricted tickets. */
  @MayBeAbsent()
  @IsBoolean()
  cleared?: boolean;
}

export class DeactivationBody {
  /** Who takes the open tickets over; without, or null, they go back to the queue. */
  @IsOptional()
  @IsId()
  colleagueId?: string | null;
}

export class InvitationBody {
  @IsEmail()
  @MaxLength(254)
  email: string;

  @IsText({ max: 200 })
  name: string;

  @IsIn(STAFF_ROLES)
  role: StaffRole;

  /** For coordinators: the hub of a new supervisor. */
  @IsOptional()
  @IsId()
  hubId?: string | null;

  /** Of the mail and of the screens; French when left out. */
  @MayBeAbsent()
  @IsIn(LOCALES)
  locale?: Locale;

  @MayBeAbsent()
  @IsBoolean()
  cleared?: boolean;

  /** Written languages; both when left out. */
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @IsIn(LOCALES, { each: true })
  languages?: Locale[];
}

export class InvitationTokenBody {
  /** From the link. */
  @Matches(TOKEN)
  token: string;
}

export class AcceptanceBody extends InvitationTokenBody {
  /** A new one of at least 12 characters; the present one when the address has an account. */
  @IsString()
  @Length(1, 128)
  password: string;
}
