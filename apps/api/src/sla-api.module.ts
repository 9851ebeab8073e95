import { Module } from '@nestjs/common';
import { SlaModule } from '@app/features/sla/sla.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { CalendarsController } from './sla/calendars.controller';
import { PoliciesController } from './sla/policies.controller';
import { SimulationsController } from './sla/simulations.controller';

@Module({
  imports: [SlaModule, TicketsModule],
  controllers: [PoliciesController, CalendarsController, SimulationsController],
})
export class SlaApiModule {}
