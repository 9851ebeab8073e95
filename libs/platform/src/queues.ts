import { BullModule, BullRegistrar, getQueueToken, getSharedConfigToken } from '@nestjs/bullmq';
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type Queue, type WorkerOptions } from 'bullmq';
import { Cluster } from 'ioredis';
import { TenantDb } from '@app/db/tenant-db';
import { CONSUMERS } from '@app/domain/events';
import { MAX_DRIFT_MS } from './clock';
import type { Config } from './config';
import { CONFIG } from './database.module';
import { LOG, type Log } from './log';
import { queueConnection, type QueueConnection } from './running-mode';

/** A job is only a hint that an outbox row waits: tries are counted in the row, and nothing is kept of a finished job. */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

const CLOCK_AGAIN_MS = 1_000;

/** Workers killed often must not bury jobs: BullMQ's own limit of one stall would. */
export function workerOptions(concurrency: number): Omit<WorkerOptions, 'connection'> {
  return { concurrency, stalledInterval: 10_000, maxStalledCount: 10, lockDuration: 30_000 };
}

/** One queue for each durable consumer. Workers start last, when everything they use is ready. */
@Module({
  imports: [
    BullModule.forRootAsync({
      useFactory: (config: Config) => queueConnection(config, 'worker'),
      inject: [CONFIG],
      extraOptions: { manualRegistration: true },
    }),
    BullModule.registerQueueAsync(
      ...CONSUMERS.map((name) => ({
        name,
        useFactory: (config: Config) => queueConnection(config, 'producer'),
        inject: [CONFIG],
      })),
    ),
  ],
  exports: [BullModule],
})
export class QueueModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private later: NodeJS.Timeout | undefined;
  private closing = false;
  /** What the queues were made with. */
  private readonly producers: unknown[] = [];

  constructor(
    private readonly registrar: BullRegistrar,
    private readonly modules: ModuleRef,
    private readonly db: TenantDb,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const name of CONSUMERS) {
      this.queue(name).on('error', (error) =>
        this.log.warn({ queue: name, err: error.message }, 'connection of a queue lost'),
      );
    }
    await this.startWorkers();
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    clearTimeout(this.later);
  }

  /**
   * BullMQ asks the clock of the process which jobs somebody has left behind, and writes down for all when it was last asked. A worker two hours ahead
   * would take jobs out of the hands of others, and for two hours nobody would pick up those of the dead. So it waits for its clock to be right.
   */
  private async startWorkers(): Promise<void> {
    const drift = await this.drift().catch(() => Number.NaN);
    if (this.closing) return;
    if (Math.abs(drift) <= MAX_DRIFT_MS) return this.register();
    this.log.error({ driftMs: drift }, 'the clock is off from the database: no jobs are taken until it is right');
    this.later = setTimeout(() => void this.startWorkers(), CLOCK_AGAIN_MS).unref();
  }

  /**
   * Nest would give each worker the connection of its queue, which says at once that Redis is away: the worker would ask again without a
   * pause, and the process would never come to connect again. Workers have the one that waits.
   */
  private register(): void {
    const { connection } = this.modules.get<QueueConnection>(getSharedConfigToken(), { strict: false });
    for (const name of CONSUMERS) {
      const { opts } = this.queue(name);
      this.producers.push(opts.connection);
      opts.connection = connection;
    }
    this.registrar.register();
  }

  private async drift(): Promise<number> {
    const from = Date.now();
    const [{ now }] = await this.db.system((tx) => tx.sql<{ now: Date }>('select clock_timestamp() as now'));
    const there = now.getTime();
    // Read at some moment between question and answer, which may be far apart.
    return Math.max(0, from - there) + Math.min(0, Date.now() - there);
  }

  /** BullMQ ends the connections that it has made, and those of a cluster are ours. */
  onApplicationShutdown(): void {
    const shared = this.modules.get<QueueConnection>(getSharedConfigToken(), { strict: false });
    const queues = CONSUMERS.map((name) => this.queue(name).opts.connection);
    for (const connection of new Set([shared.connection, ...queues, ...this.producers])) {
      if (connection instanceof Cluster) connection.disconnect();
    }
  }

  private queue(name: string): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }
}
