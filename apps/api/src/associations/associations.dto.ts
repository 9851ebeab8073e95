import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ASSOCIATION_DOMAINS,
  ASSOCIATION_TAGS,
  AUTHORITY_TYPES,
  LEGAL_FORMS,
  RECEIPT_STATES,
} from '@app/domain/association';
import { ASSOCIATION_SETTINGS, type AssociationSetting } from '@app/domain/person';
import type { MandateView, ReceiptView } from '@app/features/directory/association-view.dto';
import { IsDay, MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsPlainObject, IsText } from '@app/platform/validation';

const PLACE = /^MA-[0-9A-Z]{2,3}$/;
const MAX_PEOPLE = 10_000_000;

export class AssociationListQuery {
  /** Words of a name in either language, a receipt's number, or a telephone number in any spelling. */
  @IsOptional()
  @IsText({ max: 200 })
  q?: string;

  /** A province, or a region with all its provinces. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;

  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before, with the same filters. */
  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  cursor?: string;
}

export class DuplicateQuery {
  /** Words of a name in either language. */
  @IsOptional()
  @IsText({ max: 300 })
  name?: string;

  /** In any spelling. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  /** Number of a receipt; only its digits count. */
  @IsOptional()
  @IsText({ max: 60 })
  receipt?: string;
}

export class ReceiptBody implements ReceiptView {
  @IsIn(RECEIPT_STATES)
  state: (typeof RECEIPT_STATES)[number];

  @IsOptional()
  @IsDay()
  provisionalOn: string | null = null;

  @IsOptional()
  @IsDay()
  finalOn: string | null = null;

  /** Free text: there is no national format. */
  @IsOptional()
  @IsText({ max: 60 })
  number: string | null = null;

  @IsOptional()
  @IsIn(AUTHORITY_TYPES)
  authorityType: string | null = null;
}

export class MandateBody implements MandateView {
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(10)
  years?: number;

  @MayBeAbsent()
  @IsDay()
  lastAssemblyOn?: string;

  /** Computed from the last assembly and the years unless given. */
  @MayBeAbsent()
  @IsDay()
  nextRenewalOn?: string;
}

/** What may be left out of a file. */
class AssociationDetailsBody {
  @IsOptional()
  @IsText({ max: 120 })
  commune?: string | null;

  @IsOptional()
  @IsIn(ASSOCIATION_SETTINGS)
  setting?: AssociationSetting | null;

  @MayBeAbsent()
  @IsIn(LEGAL_FORMS)
  legalForm?: string;

  /** Day of the founding assembly. */
  @IsOptional()
  @IsDay()
  foundedOn?: string | null;

  /** The first one is the main one. */
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @IsIn(ASSOCIATION_DOMAINS, { each: true })
  domains?: string[];

  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @IsIn(ASSOCIATION_TAGS, { each: true })
  tags?: string[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReceiptBody)
  receipts?: ReceiptBody[];

  @MayBeAbsent()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => MandateBody)
  mandate?: MandateBody;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  members?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  employees?: number | null;
}

export class CreateAssociationBody extends AssociationDetailsBody {
  @IsText({ max: 300 })
  nameFr: string;

  @IsText({ max: 300 })
  nameAr: string;

  /** Province or prefecture of the seat; the hub that answers for it keeps the file. */
  @Matches(PLACE)
  placeCode: string;
}

/** The association's manager may change commune, setting, domains, tags, members, employees and mandate only. */
export class ChangeAssociationBody extends AssociationDetailsBody {
  @MayBeAbsent()
  @IsText({ max: 300 })
  nameFr?: string;

  @MayBeAbsent()
  @IsText({ max: 300 })
  nameAr?: string;

  @MayBeAbsent()
  @Matches(PLACE)
  placeCode?: string;

  /** Checked on documents; set by supervisors. */
  @MayBeAbsent()
  @IsBoolean()
  verified?: boolean;
}
