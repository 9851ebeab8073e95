import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HubsQueries } from '@app/features/directory/hubs.queries';
import { HubDetails, HubList } from '@app/features/directory/place-view.dto';
import { Allow } from '@app/platform/access';
import { IdParams } from '../params.dto';

@ApiTags('reference')
@Controller('hubs')
@Allow('reference:read')
export class HubsController {
  constructor(private readonly hubs: HubsQueries) {}

  /** All hubs, with whether they answer now. */
  @Get()
  list(): HubList {
    return { items: this.hubs.list() };
  }

  @Get(':id')
  find(@Param() { id }: IdParams): HubDetails {
    return this.hubs.find(id);
  }
}
