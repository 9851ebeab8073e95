import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { MACRO_KINDS, type MacroKind } from '@app/domain/hub';
import { MACRO_ACTIONS, MACRO_VARIABLES, type MacroActionType } from '@app/domain/macro';
import { type Locale, LOCALES } from '@app/domain/person';
import { CHANNELS } from '@app/domain/ticket';
import { MayBeAbsent } from '@app/platform/fields';
import { IsId, IsPlainObject, IsText } from '@app/platform/validation';

const MAX_TEXT = 20_000;
const MAX_VALUE = 2_000;
const MACRO_CHANNELS = [...CHANNELS, 'sms', 'note'] as const;

export class MacrosQuery {
  @IsOptional()
  @IsIn(MACRO_KINDS)
  kind?: MacroKind;

  /** `true`: those put aside too. */
  @IsOptional()
  @IsIn(['true', 'false'])
  all?: string;
}

/** A text or a whole number. */
function IsActionValue(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'actionValue',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) =>
          (typeof value === 'string' && /^[a-z0-9_]{1,60}$/.test(value)) || Number.isInteger(value),
        defaultMessage: () => 'value must be a code or a whole number',
      },
    });
}

export class MacroActionBody {
  @IsIn(MACRO_ACTIONS)
  type: MacroActionType;

  @IsActionValue()
  value: string | number;
}

export class MacroBody {
  /** `macro`: text and actions; `snippet`: a sentence found by its code; `template`: text that the program sends. */
  @IsIn(MACRO_KINDS)
  kind: MacroKind;

  @IsText({ max: 120 })
  nameFr: string;

  @IsText({ max: 120 })
  nameAr: string;

  @IsOptional()
  @IsText({ max: 200 })
  subjectFr?: string | null;

  @IsOptional()
  @IsText({ max: 200 })
  subjectAr?: string | null;

  /** With variables in double braces; both languages use the same. */
  @IsText({ max: MAX_TEXT })
  bodyFr: string;

  @IsText({ max: MAX_TEXT })
  bodyAr: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MACRO_CHANNELS.length)
  @ArrayUnique()
  @IsIn(MACRO_CHANNELS, { each: true })
  channels?: string[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MacroActionBody)
  actions?: MacroActionBody[];

  @MayBeAbsent()
  @IsBoolean()
  needsValidation?: boolean;

  /** False puts it aside. */
  @MayBeAbsent()
  @IsBoolean()
  active?: boolean;
}

export class CreateMacroBody extends MacroBody {
  /** Capitals; snippets are called by it, in small letters, behind a slash. */
  @Matches(/^[A-Z][A-Z0-9_]{1,39}$/)
  code: string;
}

/** Known variables with short texts. */
function AreValues(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'macroValues',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.entries(value).every(
            ([name, one]) =>
              (MACRO_VARIABLES as readonly string[]).includes(name) &&
              typeof one === 'string' &&
              one.length <= MAX_VALUE,
          ),
        defaultMessage: () => `values must be texts of at most ${MAX_VALUE} characters for known variables`,
      },
    });
}

export class PreviewMacroBody {
  @IsId()
  macroId: string;

  /** The language of the answer when left out. */
  @MayBeAbsent()
  @IsIn(LOCALES)
  language?: Locale;

  /** Typed for variables that the ticket does not know. */
  @MayBeAbsent()
  @AreValues()
  values?: Record<string, string>;
}

export class MacroTicketParams {
  /** Id or reference of the ticket. */
  @IsString()
  @MaxLength(60)
  ticket: string;
}
