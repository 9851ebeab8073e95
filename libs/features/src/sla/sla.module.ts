import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { CalendarsQueries } from './calendars.queries';
import { CalendarsService } from './calendars.service';
import { ClosuresService } from './closures.service';
import { ImpactService } from './impact.service';
import { PoliciesQueries } from './policies.queries';
import { PoliciesService } from './policies.service';
import { RecomputeService } from './recompute.service';
import { SimulationService } from './simulation.service';
import { Sweeper } from './sweeper.service';

const PARTS = [
  Sweeper,
  ImpactService,
  RecomputeService,
  PoliciesService,
  PoliciesQueries,
  CalendarsService,
  CalendarsQueries,
  ClosuresService,
  SimulationService,
];

@Module({ imports: [DirectoryModule], providers: PARTS, exports: PARTS })
export class SlaModule {}
