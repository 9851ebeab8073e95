import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import { DAY_MS } from '@app/domain/zone';
import { BODIES_KEPT_DAYS } from '../calls/call-rows';

const BATCH = 5_000;
const MOST_BATCHES = 20;

/**
 * Forgets what nobody asks for any more: outbox rows done two weeks ago, answers kept for repeated requests after 48 hours, bodies of
 * telephone events after ninety days. In batches
 * and not by partition: the key of a partition would have to be part of the outbox row's own key, which every effect finds it by.
 */
@Injectable()
export class RetentionService {
  constructor(private readonly db: TenantDb) {}

  /** Returns how many rows went; the rest waits for the next turn. */
  async forget(): Promise<number> {
    const outbox = await this.batches(
      `delete from outbox o using (
         select event_id, consumer from outbox where done_at < clock_timestamp() - interval '14 days'
         order by event_id, consumer limit ${BATCH} for update skip locked) old
       where o.event_id = old.event_id and o.consumer = old.consumer`,
    );
    const answers = await this.batches(
      `delete from idempotency i using (
         select account_id, key from idempotency where created_at < clock_timestamp() - interval '48 hours'
         order by created_at limit ${BATCH}) old
       where i.account_id = old.account_id and i.key = old.key`,
    );
    // Their ids are in the order of arrival.
    const bodies = await this.batches(
      `delete from pbx_event e using (
         select id from pbx_event where id < $1 and state <> 'new' order by id limit ${BATCH} for update skip locked) old
       where e.id = old.id`,
      [firstIdOf(Date.now() - BODIES_KEPT_DAYS * DAY_MS)],
    );
    return outbox + answers + bodies;
  }

  private async batches(sql: string, values: unknown[] = []): Promise<number> {
    let total = 0;
    for (let n = 0; n < MOST_BATCHES; n += 1) {
      const gone = await this.db.system((tx) => tx.affected(sql, values));
      total += gone;
      if (gone < BATCH) break;
    }
    return total;
  }
}

/** No id that was made at this instant or later is smaller. */
function firstIdOf(ms: number): string {
  return uuid({ msecs: ms, seq: 0, random: new Uint8Array(16) });
}
