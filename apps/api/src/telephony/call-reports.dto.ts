import { IsOptional } from 'class-validator';
import { IsDay } from '@app/platform/fields';
import { IsCount, IsId, IsText } from '@app/platform/validation';

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

export class FirstContactQuery {
  @IsOptional()
  @IsId()
  hubId?: string;

  /** First local day of closing. */
  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}
