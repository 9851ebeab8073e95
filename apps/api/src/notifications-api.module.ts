import { Module } from '@nestjs/common';
import { NotificationsModule } from '@app/features/notifications/notifications.module';
import { OutboxController } from './dev/outbox.controller';
import { NotificationsController } from './notifications/notifications.controller';

@Module({ imports: [NotificationsModule], controllers: [NotificationsController, OutboxController] })
export class NotificationsApiModule {}
