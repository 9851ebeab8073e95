import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { TenantDb } from '@app/db/tenant-db';
import { CONSUMERS, type QueuedConsumer } from '@app/domain/events';
import type { ConsumerJob } from '@app/platform/consumer.processor';
import { EventSignal } from '@app/platform/event-signal';
import { LOG, type Log } from '@app/platform/log';
import { ProcessState } from '@app/platform/process-state';
import { JOB_OPTIONS } from '@app/platform/queues';
import { Loop } from './loop';

const BATCH = 50;
const POLL_MS = 250;
const HANDOVER_MS = 10_000;
/** A job whose worker died with it, and that the queue never found, stands in the way of its row no longer than this. */
const SHADOW_MS = 5 * 60_000;

interface LeasedRow {
  eventId: string;
  consumer: QueuedConsumer;
  attempts: number;
}

const LEASE = `
  update outbox o set locked_until = clock_timestamp() + interval '60 s'
  from (
    select event_id, consumer from outbox
    where consumer in ('${CONSUMERS.join("', '")}') and done_at is null and dead_at is null and next_try_at <= clock_timestamp() and (locked_until is null or locked_until <= clock_timestamp())
    order by next_try_at, event_id limit ${BATCH} for update skip locked) due
  where o.event_id = due.event_id and o.consumer = due.consumer
  returning o.event_id as "eventId", o.consumer, o.attempts`;

/**
 * Hands waiting outbox rows to the queues. Handing over is not done: only the consumer sets a row done, and a lease
 * that runs out is offered again, so a lost queue costs a delay and never a message.
 */
@Injectable()
export class RelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  private stopping = false;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly db: TenantDb,
    private readonly modules: ModuleRef,
    private readonly signal: EventSignal,
    private readonly state: ProcessState,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.loop = new Loop('relay', POLL_MS, () => this.drain(), log);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.state.relays = true;
    this.loop.start();
    this.unsubscribe = await this.signal.subscribe(this.loop.wake).catch((error: Error) => {
      this.log.warn({ err: error.message }, 'no signal; the relay polls');
      return () => undefined;
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.unsubscribe();
    await this.loop.stop();
  }

  /** One batch; returns how many rows were handed over. */
  async relayOnce(): Promise<number> {
    const rows = await this.db.system((tx) => tx.query<LeasedRow>('relay-lease', LEASE));
    try {
      await Promise.all(CONSUMERS.map((consumer) => this.handOver(consumer, rows)));
    } catch (error) {
      await this.release(rows);
      throw error;
    }
    return rows.length;
  }

  private async handOver(consumer: QueuedConsumer, rows: readonly LeasedRow[]): Promise<void> {
    const own = rows.filter((row) => row.consumer === consumer);
    if (own.length === 0) return;
    const queue = this.modules.get<Queue<ConsumerJob>>(getQueueToken(consumer), { strict: false });
    const period = Math.floor(Date.now() / SHADOW_MS);
    const jobs = own.map(({ eventId, attempts }) => ({
      name: consumer,
      data: { eventId },
      opts: { ...JOB_OPTIONS, jobId: `${eventId}-${attempts}-${period}` },
    }));
    // A queue that is away may wait for ever.
    await within(HANDOVER_MS, queue.addBulk(jobs));
  }

  private async release(rows: readonly LeasedRow[]): Promise<void> {
    await this.db.system((tx) =>
      tx.affected(
        `update outbox o set locked_until = null from unnest($1::bigint[], $2::text[]) as r(event_id, consumer)
         where o.event_id = r.event_id and o.consumer = r.consumer and o.done_at is null`,
        [rows.map((row) => row.eventId), rows.map((row) => row.consumer)],
      ),
    );
  }

  private async drain(): Promise<void> {
    while ((await this.relayOnce()) === BATCH && !this.stopping);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The queue does not answer.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
