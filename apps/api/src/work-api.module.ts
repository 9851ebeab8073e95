import { Module } from '@nestjs/common';
import { WorkModule } from '@app/features/work/work.module';
import { WorkController } from './work/work.controller';

@Module({ imports: [WorkModule], controllers: [WorkController] })
export class WorkApiModule {}
