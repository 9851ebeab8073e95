import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';

export interface NotificationRow {
  id: string;
  kind: string;
  ticketId: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
  readAt: Date | null;
}

export interface NotificationPage {
  items: NotificationRow[];
  unread: number;
  nextCursor: string | null;
}

export interface OutboxMail {
  id: string;
  template: string;
  language: 'fr' | 'ar';
  toAddress: string;
  subject: string;
  text: string;
  createdAt: Date;
  sentAt: Date | null;
}

const OUTBOX_LENGTH = 50;
const SORT = 'notifications:newest';

@Injectable()
export class NotificationsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
  ) {}

  /** One's own, newest first. */
  async list(
    actor: Actor,
    { unread, limit, cursor }: { unread: boolean; limit: number; cursor?: string },
  ): Promise<NotificationPage> {
    const secret = await this.secret.value();
    const use = { sort: SORT, scope: `${actor.accountId}:${unread}` };
    const [at, id] = cursor ? decodeCursor(secret, cursor, use) : [null, null];
    return this.db.run(actor, async (tx) => {
      const rows = await tx.query<NotificationRow>(
        `notifications-${unread ? 'unread' : 'all'}`,
        `select id, kind, ticket_id as "ticketId", data, created_at as "createdAt", read_at as "readAt" from notification
         where account_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
           ${unread ? 'and read_at is null' : ''}
         order by created_at desc, id desc limit $4`,
        [actor.accountId, at, id, limit + 1],
      );
      const [count] = await tx.query<{ unread: number }>(
        'notifications-count',
        'select count(*)::int as unread from notification where account_id = $1 and read_at is null',
        [actor.accountId],
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const more = rows.length > limit && last;
      return {
        items,
        unread: count.unread,
        nextCursor: more ? encodeCursor(secret, { ...use, values: [last.createdAt.toISOString(), last.id] }) : null,
      };
    });
  }

  /** The latest mails, for the demonstration's outbox. */
  outbox(): Promise<OutboxMail[]> {
    return this.db.system((tx) =>
      tx.query<OutboxMail>(
        'outbox-mails',
        `select id, template, language, to_address as "toAddress", subject, text, created_at as "createdAt", sent_at as "sentAt"
         from mail_message order by created_at desc, id desc limit ${OUTBOX_LENGTH}`,
      ),
    );
  }
}
