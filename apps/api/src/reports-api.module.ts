import { Module } from '@nestjs/common';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { ReportsModule } from '@app/features/reports/reports.module';
import { LiveController } from './hubs/live.controller';
import { AgentReportsController } from './reports/agent-reports.controller';
import { ReportsController } from './reports/reports.controller';

@Module({
  imports: [DirectoryModule, ReportsModule],
  controllers: [LiveController, AgentReportsController, ReportsController],
})
export class ReportsApiModule {}
