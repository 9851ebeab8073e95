import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import {
  ATTEMPT_OUTCOMES,
  CALLBACK_STATES,
  type AttemptOutcome,
  type CallbackState,
} from '@app/domain/calls/callback-rules';
import { LOCALES, type Locale } from '@app/domain/person';
import { IsDay, MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsId, IsText } from '@app/platform/validation';
import { IsFlag, IsInstant, IsListOf } from './fields';

const PLACE = /^MA-[0-9A-Z]{2,3}$/;
const SAID = ATTEMPT_OUTCOMES.filter((one) => one !== 'given_up');

export class CallbackListQuery {
  /** Several are separated by commas; the open ones when left out. */
  @IsOptional()
  @IsListOf(CALLBACK_STATES)
  state?: CallbackState[];

  @IsOptional()
  @IsText({ max: 40 })
  queueCode?: string;

  /** On offer to me, or in my hands. */
  @IsOptional()
  @IsFlag()
  mine?: boolean;

  /** The promise was not kept. */
  @IsOptional()
  @IsFlag()
  breached?: boolean;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  cursor?: string;
}

export class SlotQuery {
  /** Which hub calls a place; the own one when left out. */
  @IsOptional()
  @Matches(PLACE)
  placeCode?: string;
}

/** Who asks to be called. */
export class AskCallbackBody {
  /** In any spelling; the answer reads it back. */
  @IsString()
  @MaxLength(40)
  phone: string;

  @IsIn(LOCALES)
  language: Locale;

  @IsOptional()
  @IsText({ max: 200 })
  name?: string;

  @IsOptional()
  @IsText({ max: 200 })
  subject?: string;

  /** Within one of the slots; the first with room when left out. */
  @IsOptional()
  @IsInstant()
  at?: Date;
}

/** An agent asks for somebody, and says what it belongs to. */
export class CreateCallbackBody extends AskCallbackBody {
  @IsOptional()
  @IsId()
  contactId?: string;

  @IsOptional()
  @IsId()
  ticketId?: string;

  /** The call in which it was agreed. */
  @IsOptional()
  @IsId()
  callId?: string;

  @IsOptional()
  @IsText({ max: 40 })
  queueCode?: string;
}

export class ChangeCallbackBody {
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @MayBeAbsent()
  @IsIn(LOCALES)
  language?: Locale;

  @IsOptional()
  @IsInstant()
  at?: Date;
}

export class AttemptOutcomeBody {
  @IsIn(SAID)
  outcome: AttemptOutcome;
}

export class PortalCallbackBody extends AskCallbackBody {
  /** Province or region: its hub calls. */
  @Matches(PLACE)
  placeCode: string;
}

export class CallbackCodeBody {
  @IsString()
  @MaxLength(60)
  reference: string;

  @IsString()
  @MaxLength(60)
  code: string;
}

/** What is given is changed; `cancel` withdraws it. */
export class CallbackWithCodeBody extends CallbackCodeBody {
  @MayBeAbsent()
  @IsBoolean()
  cancel?: boolean;

  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @MayBeAbsent()
  @IsIn(LOCALES)
  language?: Locale;

  @IsOptional()
  @IsInstant()
  at?: Date;
}
