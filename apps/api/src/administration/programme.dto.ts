import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  AGREEMENT_SCOPES,
  HUB_STATUSES,
  TERRITORY_ROLES,
  type AgreementScope,
  type HubStatus,
  type TerritoryRole,
} from '@app/domain/hub';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import {
  ADVICE_LEVELS,
  CONFIDENTIALITIES,
  KINDS,
  type AdviceLevel,
  type Confidentiality,
  type Kind,
} from '@app/domain/ticket';
import { SETTING_KEYS, type SettingKey } from '@app/features/administration/settings.service';
import { IsDay, MayBeAbsent } from '@app/platform/fields';
import { IsId, IsPlainObject, IsText } from '@app/platform/validation';

const PLACE = /^MA-[0-9A-Z]{2,3}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{2,8})?$/;

class HubBody {
  /** The association that runs the hub. */
  @IsOptional()
  @IsText({ max: 200 })
  managingNameFr?: string | null;

  @IsOptional()
  @IsText({ max: 200 })
  managingNameAr?: string | null;

  /** Province of the seat. */
  @IsOptional()
  @Matches(PLACE)
  seatCode?: string | null;

  /** In any spelling. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  callbackPhone?: string | null;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(LANGUAGE, { each: true })
  languages?: string[];
}

export class CreateHubBody extends HubBody {
  /** Two capitals; the beginning of its tickets' references, for ever. */
  @Matches(/^[A-Z]{2}$/)
  code: string;

  @IsText({ max: 120 })
  nameFr: string;

  @IsText({ max: 120 })
  nameAr: string;
}

export class ChangeHubBody extends HubBody {
  @MayBeAbsent()
  @IsText({ max: 120 })
  nameFr?: string;

  @MayBeAbsent()
  @IsText({ max: 120 })
  nameAr?: string;

  /** Suspending is a command of its own. */
  @MayBeAbsent()
  @IsIn(HUB_STATUSES)
  status?: HubStatus;
}

export class TerritoryBody {
  /** Province or region; a province's row goes before its region's. */
  @Matches(PLACE)
  placeCode: string;

  @IsId()
  hubId: string;

  @IsIn(TERRITORY_ROLES)
  role: TerritoryRole;

  /** First local day, today or later; it holds until the next change that is already planned. */
  @IsDay()
  from: string;
}

export class SuspensionBody {
  /** Who answers instead. */
  @IsId()
  interimHubId: string;
}

export class AgreementBody {
  @IsId()
  fromHubId: string;

  @IsId()
  toHubId: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(AGREEMENT_SCOPES.length)
  @ArrayUnique()
  @IsIn(AGREEMENT_SCOPES, { each: true })
  what: AgreementScope[];

  /** Codes of queues of the first hub. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^[A-Z][A-Z0-9_]{0,39}$/, { each: true })
  queueCodes: string[];

  /** Local day. */
  @IsOptional()
  @IsDay()
  from?: string | null;

  /** The first day after it. */
  @IsOptional()
  @IsDay()
  to?: string | null;
}

export class AgreementEndBody {
  /** Local day, today or later. */
  @IsDay()
  on: string;
}

class CategoryDetailsBody {
  @MayBeAbsent()
  @IsIn(ADVICE_LEVELS)
  adviceLevel?: AdviceLevel;

  @MayBeAbsent()
  @IsText({ max: 200 })
  nameEn?: string;

  /** An expert or a second agent approves each answer. */
  @MayBeAbsent()
  @IsBoolean()
  needsValidation?: boolean;

  @MayBeAbsent()
  @IsIn(PRIORITIES)
  defaultPriority?: Priority;

  @MayBeAbsent()
  @IsIn(CONFIDENTIALITIES)
  defaultConfidentiality?: Confidentiality;

  /** False: not for new tickets. */
  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

export class CategoryBody extends CategoryDetailsBody {
  @MayBeAbsent()
  @IsIn(KINDS)
  kind?: Kind;

  @MayBeAbsent()
  @IsText({ max: 200 })
  nameFr?: string;

  @MayBeAbsent()
  @IsText({ max: 200 })
  nameAr?: string;
}

export class CreateCategoryBody extends CategoryDetailsBody {
  /** Theme, dot, two digits. */
  @Matches(/^[A-Z]{3}\.[0-9]{2}$/)
  code: string;

  @IsIn(KINDS)
  kind: Kind;

  @IsText({ max: 200 })
  nameFr: string;

  @IsText({ max: 200 })
  nameAr: string;
}

export class CategoryParams {
  @Matches(/^[A-Z]{3}(\.[0-9]{2})?$/)
  code: string;
}

export class SettingParams {
  @IsIn(SETTING_KEYS)
  key: SettingKey;
}

export class SettingTextBody {
  @IsText({ max: 2_000 })
  fr: string;

  @IsText({ max: 2_000 })
  ar: string;
}

export class SettingOptionBody extends SettingTextBody {
  @Matches(/^[a-z][a-z_]{0,39}$/)
  code: string;

  @MayBeAbsent()
  @Matches(/^[0-9+ ]{2,20}$/)
  number?: string;

  @MayBeAbsent()
  @IsBoolean()
  pausesClock?: boolean;
}

export class SettingBody {
  /** For a setting that is one text. */
  @MayBeAbsent()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => SettingTextBody)
  text?: SettingTextBody;

  /** For one that is a list. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SettingOptionBody)
  options?: SettingOptionBody[];
}
