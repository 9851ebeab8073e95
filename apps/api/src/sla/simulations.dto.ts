import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { LEGAL_FORMS } from '@app/domain/association';
import { type CalendarDefinition, checkCalendar } from '@app/domain/calendar';
import { LANGUAGES, type Language } from '@app/domain/language';
import {
  checkPolicy,
  METRICS,
  type Metric,
  type PolicyDefinition,
  PRIORITIES,
  type Priority,
} from '@app/domain/sla-policy';
import { CHANNELS, type Channel, CONFIDENTIALITIES, type Confidentiality, KINDS, type Kind } from '@app/domain/ticket';
import { dayNumber } from '@app/domain/zone';
import { IsId, IsParsed, IsPlainObject } from '@app/platform/validation';
import { IsReadBy } from './sla.dto';

const MAX_PAUSES = 100;
const MAX_TAGS = 20;
const INSTANT = /^(20\d\d)-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** An instant with its offset, such as 2026-11-27T11:50:00Z. */
const IsInstant = (): PropertyDecorator =>
  IsParsed('instant', 'invalid_instant', (text) => {
    // Some dates that do not exist would be read as later ones.
    const at = INSTANT.test(text) && !Number.isNaN(dayNumber(text.slice(0, 10))) ? new Date(text) : null;
    return at && !Number.isNaN(at.getTime()) ? at : null;
  });

export class PauseBody {
  @IsDefined()
  @IsInstant()
  from: Date;

  /** Absent: it goes on. */
  @IsOptional()
  @IsInstant()
  to?: Date;
}

export class FactsBody {
  @IsOptional()
  @IsString()
  @MaxLength(20)
  category?: string;

  @IsOptional()
  @IsIn(KINDS)
  kind?: Kind;

  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  @IsOptional()
  @IsIn(CONFIDENTIALITIES)
  confidentiality?: Confidentiality;

  @IsOptional()
  @IsBoolean()
  needsValidation?: boolean;

  @IsOptional()
  @IsIn(LEGAL_FORMS)
  associationType?: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  tags?: string[];
}

export class SimulationBody {
  @IsDefined()
  @IsInstant()
  startedAt: Date;

  @IsIn(PRIORITIES)
  priority: Priority;

  /** Absent: all that the policy promises. */
  @IsOptional()
  @IsIn(METRICS)
  metric?: Metric;

  /** Yours unless given; the programme may ask for any. */
  @IsOptional()
  @IsId()
  hubId?: string;

  /** Absent: the first whose conditions hold for the facts. */
  @IsOptional()
  @IsId()
  policyId?: string;

  /** A draft, in the place of a published policy. */
  @IsOptional()
  @IsReadBy('policy', checkPolicy)
  policy?: PolicyDefinition;

  /** Absent: the hub's. */
  @IsOptional()
  @IsId()
  calendarId?: string;

  /** A draft, in the place of a published calendar. */
  @IsOptional()
  @IsReadBy('calendar', checkCalendar)
  calendar?: CalendarDefinition;

  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => FactsBody)
  facts?: FactsBody;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PAUSES)
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PauseBody)
  pauses?: PauseBody[];
}

export class TicketSimulationBody {
  /** Id or reference of a ticket that you may read. */
  @IsString()
  @MaxLength(60)
  ticket: string;

  /** One of its clocks; absent: all. */
  @IsOptional()
  @IsId()
  clockId?: string;
}
