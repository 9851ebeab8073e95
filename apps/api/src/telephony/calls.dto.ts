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
import { CALL_OUTCOMES, CALL_STATES, type CallOutcome, type CallState } from '@app/domain/calls/call-record';
import { DIRECTIONS, type Direction } from '@app/domain/calls/canonical-event';
import { LANGUAGES, type Language } from '@app/domain/language';
import { IsDay, MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsId, IsPlainObject, IsText } from '@app/platform/validation';
import { IdParams } from '../params.dto';
import { IsFlag, IsInstant, IsListOf } from './fields';

const CODE = /^[A-Z]{3}\.[0-9]{2}$/;
const PLACE = /^MA-[0-9A-Z]{2,3}$/;
const WORD = /^[a-z][a-z0-9_]{0,39}$/;
const DAY_SECONDS = 86_400;

export class ConsentParams extends IdParams {
  @IsId()
  consentId: string;
}

export class CallListQuery {
  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: Direction;

  /** Several are separated by commas. */
  @IsOptional()
  @IsListOf(CALL_STATES)
  state?: CallState[];

  /** Several are separated by commas. */
  @IsOptional()
  @IsListOf(CALL_OUTCOMES)
  outcome?: CallOutcome[];

  @IsOptional()
  @IsText({ max: 40 })
  queueCode?: string;

  @IsOptional()
  @IsId()
  agentId?: string;

  /** Of either side, in any spelling. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsId()
  ticketId?: string;

  @IsOptional()
  @IsId()
  contactId?: string;

  /** First local day. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Last local day. */
  @IsOptional()
  @IsDay()
  to?: string;

  /** Rang once and hung up. */
  @IsOptional()
  @IsFlag()
  short?: boolean;

  /** Whether a ticket has it. */
  @IsOptional()
  @IsFlag()
  attached?: boolean;

  /** Seconds. */
  @IsOptional()
  @IsCount(0, DAY_SECONDS)
  waitedAtMost?: number;

  /** Seconds. */
  @IsOptional()
  @IsCount(0, DAY_SECONDS)
  waitedMore?: number;

  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before, with the same filters. */
  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  cursor?: string;
}

const LOGGED = ['answered', 'abandoned', 'not_reached', 'voicemail'] as const;

export class LogCallBody {
  @IsIn(['in', 'out'])
  direction: 'in' | 'out';

  /** The other side, in any spelling; left out when withheld. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  /** Worked out from the durations when left out: the call ends now. */
  @IsOptional()
  @IsInstant()
  startedAt?: Date;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(DAY_SECONDS)
  talkSeconds?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(DAY_SECONDS)
  waitSeconds?: number;

  @IsIn(LOGGED)
  outcome: (typeof LOGGED)[number];

  @IsOptional()
  @IsText({ max: 40 })
  queueCode?: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsText({ max: 10_000 })
  note?: string;

  @IsOptional()
  @Matches(WORD)
  wrapUpCode?: string;

  @IsOptional()
  @Matches(WORD)
  disposition?: string;

  /** Whom the agent has recognised. */
  @IsOptional()
  @IsId()
  contactId?: string;
}

export class CallTicketBody {
  @IsText({ max: 200 })
  subject: string;

  @IsText({ max: 100_000 })
  body: string;

  @Matches(CODE)
  categoryCode: string;

  /** Where the question comes from; that of the association when left out. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @IsOptional()
  @IsIn(['fr', 'ar'])
  answerLanguage?: 'fr' | 'ar';

  /** Those of the call when left out, once they are sure. */
  @IsOptional()
  @IsId()
  associationId?: string;

  @IsOptional()
  @IsId()
  contactId?: string;
}

/** Neither: the newest open ticket of who calls. */
export class AttachCallBody {
  @IsOptional()
  @IsId()
  ticketId?: string;

  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => CallTicketBody)
  create?: CallTicketBody;
}

export class WrapUpBody {
  @IsOptional()
  @IsText({ max: 10_000 })
  note?: string | null;

  @IsOptional()
  @Matches(WORD)
  wrapUpCode?: string | null;

  @IsOptional()
  @Matches(WORD)
  disposition?: string | null;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language | null;

  /** The writing up is over. */
  @MayBeAbsent()
  @IsBoolean()
  done?: boolean;
}

export class VerifyCallBody {
  @IsId()
  contactId: string;

  /** Codes of the questions that were answered rightly. */
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(WORD, { each: true })
  questions: string[];
}

export class ConsentBody {
  @IsIn(['granted', 'refused'])
  state: 'granted' | 'refused';

  /** Of the words that were read out. */
  @IsText({ max: 40 })
  wordingVersion: string;

  @IsIn(LANGUAGES)
  language: Language;
}

export class CallReportQuery {
  @IsOptional()
  @IsId()
  hubId?: string;

  /** First local day; today when left out. */
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @IsText({ max: 40 })
  queueCode?: string;

  /** Seconds of the service level; the hub's own when left out. */
  @IsOptional()
  @IsCount(1, 3_600)
  threshold?: number;
}

export class CallStaffingQuery {
  @IsOptional()
  @IsId()
  hubId?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  /** Per cent of callers answered in time. */
  @IsOptional()
  @IsCount(1, 99)
  target?: number;

  /** Seconds. */
  @IsOptional()
  @IsCount(1, 3_600)
  within?: number;
}
