import { Body, Controller, Get, Param, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RatingPageView, RatingView } from '@app/features/portal/rating-view.dto';
import { RatingsService } from '@app/features/portal/ratings.service';
import { Public } from '@app/platform/access';
import { RatingBody, RatingLinkParams } from './ratings.dto';

/** Rating from the link of a mail, without signing in. */
@ApiTags('ratings')
@Controller('ratings')
export class RatingsController {
  constructor(private readonly ratings: RatingsService) {}

  /** What is rated; looking saves nothing. */
  @Public()
  @Get(':token')
  page(@Param() { token }: RatingLinkParams, @Req() request: FastifyRequest): Promise<RatingPageView> {
    return this.ratings.page(token, request.ip);
  }

  /** Give the note, or change it. */
  @Public()
  @Put(':token')
  rate(
    @Param() { token }: RatingLinkParams,
    @Body() body: RatingBody,
    @Req() request: FastifyRequest,
  ): Promise<RatingView> {
    return this.ratings.rateByLink(token, body, request.ip);
  }
}
