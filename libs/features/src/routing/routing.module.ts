import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { AssignmentService } from './assignment.service';
import { ModeService } from './mode.service';
import { QueuesService } from './queues.service';
import { RerouteService } from './reroute.service';
import { RelaxationService } from './relaxation.service';
import { RulesQueries } from './rules.queries';
import { RulesService } from './rules.service';
import { SkillsService } from './skills.service';

const SERVICES = [
  AssignmentService,
  ModeService,
  RelaxationService,
  QueuesService,
  RerouteService,
  RulesQueries,
  RulesService,
  SkillsService,
];

/** Rules, queues and skills, and who gets a ticket that is given at once. */
@Module({ imports: [DirectoryModule], providers: SERVICES, exports: SERVICES })
export class RoutingModule {}
