import { Module } from '@nestjs/common';
import { SlaModule } from '@app/features/sla/sla.module';
import { CalendarsController } from './sla/calendars.controller';
import { PoliciesController } from './sla/policies.controller';

@Module({ imports: [SlaModule], controllers: [PoliciesController, CalendarsController] })
export class SlaApiModule {}
