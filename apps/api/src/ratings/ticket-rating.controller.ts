import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { RatingView, TicketRatingView } from '@app/features/portal/rating-view.dto';
import { RatingsService } from '@app/features/portal/ratings.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { RatingBody } from './ratings.dto';

@ApiTags('ratings')
@ApiBearerAuth()
@Controller('tickets/:ticket/rating')
export class TicketRatingController {
  constructor(private readonly ratings: RatingsService) {}

  /** The note of a ticket, and whether one may be given. */
  @Allow('tickets:read')
  @Get()
  find(@CurrentActor() actor: Actor, @Param('ticket') ticket: string): Promise<TicketRatingView> {
    return this.ratings.find(actor, ticket);
  }

  /** Give the note, or change it: one for each ticket. */
  @Allow('tickets:rate')
  @Put()
  rate(@CurrentActor() actor: Actor, @Param('ticket') ticket: string, @Body() body: RatingBody): Promise<RatingView> {
    return this.ratings.rate(actor, ticket, body);
  }
}
