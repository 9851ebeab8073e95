import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { LOCALES, type Locale } from '@app/domain/person';
import { MAX_FILES } from '@app/features/files/attach';
import { IsText } from '@app/platform/validation';

const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const PLACE = /^MA-[0-9A-Z]{2,3}$/;

export class PortalPromiseBody {
  /** Leaf of the taxonomy, for instance `CRE.03`. */
  @Matches(CODE)
  categoryCode: string;

  /** Province or region. */
  @Matches(PLACE)
  placeCode: string;

  /** Language of the question. */
  @IsIn(LANGUAGES)
  language: Language;
}

export class PortalRequestBody {
  /** The question itself, in French, Arabic or Darija. */
  @IsText({ max: 20_000 })
  body: string;

  /** One line; the beginning of the question when left out. */
  @IsOptional()
  @IsText({ max: 200 })
  subject?: string;

  @Matches(CODE)
  categoryCode: string;

  /** Province or region. */
  @Matches(PLACE)
  placeCode: string;

  @IsOptional()
  @IsText({ max: 300 })
  associationName?: string;

  @IsOptional()
  @IsText({ max: 200 })
  name?: string;

  /** Where the answer is announced. */
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  /** In any Moroccan spelling, or international. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  /** Language of the answer. */
  @IsIn(LOCALES)
  preferredLanguage: Locale;

  /** Files handed in before, each used once. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  uploadIds?: string[];

  /** Not shown to people: who fills it in is a program. */
  @IsOptional()
  @IsIn([''])
  website?: string;
}

export class FollowBody {
  /** In any spelling. */
  @IsString()
  @Length(1, 60)
  reference: string;

  @IsString()
  @Length(1, 40)
  code: string;
}
