import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { outboxDead, outboxOldest, outboxWaiting } from '@app/platform/metrics';

/** How the outbox does, for those who watch: what waits, since when, and what was given up. */
@Injectable()
export class OutboxGauges {
  constructor(private readonly db: TenantDb) {}

  async measure(): Promise<void> {
    const [row] = await this.db.system((tx) =>
      tx.query<{ waiting: number; oldest: number; dead: number }>(
        'outbox-gauges',
        `select count(*)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(next_try_at)), 0)::float8 as oldest,
           (select count(*)::int from outbox where dead_at is not null) as dead
         from outbox where done_at is null and dead_at is null`,
      ),
    );
    outboxWaiting.set(row.waiting);
    outboxOldest.set(Math.max(row.oldest, 0));
    outboxDead.set(row.dead);
  }
}
