import { io, type Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  HandshakeRefusal,
  LogCursor,
  Poke,
  Presence,
  ResumeAnswer,
  ServerToClientEvents,
} from '@app/contract/realtime';

/** Full jitter: a server that comes back must not meet everybody at once. */
const BACK = { fromMs: 1_000, toMs: 15_000 };
const ANSWER_MS = 5_000;

export interface Listeners {
  poke(poke: Poke): unknown;
  presence(presence: Presence): unknown;
  figures(hubId: string): unknown;
  /** What was missed cannot be listed: fetch again what is shown. */
  resync(): unknown;
  /** News of the connection. */
  note(text: string): unknown;
  /** The session has ended; there is no way back. */
  over(text: string): unknown;
}

/** A connection that comes back by itself and asks for what it missed: the pattern for any program that listens. */
export class LiveFeed {
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private cursor: LogCursor | null = null;
  private readonly watched = new Set<string>();
  /** Pokes that arrive while what was missed before them is being asked for. */
  private held: Poke[] | null = null;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    url: string,
    token: string,
    private readonly listeners: Listeners,
    private readonly back = BACK,
  ) {
    this.socket = io(url, { transports: ['websocket'], auth: { token }, autoConnect: false, reconnection: false });
    this.socket.on('ready', ({ cursor }) => void this.ready(cursor).catch(() => this.socket.disconnect()));
    this.socket.on('event', (poke) => (this.held ? this.held.push(poke) : this.take(poke)));
    this.socket.on('presence', listeners.presence);
    this.socket.on('figures', ({ hubId }) => listeners.figures(hubId));
    this.socket.on('closing', ({ code }) => {
      if (code === 'session_closed') this.finish('The session has ended.');
    });
    this.socket.on('disconnect', () => this.comeBack('Connection lost'));
    this.socket.on('connect_error', (error) => this.refused(error));
  }

  connect(): void {
    this.socket.connect();
  }

  /** Also after each reconnect, until the program ends. */
  async watch(ticketId: string): Promise<void> {
    this.watched.add(ticketId);
    if (this.socket.connected) await this.socket.timeout(ANSWER_MS).emitWithAck('watch', { ticketId });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.socket.disconnect();
  }

  /** Watches first, so that what was missed on those tickets is told as well. */
  private async ready(now: LogCursor): Promise<void> {
    this.held = [];
    const ask = this.socket.timeout(ANSWER_MS);
    for (const ticketId of this.watched) await ask.emitWithAck('watch', { ticketId });
    if (this.cursor) this.catchUp(await ask.emitWithAck('resume', this.cursor));
    else this.listeners.note('Connected.');
    this.cursor ??= now;
    const { held } = this;
    this.held = null;
    held.forEach((poke) => this.take(poke));
  }

  private catchUp(answer: ResumeAnswer): void {
    if (!answer.ok) throw new Error(answer.code);
    if ('resync' in answer) this.listeners.resync();
    else {
      this.listeners.note(`Connected again; ${answer.events.length} missed.`);
      answer.events.forEach((poke) => this.take(poke));
    }
    if (this.cursor && isAfter(answer.cursor, this.cursor)) this.cursor = answer.cursor;
  }

  private take(poke: Poke): void {
    // The same event may come both ways.
    if (this.cursor && !isAfter(poke.cursor, this.cursor)) return;
    this.cursor = poke.cursor;
    this.listeners.poke(poke);
  }

  private refused(error: Error & { data?: HandshakeRefusal }): void {
    const code = error.data?.code;
    if (code === 'invalid_token' || code === 'unauthorized') return this.finish('The session has ended.');
    this.comeBack(code === 'rate_limited' ? 'Too many connections of this account' : 'No connection');
  }

  private comeBack(why: string): void {
    if (this.closed) return;
    const delay = this.back.fromMs + Math.random() * (this.back.toMs - this.back.fromMs);
    this.listeners.note(`${why}; trying again in ${(delay / 1_000).toFixed(0)} s.`);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), delay);
  }

  private finish(why: string): void {
    this.close();
    this.listeners.over(why);
  }
}

function isAfter(one: LogCursor, other: LogCursor): boolean {
  const [a, b] = [BigInt(one.xid), BigInt(other.xid)];
  return a === b ? BigInt(one.id) > BigInt(other.id) : a > b;
}
