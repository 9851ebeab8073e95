import { Module } from '@nestjs/common';
import { CollaborationModule } from '@app/features/collaboration/collaboration.module';
import { RelationsController } from './relations/relations.controller';

@Module({ imports: [CollaborationModule], controllers: [RelationsController] })
export class CollaborationApiModule {}
