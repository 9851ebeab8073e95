import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { FollowUpCodes } from './follow-up-code';
import { HistoryQueries } from './history.queries';
import { LadderService } from './ladder.service';
import { MessagesService } from './messages.service';
import { ReferenceAllocator } from './reference-allocator';
import { SilenceService } from './silence.service';
import { TicketCreateService } from './ticket-create.service';
import { TicketsQueries } from './tickets.queries';
import { TicketsService } from './tickets.service';

const PARTS = [
  LadderService,
  SilenceService,
  TicketCreateService,
  TicketsService,
  MessagesService,
  TicketsQueries,
  HistoryQueries,
];

@Module({
  imports: [DirectoryModule],
  providers: [...PARTS, ReferenceAllocator, FollowUpCodes, CursorSecret],
  exports: PARTS,
})
export class TicketsModule {}
