import { connect, type Socket } from 'node:net';
import { randomInt } from 'node:crypto';
import { backoffMs } from './backoff';

const CONNECT_MS = 10_000;
const SILENT_MS = 90_000;
const KEEP_ALIVE_MS = 30_000;
/** A system that sends so much without an end of message is none. */
const MOST_BYTES = 1024 * 1024;

/** What is spoken over a connection. */
export interface Protocol {
  /** On each new connection. */
  begin(send: (text: string) => void): void;
  /** Whole messages are taken from the beginning; returns what is left. */
  take(bytes: Buffer, send: (text: string) => void): Buffer;
  /** Asked now and then, so that a dead line is noticed. */
  ping(send: (text: string) => void): void;
}

export interface Watcher {
  connected(): void;
  lost(problem: string): void;
}

/** A line to a telephone system that comes back by itself, later after each failure. */
export class Connection {
  private socket: Socket | null = null;
  private timer: NodeJS.Timeout | null = null;
  private beat: NodeJS.Timeout | null = null;
  private failures = 0;
  private stopped = false;

  constructor(
    private readonly at: { host: string; port: number },
    private readonly protocol: Protocol,
    private readonly watcher: Watcher,
    private readonly firstRetryMs?: number,
  ) {}

  start(): void {
    if (!this.stopped) this.open();
  }

  /** The protocol is content: the next failure is the first again. */
  settled(): void {
    this.failures = 0;
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.beat) clearInterval(this.beat);
    this.socket?.destroy();
  }

  /** Ends this connection; the next is tried. */
  fail(problem: string): void {
    this.socket?.destroy(new Error(problem));
  }

  private open(): void {
    const socket = connect(this.at);
    this.socket = socket;
    let rest: Buffer = Buffer.alloc(0);
    let problem = 'closed';
    const send = (text: string): void => void (socket.writable && socket.write(text));
    socket.setTimeout(CONNECT_MS, () => this.fail('timeout'));
    socket.on('connect', () => {
      socket.setTimeout(SILENT_MS);
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      this.beat = setInterval(() => this.protocol.ping(send), KEEP_ALIVE_MS);
      this.watcher.connected();
      this.protocol.begin(send);
    });
    socket.on('data', (chunk: Buffer) => {
      rest = this.protocol.take(Buffer.concat([rest, chunk]), send);
      if (rest.length > MOST_BYTES) this.fail('too_much');
    });
    socket.on('error', (error: Error & { code?: string }) => (problem = error.code ?? error.message));
    socket.on('close', () => this.lost(problem));
  }

  private lost(problem: string): void {
    if (this.beat) clearInterval(this.beat);
    this.socket = null;
    if (this.stopped) return;
    this.failures += 1;
    this.watcher.lost(problem);
    const pause = backoffMs(this.failures, randomInt(1_000) / 1_000, this.firstRetryMs);
    this.timer = setTimeout(() => this.open(), pause);
  }
}
