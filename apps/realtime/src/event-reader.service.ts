import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { LogCursor } from '@app/contract/realtime';
import { EventSignal } from '@app/platform/event-signal';
import { LOG, type Log } from '@app/platform/log';
import { EventStore, type LoggedEvent } from './event-store';

const POLL_MS = 1_000;
const PAGE = 1_000;
/** While rows wait for an open transaction to end: 10 ms at first, then slower. */
const RETRY_MS = { first: 10, most: 250 };
export const LAG_MS = 2_000;

type Listener = (events: LoggedEvent[]) => void;

/**
 * Follows the log from where it ends now. The cursor (xid, id) stays below the oldest open transaction: a plain id cursor loses rows
 * under concurrent writers, because ids are taken before commit.
 */
@Injectable()
export class EventReader implements OnApplicationShutdown {
  private cursor_: LogCursor | null = null;
  private listener: Listener = () => undefined;
  private unsubscribe: () => void = () => undefined;
  private timer: NodeJS.Timeout | null = null;
  private poll: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private retryMs = RETRY_MS.first;
  /** The first row that an open transaction holds back, and since when we see it so. */
  private waiting: { xid: string; id: string; since: number } | null = null;

  constructor(
    private readonly store: EventStore,
    private readonly signal: EventSignal,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Begins at the current end of the log. */
  async start(listener: Listener): Promise<void> {
    this.listener = listener;
    this.cursor_ = await this.store.end();
    this.unsubscribe = await this.signal.subscribe(() => this.wake());
    this.poll = setInterval(() => this.wake(), POLL_MS);
  }

  /** The newest settled place that was handed out. */
  get cursor(): LogCursor {
    if (!this.cursor_) throw new Error('The reader has not started.');
    return this.cursor_;
  }

  /** An open transaction has held the log back for too long to promise anything. */
  isLagging(): boolean {
    return this.waiting !== null && performance.now() - this.waiting.since > LAG_MS;
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.again = false;
    this.running = this.read()
      .catch((error: Error) => this.log.warn({ err: error.message }, 'reading the log failed; it is polled'))
      .finally(() => {
        this.running = null;
        if (this.again) this.wake();
      });
  }

  private async read(): Promise<void> {
    for (;;) {
      const events = await this.store.after(this.cursor, PAGE);
      const settled = events.filter((event) => event.settled);
      if (settled.length > 0) {
        this.cursor_ = settled[settled.length - 1].poke.cursor;
        this.listener(settled);
      }
      this.expect(events.find((event) => !event.settled)?.poke.cursor ?? null);
      if (settled.length < PAGE) return;
    }
  }

  /** Looks again soon for rows that are committed but not settled: their settling wakes nobody. */
  private expect(next: LogCursor | null): void {
    const same = next !== null && this.waiting?.xid === next.xid && this.waiting.id === next.id;
    if (!same) {
      this.waiting = next && { ...next, since: performance.now() };
      this.retryMs = RETRY_MS.first;
    }
    if (!next || this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.wake();
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MS.most);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    if (this.poll) clearInterval(this.poll);
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }
}
