import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { SimulationView } from '@app/features/sla/simulation.dto';
import { SimulationService } from '@app/features/sla/simulation.service';
import { TicketsQueries } from '@app/features/tickets/tickets.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { SimulationBody, TicketSimulationBody } from './simulations.dto';

@ApiTags('sla')
@ApiBearerAuth()
@Controller('sla/simulations')
export class SimulationsController {
  constructor(
    private readonly simulations: SimulationService,
    private readonly tickets: TicketsQueries,
  ) {}

  /** Explains, step by step, when a question would be due: under what is published or under a draft. */
  @Allow('sla:read')
  @Post()
  @HttpCode(200)
  sample(@CurrentActor() actor: Actor, @Body() body: SimulationBody): SimulationView {
    const { facts = {}, pauses = [], ...rest } = body;
    return this.simulations.sample(actor, {
      ...rest,
      facts: { ...facts },
      pauses: pauses.map(({ from, to }) => ({ from, to: to ?? null })),
    });
  }

  /** Explains the due times of a ticket, under the versions of policy and calendar that its clocks keep. */
  @Allow('tickets:change')
  @Post('tickets')
  @HttpCode(200)
  async ofTicket(
    @CurrentActor() actor: Actor,
    @Body() { ticket, clockId }: TicketSimulationBody,
  ): Promise<SimulationView> {
    const { id } = await this.tickets.get(actor, ticket);
    return this.simulations.ofTicket(id, clockId);
  }
}
