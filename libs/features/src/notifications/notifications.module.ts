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
  imports: [DirectoryModule],
  providers: [
    CursorSecret,
    NotifyService,
    StepNotices,
    MailerService,
    NotificationsQueries,
    NotificationsService,
    MailTextsService,
  ],
  exports: [NotifyService, StepNotices, MailerService, NotificationsQueries, NotificationsService, MailTextsService],
})
export class NotificationsModule {}
