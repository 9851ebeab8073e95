import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { DraftsService } from './drafts.service';
import { MacrosQueries } from './macros.queries';
import { MacrosService } from './macros.service';
import { ViewsService } from './views.service';

const PARTS = [DraftsService, MacrosService, MacrosQueries, ViewsService];

@Module({ imports: [DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class WritingModule {}
