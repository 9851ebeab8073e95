import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { LinksService } from './links.service';
import { MergeService } from './merge.service';
import { RelationsQueries } from './relations.queries';

const PARTS = [MergeService, LinksService, RelationsQueries];

@Module({ imports: [DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class CollaborationModule {}
