import {
  Inject,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { OnGatewayConnection, OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { HandshakeRefusal, SocketCode } from '@app/contract/realtime';
import type { SignedIn } from '@app/platform/access';
import { Clock } from '@app/platform/clock';
import { LOG, type Log } from '@app/platform/log';
import { refusalOf } from '@app/platform/problem';
import { SESSION_COOKIE, SessionReader } from '@app/platform/session-reader';
import { CommandsService } from './commands.service';
import { Connection, refused, type SanadServer, type SanadSocket } from './connection';
import { EventReader } from './event-reader.service';
import type { LoggedEvent } from './event-store';
import { FiguresListener } from './figures-listener.service';
import { readPacket, tokenOfHandshake } from './frames';
import { PresenceBoard } from './presence';
import { RightsService } from './rights.service';
import { ALL_FIGURES, figuresRoom, isStaff, roomsOf, roomsPoked } from './rooms';
import { WallService } from './wall.service';

export const SOCKETS_PER_ACCOUNT = 20;
/** Disabled people and ended sessions are out within 5 s. */
const REVIEW_MS = 4_000;

type Admitted = { signedIn: SignedIn; token: string };

/**
 * The socket side of the application. Frames of clients are taken by one function instead of `@SubscribeMessage`, so that unknown names,
 * wrong bodies, too many frames and errors all end in the one fixed answer, and the global pipes, guards and filters of HTTP stay out.
 */
@WebSocketGateway()
export class EventsGateway
  implements
    OnGatewayInit<SanadServer>,
    OnGatewayConnection<SanadSocket>,
    OnApplicationBootstrap,
    BeforeApplicationShutdown,
    OnApplicationShutdown
{
  private server: SanadServer;
  private presence: PresenceBoard;
  private readonly admitted = new WeakMap<SanadSocket, Admitted>();
  private readonly ofAccount = new Map<string, Set<SanadSocket>>();
  private readonly connections = new Set<Connection>();
  private review: NodeJS.Timeout | undefined;
  private reviewing: Promise<void> | null = null;

  constructor(
    private readonly sessions: SessionReader,
    private readonly rights: RightsService,
    private readonly commands: CommandsService,
    private readonly reader: EventReader,
    private readonly figures: FiguresListener,
    private readonly wall: WallService,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(server: SanadServer): void {
    this.server = server;
    this.presence = new PresenceBoard(server, (error) => this.warn(error, 'presence failed'));
    this.commands.presence = this.presence;
    server.use((socket, next) => {
      this.admit(socket).then(
        (code) => next(code ? handshakeError(code) : undefined),
        (error) => {
          this.warn(error, 'handshake failed');
          next(handshakeError('overloaded'));
        },
      );
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.wall.start(this.server);
    await this.reader.start((events) => events.forEach((event) => this.poke(event)));
    await this.figures.start((hubId) =>
      this.server.local.to([figuresRoom(hubId), ALL_FIGURES]).emit('figures', { hubId }),
    );
    this.review = setInterval(() => {
      this.reviewing ??= this.reviewAll()
        .catch((error) => this.warn(error, 'review of the sessions failed'))
        .finally(() => (this.reviewing = null));
    }, REVIEW_MS);
  }

  handleConnection(socket: SanadSocket): void {
    const { signedIn, token } = this.admitted.get(socket)!;
    const { actor } = signedIn;
    const connection = new Connection(socket, signedIn, token);
    this.connections.add(connection);
    socket.data = { accountId: actor.accountId, name: actor.name, staff: isStaff(actor), typing: null };
    socket.on('error', () => undefined);
    socket.on('disconnect', () => this.gone(connection));
    socket.use((packet) => this.take(connection, packet));
    void socket.join(roomsOf(actor));
    connection.expireAfter(signedIn.expiresAt.getTime() - this.clock.now().getTime(), () =>
      connection.end('session_closed'),
    );
    socket.emit('ready', { cursor: this.reader.cursor });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.review);
    await this.reviewing;
    await this.wall.stop();
    await this.reader.stop();
  }

  onApplicationShutdown(): void {
    this.presence?.close();
    for (const connection of this.connections) connection.clear();
  }

  /** Null when the handshake is good. */
  private async admit(socket: SanadSocket): Promise<HandshakeRefusal['code'] | null> {
    const { auth, headers } = socket.handshake;
    const token = tokenOfHandshake(auth, headers, SESSION_COOKIE);
    if (token === null || token === '') return 'unauthorized';
    const signedIn = await this.sessions.find(token);
    if (!signedIn) return 'invalid_token';
    const { accountId } = signedIn.actor;
    const sockets = this.ofAccount.get(accountId) ?? new Set();
    if (sockets.size >= SOCKETS_PER_ACCOUNT) return 'rate_limited';
    this.ofAccount.set(accountId, sockets.add(socket));
    this.admitted.set(socket, { signedIn, token });
    // Also for a client that leaves between the handshake and the connection.
    socket.conn.once('close', () => this.forget(socket, accountId));
    return null;
  }

  private forget(socket: SanadSocket, accountId: string): void {
    const sockets = this.ofAccount.get(accountId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.ofAccount.delete(accountId);
  }

  private gone(connection: Connection): void {
    connection.clear();
    this.connections.delete(connection);
    this.forget(connection.socket, connection.signedIn.actor.accountId);
    for (const ticketId of connection.watched) this.presence.changed(ticketId);
  }

  /** Takes every frame of a client; nothing goes on to other handlers. */
  private take(connection: Connection, packet: unknown[]): void {
    const { name, body, ack } = readPacket(packet);
    const counted = connection.count(performance.now());
    if (counted !== 'taken') {
      ack?.(refused('rate_limited'));
      if (counted === 'cut') connection.end('rate_limited');
      return;
    }
    connection.inTurn(async () => {
      if (!connection.socket.connected) return;
      const answer = await this.commands.answer(connection, name, body).catch((error) => this.refuse(error));
      ack?.(answer);
    });
  }

  /** Any error as the one shape of answer: no text, no internals. */
  private refuse(error: unknown): object {
    const { refusal, unexpected } = refusalOf(error);
    if (unexpected) this.warn(error, 'socket command failed');
    const code: SocketCode = refusal.code === 'overloaded' || refusal.code === 'not_found' ? refusal.code : 'internal';
    return refused(code);
  }

  private poke(event: LoggedEvent): void {
    const rooms = roomsPoked(event);
    if (rooms.length > 0) this.server.local.to(rooms).emit('event', event.poke);
    if (event.type !== 'session.closed') return;
    for (const connection of this.connections) {
      if (connection.signedIn.sessionId === event.sessionId) connection.end('session_closed');
    }
  }

  private async reviewAll(): Promise<void> {
    const verdicts = await this.rights.review([...this.connections]);
    for (const [connection, { session, lost }] of verdicts) {
      if (session === 'ended') connection.end('session_closed');
      // The client comes back by itself, and its rooms are computed anew.
      else if (session === 'changed') connection.socket.conn.close();
      else for (const ticketId of lost) await this.commands.leave(connection, ticketId);
    }
  }

  private warn(error: unknown, what: string): void {
    this.log.warn({ err: (error as Error)?.message }, what);
  }
}

function handshakeError(code: HandshakeRefusal['code']): Error {
  return Object.assign(new Error(code), { data: { code } satisfies HandshakeRefusal });
}
