import { Module } from '@nestjs/common';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { ReportsModule } from '@app/features/reports/reports.module';
import { LiveController } from './hubs/live.controller';

@Module({ imports: [DirectoryModule, ReportsModule], controllers: [LiveController] })
export class ReportsApiModule {}
