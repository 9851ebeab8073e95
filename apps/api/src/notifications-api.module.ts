import { Module } from '@nestjs/common';
import { NotificationsModule } from '@app/features/notifications/notifications.module';
import { OutboxController } from './dev/outbox.controller';
import { MailTextsController } from './notifications/mail-texts.controller';
import { NotificationsController } from './notifications/notifications.controller';

@Module({
  imports: [NotificationsModule],
  controllers: [NotificationsController, MailTextsController, OutboxController],
})
export class NotificationsApiModule {}
