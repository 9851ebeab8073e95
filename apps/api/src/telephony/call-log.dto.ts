import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { LANGUAGES, type Language } from '@app/domain/language';
import { MayBeAbsent } from '@app/platform/fields';
import { IsId, IsText } from '@app/platform/validation';
import { IsInstant } from './fields';

const WORD = /^[a-z][a-z0-9_]{0,39}$/;
const DAY_SECONDS = 86_400;
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
