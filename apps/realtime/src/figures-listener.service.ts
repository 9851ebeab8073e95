import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { FIGURES_CHANNEL } from '@app/features/reports/figures-signal';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { LOG, type Log } from '@app/platform/log';

const EVERY_MS = 2_000;
const RECONNECT_MS = 1_000;

/** Says that the figures of a hub moved: at once, then at most every 2 s. */
@Injectable()
export class FiguresListener implements OnApplicationShutdown {
  private client: Client | null = null;
  private stopped = false;
  private retry: NodeJS.Timeout | undefined;
  private moved: (hubId: string) => void = () => undefined;
  /** Hubs told lately; true when they moved again meanwhile. */
  private readonly quiet = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async start(moved: (hubId: string) => void): Promise<void> {
    this.moved = moved;
    await this.open();
  }

  private async open(): Promise<void> {
    const client = new Client({ connectionString: this.config.databaseUrl!, application_name: 'sanad-figures' });
    client.on('error', (error) => this.log.warn({ err: error.message }, 'figures signal lost'));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => (payload ?? '').split(',').filter(Boolean).forEach(this.hear));
    this.client = client;
    await client.connect();
    await client.query(`listen ${FIGURES_CHANNEL}`);
  }

  private lost(client: Client): void {
    if (this.stopped || this.client !== client) return;
    this.client = null;
    this.retry = setTimeout(() => void this.open().catch(() => this.again()), RECONNECT_MS);
  }

  private again(): void {
    if (this.client) this.lost(this.client);
  }

  private readonly hear = (hubId: string): void => {
    const told = this.quiet.get(hubId);
    if (told) {
      told.again = true;
      return;
    }
    this.moved(hubId);
    const timer = setTimeout(() => {
      const { again } = this.quiet.get(hubId)!;
      this.quiet.delete(hubId);
      if (again && !this.stopped) this.hear(hubId);
    }, EVERY_MS);
    this.quiet.set(hubId, { again: false, timer });
  };

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    for (const { timer } of this.quiet.values()) clearTimeout(timer);
    await this.client?.end().catch(() => undefined);
  }
}
