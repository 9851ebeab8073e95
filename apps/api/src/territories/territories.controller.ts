import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HubsQueries } from '@app/features/directory/hubs.queries';
import { AnsweringHub, TerritoryList } from '@app/features/directory/place-view.dto';
import { Allow } from '@app/platform/access';
import { AnsweringQuery, TerritoryQuery } from './territories.dto';

@ApiTags('reference')
@Controller('territories')
@Allow('reference:read')
export class TerritoriesController {
  constructor(private readonly hubs: HubsQueries) {}

  /** Which hubs answer for which places on a day; elsewhere the national hub does. */
  @Get()
  list(@Query() { at }: TerritoryQuery): TerritoryList {
    return { items: this.hubs.territories(at) };
  }

  /** The hub that answers for a place, and why. */
  @Get('answering')
  answering(@Query() { placeCode, at }: AnsweringQuery): AnsweringHub {
    return this.hubs.answering(placeCode, at);
  }
}
