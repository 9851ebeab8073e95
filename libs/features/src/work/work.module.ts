import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { RoutingModule } from '../routing/routing.module';
import { AgentPlansService } from './agent-plans.service';
import { DispatcherService } from './dispatcher.service';
import { HandsService } from './hands.service';
import { IntakeService } from './intake.service';
import { OffersService } from './offers.service';
import { OverflowService } from './overflow.service';
import { PresenceReasonsService } from './presence-reasons.service';
import { PresenceService } from './presence.service';
import { WorkQueries } from './work.queries';

const SERVICES = [
  AgentPlansService,
  DispatcherService,
  HandsService,
  PresenceReasonsService,
  IntakeService,
  OffersService,
  OverflowService,
  PresenceService,
  WorkQueries,
];

/** Presence, offers and the dispatcher. */
@Module({ imports: [DirectoryModule, RoutingModule], providers: SERVICES, exports: SERVICES })
export class WorkModule {}
