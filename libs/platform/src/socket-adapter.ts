import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';
import type { Config } from './config';
import { LOG, type Log } from './log';
import { isOwnOrigin } from './origin';
import { socketCluster } from './running-mode';
import type { SocketCluster } from './socket-cluster';

/** Nest brings a Socket.IO of its own; ours is the one that the lock file names. */
type NestServer = ReturnType<IoAdapter['createIOServer']>;
type AllowRequest = NonNullable<ServerOptions['allowRequest']>;

/** The socket server of a process, the same in production and in tests. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: Config,
    private readonly cluster: SocketCluster | null,
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
    server.engine.on('connection', endWhenSilent);
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
 * between them. Pokes do not: each process reads the log itself.
 */
export async function useSockets(
  app: INestApplicationContext & { useWebSocketAdapter(adapter: IoAdapter): unknown },
  config: Config,
  { several }: { several: boolean },
): Promise<void> {
  const cluster = await socketCluster(config, app.get<Log>(LOG), several);
  app.useWebSocketAdapter(new SocketAdapter(app, config, cluster));
}

/** Who answers no ping reads no farewell either, which would be waited for another half minute, with all that is held for him. */
function endWhenSilent(socket: {
  once: EventEmitter['once'];
  transport: { socket?: { terminate?: () => void } };
}): void {
  socket.once('close', (reason: string) => {
    if (reason === 'ping timeout') socket.transport.socket?.terminate?.();
  });
}

function allowOwnOrigin(config: Config): AllowRequest {
  return (request: IncomingMessage, done) => {
    const own = isOwnOrigin(request.headers, config.origins);
    done(own ? null : 'unauthorized', own);
  };
}
