import { Client } from 'pg';
import type { Log } from './log';

export const EVENT_CHANNEL = 'sanad_event';
const QUIET_MS = 10;

/**
 * Pokes readers of the log after commit, on a connection of its own and at most every 10 ms: NOTIFY inside business
 * transactions would halve their rate. A lost poke costs at most the second until the next poll.
 */
export class EventSignal {
  private client: Client | null = null;
  private connecting: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly listeners = new Set<() => void>();
  private closed = false;
  private sending = false;
  private again = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {}

  /** Something was committed; tell the others soon. */
  readonly poke = (): void => {
    if (this.timer || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.notify();
    }, QUIET_MS);
  };

  /** Calls back on each poke of any process. Returns the way to stop. */
  async subscribe(listener: () => void): Promise<() => void> {
    this.listeners.add(listener);
    await this.connected();
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async notify(): Promise<void> {
    if (this.sending) return void (this.again = true);
    this.sending = true;
    try {
      await this.connected();
      await this.client?.query(`notify ${EVENT_CHANNEL}`);
    } catch (error) {
      this.log.warn({ err: (error as Error).message }, 'poke failed; readers poll');
    }
    this.sending = false;
    if (this.again) this.poke();
    this.again = false;
  }

  private connected(): Promise<void> {
    if (this.client || this.closed) return Promise.resolve();
    this.connecting ??= this.open().finally(() => (this.connecting = null));
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl, application_name: 'sanad-signal' });
    client.on('notification', () => this.listeners.forEach((listener) => listener()));
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    await client.connect();
    await client.query(`listen ${EVENT_CHANNEL}`);
    this.client = client;
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    if (this.closed || this.listeners.size === 0) return;
    setTimeout(() => void this.connected().catch(() => this.lost(client)), 500).unref();
  }
}
