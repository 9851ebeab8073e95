import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { BATCH_CONSUMERS, CONSUMERS, type Consumer } from '@app/domain/events';
import { IsDay, MayBeAbsent } from '@app/platform/fields';
import { IsCount, IsId } from '@app/platform/validation';

export class AuditQuery {
  @IsOptional()
  @IsId()
  actorId?: string;

  /** One kind of event (`account.deactivated`), or all that begin so (`account`). */
  @IsOptional()
  @Matches(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/)
  @MaxLength(60)
  type?: string;

  /** Id or reference of a ticket of your hub. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  ticket?: string;

  /** First local day; 30 days back when left out, and for a ticket its whole story. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Last local day. */
  @IsOptional()
  @IsDay()
  to?: string;

  /** 1 to 100; 50 when left out. */
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(4_100)
  cursor?: string;
}

export class RequeueBody {
  /** Only what this one gave up; all when left out. */
  @MayBeAbsent()
  @IsIn([...CONSUMERS, ...BATCH_CONSUMERS])
  consumer?: Consumer;
}
