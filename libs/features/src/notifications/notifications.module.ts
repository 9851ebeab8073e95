import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { MailerService } from './mailer.service';
import { MailTextsService } from './mail-texts.service';
import { NotificationsQueries } from './notifications.queries';
import { NotificationsService } from './notifications.service';
import { NotifyService } from './notify.service';

@Module({
  providers: [CursorSecret, NotifyService, MailerService, NotificationsQueries, NotificationsService, MailTextsService],
  exports: [NotifyService, MailerService, NotificationsQueries, NotificationsService, MailTextsService],
})
export class NotificationsModule {}
