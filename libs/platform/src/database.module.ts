import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENTITIES } from '@app/db/entities/all';
import { SnakeNaming } from '@app/db/naming';
import { giveUpWhenSilent } from '@app/db/silence';
import { TenantDb } from '@app/db/tenant-db';
import type { Carrier } from './carrier';
import { Clock } from './clock';
import type { Config } from './config';
import { ProcessState } from './process-state';
import { EventSignal } from './event-signal';
import { createLog, LOG, type Log } from './log';
import { createCarrier } from './running-mode';

export const CONFIG = Symbol('config');
export const CARRIER = Symbol('carrier');

/** A pooler gives each transaction another server, where a prepared statement of the last one is unknown. */
function withoutNames(client: PoolClient): void {
  const query = client.query.bind(client) as (first: unknown, ...rest: unknown[]) => unknown;
  Object.assign(client, {
    query: (first: unknown, ...rest: unknown[]) =>
      query(typeof first === 'object' && first && 'name' in first ? { ...first, name: undefined } : first, ...rest),
  });
}

/** Connection settings of every process; limits of statements and locks belong to the login (`migrate.ts`). */
export function dataSourceOptions(config: Config): DataSourceOptions {
  const pooled = config.databaseDirectUrl !== null;
  return {
    type: 'postgres',
    url: config.databaseUrl!,
    entities: ENTITIES,
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    applicationName: 'sanad',
    extra: {
      max: config.poolSize,
      pipeline: true,
      connectionTimeoutMillis: 2_000,
      // The pool hands a connection on before its new holder can listen: a loss in between would end the process.
      onConnect: (client: PoolClient) => {
        client.on('error', () => undefined);
        giveUpWhenSilent(client);
        if (pooled) withoutNames(client);
      },
    },
  };
}

/** Configuration, log, clock and database: what every process needs, and all that is global. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(EventSignal) private readonly signal: EventSignal) {}

  static forRoot(config: Config, overrides: { clock?: Clock; log?: Log } = {}): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(config), retryAttempts: 3, retryDelay: 500 })],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOG, useValue: overrides.log ?? createLog(config.logLevel) },
        ProcessState,
        { provide: Clock, useValue: overrides.clock ?? new Clock() },
        { provide: CARRIER, useFactory: (log: Log) => createCarrier(config, log), inject: [LOG] },
        {
          provide: EventSignal,
          useFactory: (carrier: Carrier, log: Log) => new EventSignal(carrier, log),
          inject: [CARRIER, LOG],
        },
        {
          provide: TenantDb,
          useFactory: (source: DataSource, clock: Clock, signal: EventSignal) =>
            new TenantDb(source, () => clock.now(), signal.poke),
          inject: [getDataSourceToken(), Clock, EventSignal],
        },
      ],
      exports: [CONFIG, LOG, Clock, ProcessState, CARRIER, EventSignal, TenantDb],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signal.close();
  }
}
