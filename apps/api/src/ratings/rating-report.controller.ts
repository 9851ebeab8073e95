import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { RatingReport } from '@app/features/portal/rating-view.dto';
import { RatingsQueries } from '@app/features/portal/ratings.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { RatingReportQuery } from './ratings.dto';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('reports/ratings')
export class RatingReportController {
  constructor(private readonly ratings: RatingsQueries) {}

  /** Notes of the hub: average with its number, and the list behind it. */
  @Allow('ratings:read')
  @Get()
  report(@CurrentActor() actor: Actor, @Query() query: RatingReportQuery): Promise<RatingReport> {
    return this.ratings.report(actor, { ...query, limit: query.limit ?? 25 });
  }
}
