import { BullModule, BullRegistrar, getQueueToken, getSharedConfigToken } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type Queue, type WorkerOptions } from 'bullmq';
import { Cluster } from 'ioredis';
import { CONSUMERS } from '@app/domain/events';
import type { Config } from './config';
import { CONFIG } from './database.module';
import { LOG, type Log } from './log';
import { queueConnection, type QueueConnection } from './running-mode';

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
export class QueueModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly registrar: BullRegistrar,
    private readonly modules: ModuleRef,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    for (const name of CONSUMERS) {
      this.queue(name).on('error', (error) =>
        this.log.warn({ queue: name, err: error.message }, 'connection of a queue lost'),
      );
    }
    this.registrar.register();
  }

  /** BullMQ ends the connections that it has made, and those of a cluster are ours. */
  onApplicationShutdown(): void {
    const shared = this.modules.get<QueueConnection>(getSharedConfigToken(), { strict: false });
    for (const { connection } of [shared, ...CONSUMERS.map((name) => this.queue(name).opts)]) {
      if (connection instanceof Cluster) connection.disconnect();
    }
  }

  private queue(name: string): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }
}
