import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { HIGHEST_SCORE, LOWEST_SCORE, RATING_REASONS, type RatingReason } from '@app/domain/rating';
import { IsDay } from '@app/platform/fields';
import { IsCount, IsText } from '@app/platform/validation';

export class RatingBody {
  @IsInt()
  @Min(LOWEST_SCORE)
  @Max(HIGHEST_SCORE)
  score: number;

  @IsOptional()
  @IsIn(RATING_REASONS)
  reason?: RatingReason;

  @IsOptional()
  @IsText({ max: 2_000 })
  comment?: string;
}

export class RatingLinkParams {
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  token: string;
}

export class RatingReportQuery {
  /** First local day. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Last local day. */
  @IsOptional()
  @IsDay()
  to?: string;

  @IsOptional()
  @IsCount(LOWEST_SCORE, HIGHEST_SCORE)
  score?: number;

  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(5_000)
  cursor?: string;
}
