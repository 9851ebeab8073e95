import { Module } from '@nestjs/common';
import { WritingModule } from '@app/features/writing/writing.module';
import { DraftsController } from './writing/drafts.controller';
import { MacrosController } from './writing/macros.controller';
import { ViewsController } from './writing/views.controller';

@Module({ imports: [WritingModule], controllers: [DraftsController, MacrosController, ViewsController] })
export class WritingApiModule {}
