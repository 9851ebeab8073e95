import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { CLOSURE_STATUSES, type CalendarDefinition, checkCalendar, type ClosureStatus } from '@app/domain/calendar';
import { checkPolicy, type PolicyDefinition } from '@app/domain/sla-policy';
import { dayNumber } from '@app/domain/zone';
import { below } from '@app/features/sla/calendars.service';
import { MAX_ICAL_CHARACTERS } from '@app/features/sla/ical';
import { IsCount, IsId, IsParsed, IsPlainObject, IsText } from '@app/platform/validation';

const MAX_POLICIES = 200;

/** An object that a rule of the domain reads whole, with pointers below the field. */
export function IsReadBy(field: string, read: (value: unknown) => unknown): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === undefined ? value : below(`/${field}`, () => read(value)))),
    IsPlainObject(),
  );
}

/** A date `YYYY-MM-DD` that exists. */
export const IsDay = (): PropertyDecorator =>
  IsParsed('day', 'invalid_date', (text) => (Number.isNaN(dayNumber(text)) ? null : text));

export class PolicyDraftBody {
  /** The whole policy as it shall be: names, position, conditions, targets, pauses, warnings, steps. */
  @IsReadBy('definition', checkPolicy)
  definition: PolicyDefinition;

  /** False: the policy ends. */
  @IsOptional()
  @IsBoolean()
  active?: boolean;
}

export class PolicyOrderBody {
  /** Your active policies, each once, in the order in which they shall be asked. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_POLICIES)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class CalendarDraftBody {
  /** The whole calendar as it shall be: zone, week, seasons, days off, dated hours. */
  @IsReadBy('definition', checkCalendar)
  definition: CalendarDefinition;
}

export class NewCalendarBody {
  /** The calendar that is copied. */
  @IsId()
  fromId: string;

  @IsString()
  @Matches(/^[A-Z][A-Z0-9-]{1,29}$/, { context: { code: 'invalid_code' } })
  code: string;

  @IsText({ max: 120 })
  nameFr: string;

  @IsText({ max: 120 })
  nameAr: string;
}

export class ClosureBody {
  @IsIn(CLOSURE_STATUSES)
  status: ClosureStatus;

  /** The day to which it moves. */
  @IsOptional()
  @IsDay()
  to?: string;

  /** Which holiday, where the day has several; needed for a new one. */
  @IsOptional()
  @IsText({ max: 100 })
  key?: string;

  @IsOptional()
  @IsText({ max: 200 })
  nameFr?: string;

  @IsOptional()
  @IsText({ max: 200 })
  nameAr?: string;
}

export class SeasonBody {
  /** Whether its hours count. */
  @IsOptional()
  @IsBoolean()
  on?: boolean;

  /** Whether its dates are sure. */
  @IsOptional()
  @IsBoolean()
  confirmed?: boolean;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

export class ImportClosuresBody {
  /** The text of an iCalendar file. */
  @IsString()
  @MaxLength(MAX_ICAL_CHARACTERS)
  ical: string;
}

export class KeyQuery {
  @IsOptional()
  @IsText({ max: 100 })
  key?: string;
}

export class DayParams {
  @IsId()
  id: string;

  @IsDay()
  date: string;
}

export class SeasonParams {
  @IsId()
  id: string;

  @IsString()
  @Matches(/^[\w-]{1,60}$/)
  season: string;
}

export class VersionParams {
  @IsId()
  id: string;

  @IsCount(1, 999_999_999)
  version: number;
}
