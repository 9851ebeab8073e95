import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { FilesModule } from '../files/files.module';
import { AttachmentsQueries } from './attachments.queries';
import { FollowUpCodes } from './follow-up-code';
import { HistoryQueries } from './history.queries';
import { HoldingProjector } from './holding.projector';
import { LadderService } from './ladder.service';
import { LegalDeadlinesService } from './legal-deadlines.service';
import { MessagesService } from './messages.service';
import { ReferenceAllocator } from './reference-allocator';
import { PendingRepliesService } from './pending-replies.service';
import { SilenceService } from './silence.service';
import { TicketCreateService } from './ticket-create.service';
import { TicketPromiseQueries } from './ticket-promise.queries';
import { TicketsQueries } from './tickets.queries';
import { TicketsService } from './tickets.service';

const PARTS = [
  AttachmentsQueries,
  PendingRepliesService,
  HoldingProjector,
  LadderService,
  LegalDeadlinesService,
  SilenceService,
  TicketCreateService,
  TicketPromiseQueries,
  TicketsService,
  MessagesService,
  TicketsQueries,
  FollowUpCodes,
  HistoryQueries,
];

@Module({
  imports: [FilesModule, DirectoryModule],
  providers: [...PARTS, ReferenceAllocator, CursorSecret],
  exports: PARTS,
})
export class TicketsModule {}
