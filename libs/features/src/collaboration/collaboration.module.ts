import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { BulkService } from './bulk.service';
import { ConsultationsQueries } from './consultations.queries';
import { ConsultationsService } from './consultations.service';
import { EscalationOptionsQueries } from './escalation-options.queries';
import { LinksService } from './links.service';
import { MergeService } from './merge.service';
import { RelationsQueries } from './relations.queries';
import { SplitService } from './split.service';
import { ValidationsQueries } from './validations.queries';
import { ValidationsService } from './validations.service';
import { ViewCountsQueries } from './view-counts.queries';

const PARTS = [
  SplitService,
  BulkService,
  EscalationOptionsQueries,
  ViewCountsQueries,
  MergeService,
  LinksService,
  RelationsQueries,
  ConsultationsService,
  ConsultationsQueries,
  ValidationsService,
  ValidationsQueries,
];

@Module({ imports: [DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class CollaborationModule {}
