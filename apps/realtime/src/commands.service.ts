import { Injectable } from '@nestjs/common';
import type { LogCursor, PlainAnswer, ResumeAnswer, SocketRefusal, WatchAnswer } from '@app/contract/realtime';
import { refused, type Connection } from './connection';
import { EventReader } from './event-reader.service';
import { EventStore } from './event-store';
import { readCursor, readHubId, readTicketId, readTyping } from './frames';
import type { PresenceBoard } from './presence';
import { RightsService } from './rights.service';
import { roomsPoked, ticketRoom, ticketStaffRoom } from './rooms';
import { WallService } from './wall.service';

/** Missed events sent in one answer, and how much of the log is searched for them. */
const MOST_MISSED = 500;
const MOST_SEARCHED = 20_000;
const MOST_WATCHED = 100;

type Command = (connection: Connection, body: unknown) => Promise<object>;

/** What a client may ask on its socket; anything else is a bad event. */
@Injectable()
export class CommandsService {
  presence: PresenceBoard;

  private readonly commands = new Map<string, Command>([
    ['watch', (connection, body) => this.watch(connection, body)],
    ['unwatch', async (connection, body) => this.unwatch(connection, body)],
    ['typing', async (connection, body) => this.typing(connection, body)],
    ['wall.join', (connection, body) => this.joinWall(connection, body)],
    ['wall.leave', (connection) => this.leaveWall(connection)],
    ['resume', (connection, body) => this.resume(connection, body)],
  ]);

  constructor(
    private readonly rights: RightsService,
    private readonly store: EventStore,
    private readonly reader: EventReader,
    private readonly wall: WallService,
  ) {}

  async answer(connection: Connection, name: string | null, body: unknown): Promise<object> {
    const command = name === null ? undefined : this.commands.get(name);
    return command ? command(connection, body) : refused('bad_event');
  }

  /** Ends the watch of a ticket, asked for or not. */
  async leave(connection: Connection, ticketId: string): Promise<void> {
    if (!connection.watched.delete(ticketId)) return;
    if (connection.socket.data.typing === ticketId) connection.writes(null, () => undefined);
    await connection.socket.leave(ticketRoom(ticketId));
    await connection.socket.leave(ticketStaffRoom(ticketId));
    this.presence.changed(ticketId);
  }

  private async watch(connection: Connection, body: unknown): Promise<WatchAnswer> {
    const ticketId = readTicketId(body);
    const { socket, signedIn, watched } = connection;
    if (!ticketId || (watched.size >= MOST_WATCHED && !watched.has(ticketId))) return refused('validation_failed');
    if (!(await this.rights.mayRead(signedIn.actor, ticketId)) || !socket.connected) return refused('not_found');
    watched.add(ticketId);
    await socket.join(ticketRoom(ticketId));
    if (socket.data.staff) await socket.join(ticketStaffRoom(ticketId));
    this.presence.changed(ticketId);
    return { ok: true, viewers: socket.data.staff ? (await this.presence.of(ticketId)).viewers : [] };
  }

  private async unwatch(connection: Connection, body: unknown): Promise<PlainAnswer> {
    const ticketId = readTicketId(body);
    if (!ticketId) return refused('validation_failed');
    await this.leave(connection, ticketId);
    return { ok: true };
  }

  /** Only on a watched ticket: what one may not watch does not exist. */
  private typing(connection: Connection, body: unknown): PlainAnswer {
    const [ticketId, typing] = [readTicketId(body), readTyping(body)];
    if (!ticketId || typing === null) return refused('validation_failed');
    if (!connection.watched.has(ticketId)) return refused('not_found');
    connection.writes(typing ? ticketId : null, (forgotten) => this.presence.changed(forgotten));
    this.presence.changed(ticketId);
    return { ok: true };
  }

  private async joinWall({ socket, signedIn }: Connection, body: unknown): Promise<PlainAnswer> {
    const hubId = readHubId(body);
    if (hubId === null) return refused('validation_failed');
    await this.wall.join(socket, signedIn.actor, hubId);
    return { ok: true };
  }

  private async leaveWall({ socket }: Connection): Promise<PlainAnswer> {
    await this.wall.leave(socket);
    return { ok: true };
  }

  /** What this actor missed since the cursor, by the same rooms that poke it. */
  private async resume(connection: Connection, body: unknown): Promise<ResumeAnswer | SocketRefusal> {
    const cursor = readCursor(body);
    if (!cursor) return refused('validation_failed');
    const { end, outOfReach } = await this.store.reach(cursor, MOST_SEARCHED);
    if (outOfReach || this.reader.isLagging()) return { ok: true, resync: true, cursor: end };
    const { accountId, hubId, associationId } = connection.signedIn.actor;
    const interest = { accountId, hubId, associationId, ticketIds: [...connection.watched] };
    const events = await this.store.after(cursor, MOST_SEARCHED, interest);
    const missed = events
      .filter((event) => BigInt(event.poke.cursor.xid) < BigInt(end.xid))
      .filter((event) => roomsPoked(event).some((room) => connection.socket.rooms.has(room)))
      .map((event) => event.poke);
    if (missed.length > MOST_MISSED) return { ok: true, resync: true, cursor: end };
    return { ok: true, events: missed, cursor: newest(cursor, end) };
  }
}

/** A cursor inside the transaction at the end is newer than its beginning. */
function newest(cursor: LogCursor, end: LogCursor): LogCursor {
  return cursor.xid === end.xid ? cursor : end;
}
