import { Module } from '@nestjs/common';
import { CollaborationModule } from '@app/features/collaboration/collaboration.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { BulkActionsController } from './bulk-actions/bulk-actions.controller';
import { ConsultationsController } from './consultations/consultations.controller';
import { PendingRepliesController } from './pending-replies/pending-replies.controller';
import { RelationsController } from './relations/relations.controller';
import { ValidationsController } from './validations/validations.controller';
import { TicketViewsController } from './views/views.controller';

@Module({
  imports: [CollaborationModule, TicketsModule],
  controllers: [
    RelationsController,
    ConsultationsController,
    ValidationsController,
    PendingRepliesController,
    BulkActionsController,
    TicketViewsController,
  ],
})
export class CollaborationApiModule {}
