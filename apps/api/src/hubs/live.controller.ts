import { Controller, Get, Param } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '@app/features/directory/reference-data';
import { LiveFiguresQueries } from '@app/features/reports/live-figures.queries';
import { Allow, CurrentActor, CurrentState } from '@app/platform/access';
import { HubFiguresView, HubParams } from './live.dto';

@Controller('hubs')
export class LiveController {
  constructor(
    private readonly figures: LiveFiguresQueries,
    private readonly reference: ReferenceData,
  ) {}

  /** Live figures of a hub: its own for agents and supervisors, any hub's for the national programme. */
  @Get(':id/live')
  @Allow('hubs:live')
  async live(
    @CurrentActor() actor: Actor,
    @Param() { id }: HubParams,
    @CurrentState() state: string,
  ): Promise<HubFiguresView> {
    const programme = actor.role === 'coordinator';
    if (!programme && id !== actor.hubId) throw new Refusal('not_found', 'Not found.');
    this.reference.hub(id);
    const { byAgent, ...figures } = await this.figures.hubFigures(id, state);
    return programme ? figures : { ...figures, byAgent };
  }
}
