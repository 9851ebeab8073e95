import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import type { RedisOptions } from 'ioredis';
import { giveUpWhenSilent } from '@app/db/silence';
import { QUEUE_ROLE, QUEUE_SCHEMA } from '@app/db/migrate-queues';
import type { Carrier } from './carrier';
import { directUrl, type Config } from './config';
import type { Log } from './log';
import { PostgresCarrier } from './postgres-carrier';
import { RedisCarrier } from './redis-carrier';
import { connectRedis, redisAddress } from './redis';
import { postgresCluster, redisCluster, type SocketCluster } from './socket-cluster';

/*
 * The one switch of the running modes: with REDIS_URL, queues, signals and sockets between processes go over Redis, else over
 * PostgreSQL. No feature knows which.
 */

const POOL_SIZE = 3;

/** Names of this installation in a Redis that others may use too; the braces keep them together in a cluster. */
const prefixOf = (config: Config): string => `{sanad:${new URL(directUrl(config)).pathname.slice(1)}}:`;

export interface QueueConnection {
  connection: ConnectionOptions;
  prefix?: string;
}

/** For workers, which wait for Redis as long as it takes; producers say at once that it is away, and the relay tries again. */
export function queueConnection(config: Config, side: 'producer' | 'worker'): QueueConnection {
  if (!config.redisUrl) {
    setDefaultBackendFactory(createPostgresBackend);
    return { connection: postgresQueues(config) };
  }
  setDefaultBackendFactory();
  const options: RedisOptions = {
    connectionName: 'sanad-queue',
    maxRetriesPerRequest: null,
    ...(side === 'producer' ? { enableOfflineQueue: false } : {}),
  };
  const address = redisAddress(config.redisUrl);
  const connection =
    address.kind === 'cluster' ? connectRedis(config.redisUrl, options) : { ...address.options, ...options };
  return { connection: connection as ConnectionOptions, prefix: `${prefixOf(config)}queue` };
}

function postgresQueues(config: Config): ConnectionOptions {
  return {
    connectionString: directUrl(config),
    schema: QUEUE_SCHEMA,
    options: `-c role=${QUEUE_ROLE} -c jit=off`,
    application_name: 'sanad-queue',
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    onConnect: giveUpWhenSilent,
  } as ConnectionOptions;
}

/** Pokes between processes. */
export function createCarrier(config: Config, log: Log): Carrier {
  return config.redisUrl
    ? new RedisCarrier(config.redisUrl, prefixOf(config), log)
    : new PostgresCarrier(directUrl(config), log);
}

/** Sockets of several processes; null when there is only this one. */
export async function socketCluster(config: Config, log: Log, several: boolean): Promise<SocketCluster | null> {
  if (config.redisUrl) return redisCluster(config.redisUrl, prefixOf(config), log);
  return several ? postgresCluster(directUrl(config), log) : null;
}
