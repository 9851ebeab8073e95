import { createAdapter as overPostgres } from '@socket.io/postgres-adapter';
import { createAdapter as overRedis } from '@socket.io/redis-streams-adapter';
import { Client, Pool } from 'pg';
import type { Server } from 'socket.io';
import { giveUpWhenSilent } from '@app/db/silence';
import type { Log } from './log';
import { closeRedis, connectRedis, type RedisClient } from './redis';

/** What lets the sockets of several processes act as those of one. */
export interface SocketCluster {
  adapter: NonNullable<Parameters<Server['adapter']>[0]>;
  close(): Promise<void>;
}

const SCHEMA = 'sanad_socket';
/** Rights and search path of the tables that belong to queues and sockets, taken when the connection opens. */
const AS_QUEUE = `-c role=sanad_queue -c search_path=${SCHEMA}`;

/** Several processes may start at once, and `if not exists` alone is no lock. */
const TABLES = `
  begin;
  select pg_advisory_xact_lock(hashtext('${SCHEMA}'));
  create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.attachment (id bigserial primary key, created_at timestamptz not null default now(), payload bytea);
  commit`;

export async function postgresCluster(databaseUrl: string, log: Log): Promise<SocketCluster> {
  const options = {
    connectionString: databaseUrl,
    options: AS_QUEUE,
    application_name: 'sanad-socket',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  };
  const pool = new Pool({ ...options, max: 3 });
  pool.on('connect', giveUpWhenSilent);
  pool.on('error', (error) => log.warn({ err: error.message }, 'socket connection lost'));
  await pool.query(TABLES);
  // The adapter keeps its listening client for ever and ignores its errors, so it gets one outside the pool that swallows them.
  const connections = {
    query: (text: string, values?: unknown[]) => pool.query(text, values),
    connect: async () => {
      const client = new Client(options);
      client.on('error', (error) => log.warn({ err: error.message }, 'socket connection lost'));
      await client.connect();
      giveUpWhenSilent(client);
      return Object.assign(client, { release: () => void client.end().catch(() => undefined) });
    },
  };
  const adapter = overPostgres(connections as unknown as Pool, {
    tableName: 'attachment',
    channelPrefix: 'sanad_socket',
    errorHandler: (error) => log.warn({ err: error.message }, 'socket message between processes failed'),
  });
  return { adapter, close: () => pool.end() };
}

/** The stream is cut to its newest entries: what it carries (presence, rooms) is old after a second. */
export function redisCluster(url: string, prefix: string, log: Log): SocketCluster {
  const client = connectRedis(url, { connectionName: 'sanad-socket', maxRetriesPerRequest: 1 });
  client.on('error', (error: Error) => log.warn({ err: error.message }, 'socket connection lost'));
  // The adapter reads on connections that it makes from this one, and lets them wait out their last read when it ends.
  const readers: RedisClient[] = [];
  const duplicate = client.duplicate.bind(client) as () => RedisClient;
  Object.assign(client, { duplicate: () => readers[readers.push(duplicate()) - 1] });
  const adapter = overRedis(client, {
    streamName: `${prefix}socket`,
    channelPrefix: `${prefix}socket`,
    maxLen: 10_000,
    onlyPlaintext: true,
  });
  const close = async (): Promise<void> => {
    readers.forEach((reader) => reader.disconnect());
    await closeRedis(client);
  };
  return { adapter, close };
}
