import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** Notified with the ids of hubs, separated by commas, after their live figures changed. */
export const FIGURES_CHANNEL = 'sanad_figures';
/** A payload holds 8,000 bytes. */
const HUBS_PER_MESSAGE = 200;

@Injectable()
export class FiguresSignal {
  private readonly pool: Pool;

  constructor(@Inject(getDataSourceToken()) source: DataSource) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  /** Outside any transaction: NOTIFY takes a lock for the whole server until commit. */
  async figuresChanged(hubIds: readonly string[]): Promise<void> {
    for (let at = 0; at < hubIds.length; at += HUBS_PER_MESSAGE) {
      const payload = hubIds.slice(at, at + HUBS_PER_MESSAGE).join(',');
      await this.pool.query('select pg_notify($1, $2)', [FIGURES_CHANNEL, payload]);
    }
  }
}
