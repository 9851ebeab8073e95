import { BullModule, BullRegistrar, getQueueToken } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  createPostgresBackend,
  setDefaultBackendFactory,
  type ConnectionOptions,
  type Queue,
  type WorkerOptions,
} from 'bullmq';
import { QUEUE_ROLE, QUEUE_SCHEMA } from '@app/db/migrate-queues';
import { CONSUMERS } from '@app/domain/events';
import type { Config } from './config';
import { CONFIG } from './database.module';
import { LOG, type Log } from './log';

const POOL_SIZE = 3;

/** The one switch of the queues: Redis when there is an address, else PostgreSQL. No feature knows which. */
export function queueConnection(config: Pick<Config, 'databaseUrl' | 'redisUrl'>): ConnectionOptions {
  if (config.redisUrl) {
    setDefaultBackendFactory();
    return { url: config.redisUrl };
  }
  setDefaultBackendFactory(createPostgresBackend);
  return {
    connectionString: config.databaseUrl,
    schema: QUEUE_SCHEMA,
    options: `-c role=${QUEUE_ROLE} -c jit=off`,
    application_name: 'sanad-queue',
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
  };
}

/** A job is only a hint that an outbox row waits: tries are counted in the row, and nothing is kept of a finished job. */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** Workers killed often must not bury jobs: BullMQ's own limit of one stall would. */
export function workerOptions(concurrency: number): Omit<WorkerOptions, 'connection'> {
  return { concurrency, stalledInterval: 10_000, maxStalledCount: 10, lockDuration: 30_000 };
}

/** One queue for each durable consumer. Workers start last, when everything they use is ready. */
@Module({
  imports: [
    BullModule.forRootAsync({
      useFactory: (config: Config) => ({ connection: queueConnection(config) }),
      inject: [CONFIG],
      extraOptions: { manualRegistration: true },
    }),
    BullModule.registerQueue(...CONSUMERS.map((name) => ({ name }))),
  ],
  exports: [BullModule],
})
export class QueueModule implements OnApplicationBootstrap {
  constructor(
    private readonly registrar: BullRegistrar,
    private readonly modules: ModuleRef,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    for (const name of CONSUMERS) {
      const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
      queue.on('error', (error) => this.log.warn({ queue: name, err: error.message }, 'connection of a queue lost'));
    }
    this.registrar.register();
  }
}
