import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { MailerService } from './mailer.service';
import { MailTextsService } from './mail-texts.service';
import { NotificationsQueries } from './notifications.queries';
import { NotificationsService } from './notifications.service';
import { NotifyService } from './notify.service';
import { StepNotices } from './step-notices.service';

@Module({
<<<<<<< HEAD
  providers: [CursorSecret, NotifyService, MailerService, NotificationsQueries, NotificationsService, MailTextsService],
  exports: [NotifyService, MailerService, NotificationsQueries, NotificationsService, MailTextsService],
=======
  imports: [DirectoryModule],
  providers: [CursorSecret, NotifyService, StepNotices, MailerService, NotificationsQueries, NotificationsService],
  exports: [NotifyService, StepNotices, MailerService, NotificationsQueries, NotificationsService],
>>>>>>> 9d11931 (Steps of the ladder take effect once: the sweeper passes them in sets, people are told and tickets are changed in batches of their own)
})
export class NotificationsModule {}
