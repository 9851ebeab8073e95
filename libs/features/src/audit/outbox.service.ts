import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { Consumer } from '@app/domain/events';
import type { RequeueAnswer } from './system-view.dto';

const AT_ONCE = 1_000;

/** What was given up after many tries is tried again when a person says so. */
@Injectable()
export class OutboxService {
  constructor(private readonly db: TenantDb) {}

  /** The oldest first; of one consumer, or of all. */
  requeue(actor: Actor, consumer: Consumer | null): Promise<RequeueAnswer> {
    return this.db.run(
      actor,
      async (tx) => {
        const requeued = await tx.affected(
          `update outbox o set dead_at = null, attempts = 0, next_try_at = clock_timestamp(), locked_until = null
           from (select event_id, consumer from outbox where dead_at is not null and ($1::text is null or consumer = $1)
             order by dead_at, event_id limit ${AT_ONCE} for update skip locked) dead
           where o.event_id = dead.event_id and o.consumer = dead.consumer`,
          [consumer],
        );
        const [{ left }] = await tx.sql<{ left: number }>(
          'select count(*)::int as left from outbox where dead_at is not null and ($1::text is null or consumer = $1)',
          [consumer],
        );
        if (requeued > 0) tx.emit({ type: 'outbox.requeued', data: { consumer: consumer ?? 'all', count: requeued } });
        return { requeued, left };
      },
      { as: 'system' },
    );
  }
}
