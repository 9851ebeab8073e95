import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';

@Injectable()
export class NotificationsService {
  constructor(private readonly db: TenantDb) {}

  /** Marks one's own as read; ids of others change nothing. Returns how many were unread. */
  markRead(actor: Actor, ids: readonly string[]): Promise<number> {
    return this.db.run(actor, (tx) =>
      tx.affected(
        'update notification set read_at = $3 where account_id = $1 and id = any ($2::uuid[]) and read_at is null',
        [actor.accountId, ids, tx.now],
      ),
    );
  }
}
