import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsCount } from '@app/platform/validation';

export class NotificationsQuery {
  /** Only those not read yet. */
  @IsOptional()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';

  /** 1 to 100, 20 when absent. */
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

export class ReadNotificationsBody {
  /** Ids of one's own notifications. */
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class NotificationView {
  id: string;
  /** What happened: assigned, answered, question_back, resolved, asked_again, escalated, at_risk, late, ladder, legal_near, legal_passed. */
  /** What happened: assigned, answered, question_back, resolved, asked_again, escalated, at_risk, late, merged, merge_undone, mentioned, reply_held,
   *  consultation_… (asked, reminded, answered, cancelled, expired), validation_… (asked, approved, refused). */
  kind: string;
  ticketId: string | null;
  /** The ticket's reference and what the event says: ids, enumerated values, instants. */
  data: Record<string, unknown>;
  createdAt: Date;
  readAt: Date | null;
}

export class NotificationPageView {
  items: NotificationView[];
  /** All that are unread, whatever the page. */
  unread: number;
  nextCursor: string | null;
}

export class ReadNotificationsView {
  /** How many were unread. */
  read: number;
}
