import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CALL_OUTCOMES, CALL_STATES, type CallOutcome, type CallState } from '@app/domain/calls/call-record';
import { DIRECTIONS, type Direction } from '@app/domain/calls/canonical-event';
import { IsDay } from '@app/platform/fields';
import { IsCount, IsId, IsText } from '@app/platform/validation';
import { IsFlag, IsListOf } from './fields';

const DAY_SECONDS = 86_400;

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
