import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import { Client, Pool } from 'pg';
import { Server, type ServerOptions } from 'socket.io';
import type { Config } from './config';
import { LOG, type Log } from './log';
import { isOwnOrigin } from './origin';

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

/** Nest brings a Socket.IO of its own; ours is the one that the lock file names. */
type NestServer = ReturnType<IoAdapter['createIOServer']>;
type AllowRequest = NonNullable<ServerOptions['allowRequest']>;

/** The socket server of a process, the same in production and in tests. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: Config,
    private readonly cluster: Cluster | null,
  ) {
    super(app);
  }

  override createIOServer(): NestServer {
    const server = new Server(this.httpServer as HttpServer, {
      path: '/socket.io',
      serveClient: false,
      // State recovery stays off: it restores rooms saved before a change of rights.
      transports: ['websocket'],
      maxHttpBufferSize: 100_000,
      connectTimeout: 10_000,
      allowRequest: allowOwnOrigin(this.config),
    });
    if (this.cluster) server.adapter(this.cluster.adapter);
    return server as unknown as NestServer;
  }

  /** Ends the connections and leaves the HTTP server to its owner; clients see a lost transport and come back. */
  override async close(server: NestServer): Promise<void> {
    await Promise.all([...server._nsps.values()].map((namespace) => namespace.adapter.close()));
    server.engine.close();
  }

  override async dispose(): Promise<void> {
    await this.cluster?.close();
  }
}

/**
 * Gives the application its sockets. `several`: other processes serve sockets too, so that presence and room operations travel
 * between them; over PostgreSQL, whose NOTIFY carries them. Pokes do not: each process reads the log itself.
 */
export async function useSockets(
  app: INestApplicationContext & { useWebSocketAdapter(adapter: IoAdapter): unknown },
  config: Config,
  { several }: { several: boolean },
): Promise<void> {
  const cluster = several ? await postgresCluster(config, app.get<Log>(LOG)) : null;
  app.useWebSocketAdapter(new SocketAdapter(app, config, cluster));
}

function allowOwnOrigin(config: Config): AllowRequest {
  return (request: IncomingMessage, done) => {
    const own = isOwnOrigin(request.headers, config.origins);
    done(own ? null : 'unauthorized', own);
  };
}

interface Cluster {
  adapter: ReturnType<typeof createAdapter>;
  close(): Promise<void>;
}

async function postgresCluster(config: Config, log: Log): Promise<Cluster> {
  const options = {
    connectionString: config.databaseUrl!,
    options: AS_QUEUE,
    application_name: 'sanad-socket',
  };
  const pool = new Pool({ ...options, max: 3 });
  pool.on('error', (error) => log.warn({ err: error.message }, 'socket connection lost'));
  await pool.query(TABLES);
  // The adapter keeps its listening client for ever and ignores its errors, so it gets one outside the pool that swallows them.
  const connections = {
    query: (text: string, values?: unknown[]) => pool.query(text, values),
    connect: async () => {
      const client = new Client(options);
      client.on('error', (error) => log.warn({ err: error.message }, 'socket connection lost'));
      await client.connect();
      return Object.assign(client, { release: () => void client.end().catch(() => undefined) });
    },
  };
  const adapter = createAdapter(connections as unknown as Pool, {
    tableName: 'attachment',
    channelPrefix: 'sanad_socket',
    errorHandler: (error) => log.warn({ err: error.message }, 'socket message between processes failed'),
  });
  return { adapter, close: () => pool.end() };
}
