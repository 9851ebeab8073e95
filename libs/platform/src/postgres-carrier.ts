import { Client } from 'pg';
import { giveUpWhenSilent } from '@app/db/silence';
import { Listeners, type Carrier } from './carrier';
import type { Log } from './log';

const RECONNECT_MS = 500;

/** NOTIFY and LISTEN on one connection of its own, which no pooler may share. */
export class PostgresCarrier implements Carrier {
  private client: Client | null = null;
  private connecting: Promise<Client> | null = null;
  private readonly listeners = new Listeners();
  private readonly listened = new Set<string>();
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {}

  async publish(channel: string, payload = ''): Promise<void> {
    if (this.closed) return;
    await (await this.connected()).query('select pg_notify($1, $2)', [channel, payload]);
  }

  async subscribe(channel: string, listener: (payload: string) => void): Promise<() => void> {
    const stop = this.listeners.add(channel, listener);
    await this.listen(await this.connected());
    return stop;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private connected(): Promise<Client> {
    if (this.client) return Promise.resolve(this.client);
    this.connecting ??= this.open().finally(() => (this.connecting = null));
    return this.connecting;
  }

  private async open(): Promise<Client> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'sanad-signal',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('notification', ({ channel, payload }) => this.listeners.tell(channel, payload ?? ''));
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    await client.connect();
    giveUpWhenSilent(client);
    this.listened.clear();
    await this.listen(client);
    return (this.client = client);
  }

  private async listen(client: Client): Promise<void> {
    for (const channel of this.listeners.channels) {
      if (this.listened.has(channel)) continue;
      this.listened.add(channel);
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    }
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.again();
  }

  private again(): void {
    if (this.closed || this.listeners.channels.length === 0) return;
    this.retry = setTimeout(() => {
      this.connected().catch((error: Error) => {
        this.log.warn({ err: error.message }, 'signal lost; readers poll');
        this.again();
      });
    }, RECONNECT_MS).unref();
  }
}
