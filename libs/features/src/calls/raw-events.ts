import { v7 as uuid } from 'uuid';
import type { TenantDb } from '@app/db/tenant-db';

export interface RawEvent {
  integrationId: string;
  hubId: string;
  receivedAt: Date;
  contentType: string;
  body: Buffer;
}

interface Waiting extends RawEvent {
  id: string;
  resolve: (id: string) => void;
  reject: (error: unknown) => void;
}

const STORE = `
  with stored as (
    insert into pbx_event (id, integration_id, hub_id, received_at, content_type, body)
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::bytea[])
    returning integration_id, received_at)
  update pbx_integration i set last_event_at = greatest(i.last_event_at, s.at)
  from (select integration_id, max(received_at) as at from stored group by 1) s
  where i.id = s.integration_id and (i.last_event_at is null or i.last_event_at < s.at - interval '1 s')`;
const BATCH = 500;

/** Keeps bodies before anything is made of them. Those that come while one batch is written are the next: a rush costs one commit for many. */
export class RawEvents {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly db: TenantDb) {}

  /** Resolves once the body is durable; its id. */
  store(event: RawEvent): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...event, id: uuid(), resolve, reject });
      if (!this.writing) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.writing = true;
    // What arrives in the same turn goes along.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        await this.db.system(async (tx) => {
          await tx.query('pbx-store', STORE, [
            batch.map((one) => one.id),
            batch.map((one) => one.integrationId),
            batch.map((one) => one.hubId),
            batch.map((one) => one.receivedAt),
            batch.map((one) => one.contentType),
            batch.map((one) => one.body),
          ]);
          // Wakes the workers, although the log does not grow by it.
          tx.logged = true;
        });
        for (const one of batch) one.resolve(one.id);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.writing = false;
  }
}
