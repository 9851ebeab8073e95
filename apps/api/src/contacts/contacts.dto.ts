import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CONTACT_ROLES, SPOKEN_LANGUAGES } from '@app/domain/association';
import { type Locale, LOCALES, ROLE_STATES, type RoleState } from '@app/domain/person';
import { MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsId, IsText } from '@app/platform/validation';

const MAX_ADDRESSES = 10;

export class ContactListQuery {
  /** Words of the name. */
  @IsOptional()
  @IsText({ max: 200 })
  q?: string;

  /** In any spelling; gives everybody who shares it. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string;

  @IsOptional()
  @IsId()
  associationId?: string;

  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before, with the same filters. */
  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  cursor?: string;
}

class ContactDetailsBody {
  /** Of the same hub; null for a person without an association. */
  @IsOptional()
  @IsId()
  associationId?: string | null;

  @IsOptional()
  @IsText({ max: 200 })
  nameAr?: string | null;

  /** In the association. */
  @IsOptional()
  @IsIn(CONTACT_ROLES)
  role?: string | null;

  /** As the person says, or checked on documents. */
  @MayBeAbsent()
  @IsIn(ROLE_STATES)
  roleState?: RoleState;

  @IsOptional()
  @IsIn(LOCALES)
  writtenLanguage?: Locale | null;

  @IsOptional()
  @IsIn(SPOKEN_LANGUAGES)
  spokenLanguage?: string | null;

  /** The whole list, in any spelling. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ADDRESSES)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  phones?: string[];

  /** Those of the telephones that have WhatsApp. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ADDRESSES)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  whatsapp?: string[];

  /** The whole list. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ADDRESSES)
  @IsString({ each: true })
  @MaxLength(254, { each: true })
  emails?: string[];
}

export class CreateContactBody extends ContactDetailsBody {
  @IsText({ max: 200 })
  name: string;
}

export class ChangeContactBody extends ContactDetailsBody {
  @MayBeAbsent()
  @IsText({ max: 200 })
  name?: string;
}
