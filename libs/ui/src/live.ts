import { io, type Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  LogCursor,
  PlainAnswer,
  Poke,
  Presence,
  ServerToClientEvents,
  WallSnapshot,
  WatchAnswer,
} from '@app/contract/realtime';

/** A socket may fall and rise without anybody noticing; after this it is said. */
const SAID_AFTER_MS = 1_500;
/** How often a connection that seems good is asked whether it is. */
const PROBE_MS = 20_000;
const ANSWER_MS = 2_000;

export type LiveState = 'connecting' | 'live' | 'lost' | 'closed';

interface LiveEvents {
  event: (poke: Poke) => void;
  presence: (body: Presence) => void;
  figures: (body: { hubId: string }) => void;
  wall: (snapshot: WallSnapshot) => void;
  /** The state changed. */
  state: (state: LiveState) => void;
  /** Too much was missed: fetch again what is shown; what is on the screen stays until then. */
  resync: () => void;
  /** The server ended the socket. */
  closing: (body: { code: 'session_closed' | 'rate_limited' }) => void;
}
type Name = keyof LiveEvents;

/** Live updates of one page: reconnects by itself, asks for what was missed, watches again what was watched. */
export class Live {
  state: LiveState = 'connecting';
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private readonly listeners = new Map<Name, Set<(body: never) => void>>();
  private readonly watched = new Set<string>();
  private wall: { hubId?: string } | null = null;
  private cursor: LogCursor | null = null;
  private saying: ReturnType<typeof setTimeout> | undefined;
  private probing: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.socket = io({ transports: ['websocket'], reconnectionDelay: 250, reconnectionDelayMax: 1_500 });
    this.socket.on('ready', this.onReady);
    this.socket.on('event', this.onEvent);
    this.socket.on('presence', this.onPresence);
    this.socket.on('figures', this.onFigures);
    this.socket.on('wall.snapshot', this.onWall);
    this.socket.on('closing', this.onClosing);
    this.socket.on('disconnect', this.onLost);
    this.socket.on('connect_error', this.onRefused);
    addEventListener('offline', this.onLost);
    addEventListener('online', this.onOnline);
    document.addEventListener('visibilitychange', this.onVisibility);
    this.probing = setInterval(this.probe, PROBE_MS);
  }

  /** Listens; the answer ends it, with the same function that was added. */
  on<K extends Name>(name: K, listener: LiveEvents[K]): () => void {
    const all = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, all.add(listener as (body: never) => void));
    return () => void all.delete(listener as (body: never) => void);
  }

  /** Tells colleagues that this ticket is open here, also after a reconnect. */
  async watch(ticketId: string): Promise<WatchAnswer | null> {
    this.watched.add(ticketId);
    return this.socket.connected ? this.ask<WatchAnswer>('watch', { ticketId }) : null;
  }

  unwatch(ticketId: string): void {
    this.watched.delete(ticketId);
    if (this.socket.connected) this.socket.emit('unwatch', { ticketId });
  }

  /** Again at least every 8 s while the person writes. */
  typing(ticketId: string, typing: boolean): void {
    if (this.socket.connected) this.socket.volatile.emit('typing', { ticketId, typing });
  }

  /** Whole snapshots of a wall from now on, also after a reconnect; null leaves it. */
  standAtWall(wall: { hubId?: string } | null): void {
    this.wall = wall;
    if (!this.socket.connected) return;
    if (wall) this.socket.emit('wall.join', wall, () => undefined);
    else this.socket.emit('wall.leave', {});
  }

  close(): void {
    clearTimeout(this.saying);
    clearInterval(this.probing);
    removeEventListener('offline', this.onLost);
    removeEventListener('online', this.onOnline);
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.socket.close();
    this.become('closed');
    this.listeners.clear();
  }

  private readonly onReady = (body: { cursor: LogCursor }): void => {
    const before = this.cursor;
    clearTimeout(this.saying);
    this.saying = undefined;
    for (const ticketId of this.watched) void this.ask('watch', { ticketId });
    if (this.wall) this.socket.emit('wall.join', this.wall, () => undefined);
    this.become('live');
    if (before === null) this.cursor = body.cursor;
    else void this.catchUp(before, body.cursor);
  };

  /** What was missed, event by event; when that fails or was too much, everything shown is fetched anew. */
  private async catchUp(from: LogCursor, now: LogCursor): Promise<void> {
    const answer = await this.socket
      .timeout(ANSWER_MS)
      .emitWithAck('resume', from)
      .catch(() => null);
    if (answer?.ok !== true || 'resync' in answer) {
      this.cursor = answer?.ok === true ? answer.cursor : now;
      this.tell('resync', undefined);
      return;
    }
    for (const poke of answer.events) this.tell('event', poke);
    this.cursor = answer.cursor;
  }

  private readonly onEvent = (poke: Poke): void => {
    this.cursor = poke.cursor;
    this.tell('event', poke);
  };
  private readonly onPresence = (body: Presence): void => this.tell('presence', body);
  private readonly onFigures = (body: { hubId: string }): void => this.tell('figures', body);
  private readonly onWall = (snapshot: WallSnapshot): void => this.tell('wall', snapshot);
  private readonly onClosing = (body: { code: 'session_closed' | 'rate_limited' }): void => this.tell('closing', body);

  private readonly onLost = (): void => {
    if (this.state === 'closed') return;
    if (!navigator.onLine) this.become('lost');
    this.saying ??= setTimeout(() => {
      this.saying = undefined;
      if (!this.socket.connected) this.become('lost');
    }, SAID_AFTER_MS);
  };

  /** A handshake that was refused by the server does not come back by itself. */
  private readonly onRefused = (error: Error & { data?: { code?: string } }): void => {
    this.onLost();
    const code = error.data?.code;
    if (code === 'unauthorized' || code === 'invalid_token') this.tell('closing', { code: 'session_closed' });
    else if (code !== undefined) setTimeout(() => this.state !== 'closed' && this.socket.connect(), PROBE_MS / 10);
  };

  private readonly onOnline = (): void => {
    if (!this.socket.connected) this.socket.connect();
    else void this.probe();
  };

  private readonly onVisibility = (): void => {
    if (!document.hidden) this.onOnline();
  };

  /** A connection that died silently is found by asking. */
  private readonly probe = async (): Promise<void> => {
    if (!this.socket.connected || this.cursor === null || document.hidden) return;
    const alive = await this.socket
      .timeout(ANSWER_MS)
      .emitWithAck('resume', this.cursor)
      .catch(() => null);
    if (alive === null && this.state === 'live') this.socket.io.engine?.close();
  };

  private ask<T = PlainAnswer>(name: 'watch', body: { ticketId: string }): Promise<T | null> {
    return this.socket
      .timeout(ANSWER_MS)
      .emitWithAck(name, body)
      .then(
        (answer) => answer as T,
        () => null,
      );
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    this.tell('state', state);
  }

  private tell<K extends Name>(name: K, body: Parameters<LiveEvents[K]>[0]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(body as never);
  }
}
