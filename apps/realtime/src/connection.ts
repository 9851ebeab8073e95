import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents, SocketCode, SocketRefusal } from '@app/contract/realtime';
import type { SignedIn } from '@app/platform/access';

/** What other processes may see of a socket: for presence, nothing secret. */
export interface SocketData {
  accountId: string;
  name: string;
  staff: boolean;
  /** Ticket that the person is writing on. */
  typing: string | null;
}

export type SanadServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type SanadSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

export const EVENTS_PER_SECOND = 50;
const STRIKES = 3;
const MOST_WAITING = 100;
const TYPING_MS = 10_000;

/** One socket with what the server knows about it; never leaves the process. */
export class Connection {
  readonly watched = new Set<string>();
  private window = { from: 0, count: 0 };
  private strikes = 0;
  private waiting = 0;
  private queue: Promise<void> = Promise.resolve();
  private typingEnds: NodeJS.Timeout | undefined;
  private expires: NodeJS.Timeout | undefined;

  constructor(
    readonly socket: SanadSocket,
    readonly signedIn: SignedIn,
    readonly token: string,
  ) {}

  /** Counts one event of the client: taken, refused, or one too many refused. */
  count(now: number): 'taken' | 'limited' | 'cut' {
    if (now - this.window.from >= 1_000) this.window = { from: now, count: 0 };
    this.window.count += 1;
    if (this.window.count <= EVENTS_PER_SECOND && this.waiting < MOST_WAITING) return 'taken';
    this.strikes += 1;
    return this.strikes < STRIKES ? 'limited' : 'cut';
  }

  /** One event after the other, so that a `resume` sees the `watch` before it. */
  inTurn(work: () => Promise<void>): void {
    this.waiting += 1;
    this.queue = this.queue.then(work).finally(() => (this.waiting -= 1));
  }

  expireAfter(ms: number, expired: () => void): void {
    this.expires = setTimeout(expired, Math.min(Math.max(ms, 0), 2 ** 31 - 1));
  }

  /** Remembers what the person writes on; `forgotten` when nothing more is heard. */
  writes(ticketId: string | null, forgotten: (ticketId: string) => void): void {
    clearTimeout(this.typingEnds);
    this.socket.data.typing = ticketId;
    if (ticketId === null) return;
    this.typingEnds = setTimeout(() => {
      this.socket.data.typing = null;
      forgotten(ticketId);
    }, TYPING_MS);
  }

  /** The session is over: say so, and close. */
  end(code: 'session_closed' | 'rate_limited'): void {
    this.socket.emit('closing', { code });
    this.socket.disconnect(true);
  }

  clear(): void {
    clearTimeout(this.expires);
    clearTimeout(this.typingEnds);
  }
}

export function refused(code: SocketCode): SocketRefusal {
  return { ok: false, code };
}
