import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { HubsQueries } from '@app/features/directory/hubs.queries';
import { QueueList } from '@app/features/directory/place-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';

@ApiTags('reference')
@Controller('queues')
@Allow('reference:read')
export class QueuesController {
  constructor(private readonly hubs: HubsQueries) {}

  /** Queues of one's own hub. */
  @Get()
  list(@CurrentActor() actor: Actor): QueueList {
    return { items: this.hubs.queues(actor) };
  }
}
