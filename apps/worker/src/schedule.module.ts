import { Module } from '@nestjs/common';
import { AdministrationModule } from '@app/features/administration/administration.module';
import { AuditModule } from '@app/features/audit/audit.module';
import { CallsModule } from '@app/features/calls/calls.module';
import { CollaborationModule } from '@app/features/collaboration/collaboration.module';
import { NotificationsModule } from '@app/features/notifications/notifications.module';
import { FilesModule } from '@app/features/files/files.module';
import { ReportsModule } from '@app/features/reports/reports.module';
import { RoutingModule } from '@app/features/routing/routing.module';
import { SlaModule } from '@app/features/sla/sla.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { WorkModule } from '@app/features/work/work.module';
import { ScheduleService } from './schedule.service';

@Module({
  imports: [
    FilesModule,
    CollaborationModule,
    SlaModule,
    RoutingModule,
    ReportsModule,
    AuditModule,
    TicketsModule,
    AdministrationModule,
    WorkModule,
    CallsModule,
    NotificationsModule,
  ],
  providers: [ScheduleService],
  exports: [ScheduleService],
})
export class ScheduleModule {}
