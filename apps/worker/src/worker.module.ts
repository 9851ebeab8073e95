import { Module } from '@nestjs/common';
import { NotificationsModule } from '@app/features/notifications/notifications.module';
import { WorkModule } from '@app/features/work/work.module';
import { QueueModule } from '@app/platform/queues';
import { AssignmentProcessor } from './assignment.processor';
import { MailProcessor } from './mail.processor';
import { NotificationProcessor } from './notification.processor';
import { RelayService } from './relay.service';

/** What happens after a commit. Needs the global DatabaseModule. */
@Module({
  imports: [QueueModule, WorkModule, NotificationsModule],
  providers: [RelayService, AssignmentProcessor, NotificationProcessor, MailProcessor],
  exports: [RelayService],
})
export class WorkerModule {}
