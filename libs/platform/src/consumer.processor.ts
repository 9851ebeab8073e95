import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Job, Worker } from 'bullmq';
import type { TenantDb } from '@app/db/tenant-db';
import type { Consumer } from '@app/domain/events';
import { consume, type Effect } from './consumer';
import type { Log } from './log';

/** What the relay hands over: nothing but the number of the event. */
export interface ConsumerJob {
  eventId: string;
}

/** Runs one consumer's effect for each job; subclasses carry `@Processor(consumer, workerOptions(n))`. */
export abstract class ConsumerProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(
    private readonly consumer: Consumer,
    private readonly db: TenantDb,
    private readonly log: Log,
    private readonly effect: Effect,
  ) {
    super();
  }

  async process(job: Job<ConsumerJob>): Promise<void> {
    const { eventId } = job.data;
    const consumed = await consume(this.db, this.consumer, eventId, this.effect);
    if (consumed.result === 'failed' || consumed.result === 'dead') {
      this.log.warn({ consumer: this.consumer, eventId, ...consumed }, 'effect failed');
    }
  }

  @OnWorkerEvent('error')
  onError(error: Error & { code?: string }): void {
    this.log.warn({ consumer: this.consumer, err: error.code ?? error.message }, 'queue worker');
  }

  /** Before pools close: takes no more jobs and waits for the running effects. */
  async beforeApplicationShutdown(): Promise<void> {
    // One whose clock was off has none.
    await this.started()?.close();
  }

  private started(): Worker | undefined {
    try {
      return this.worker;
    } catch {
      return undefined;
    }
  }
}
