import { Module } from '@nestjs/common';
import { CollaborationModule } from '@app/features/collaboration/collaboration.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { ConsultationsController } from './consultations/consultations.controller';
import { PendingRepliesController } from './pending-replies/pending-replies.controller';
import { RelationsController } from './relations/relations.controller';
import { ValidationsController } from './validations/validations.controller';

@Module({
  imports: [CollaborationModule, TicketsModule],
  controllers: [RelationsController, ConsultationsController, ValidationsController, PendingRepliesController],
})
export class CollaborationApiModule {}
