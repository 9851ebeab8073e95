import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { NotificationsQueries } from '@app/features/notifications/notifications.queries';
import { NotificationsService } from '@app/features/notifications/notifications.service';
import { Allow, CurrentActor } from '@app/platform/access';
import {
  NotificationPageView,
  NotificationsQuery,
  ReadNotificationsBody,
  ReadNotificationsView,
} from './notifications.dto';

const PAGE = 20;

@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly queries: NotificationsQueries,
    private readonly service: NotificationsService,
  ) {}

  /** One's own notifications, newest first. */
  @Get()
  @Allow('notifications:read')
  list(@CurrentActor() actor: Actor, @Query() query: NotificationsQuery): Promise<NotificationPageView> {
    const { unread, limit = PAGE, cursor } = query;
    return this.queries.list(actor, { unread: unread === 'true', limit, cursor });
  }

  /** Marks as read. */
  @Post('read')
  @HttpCode(200)
  @Allow('notifications:read')
  async read(@CurrentActor() actor: Actor, @Body() body: ReadNotificationsBody): Promise<ReadNotificationsView> {
    return { read: await this.service.markRead(actor, body.ids) };
  }
}
