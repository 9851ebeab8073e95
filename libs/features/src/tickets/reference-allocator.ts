import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';

const BLOCK = 50;

/** Numbers of one sequence, taken in blocks so that a creation costs no extra round trip; a restart leaves a gap, never a repeat. */
@Injectable()
export class ReferenceAllocator {
  private numbers: number[] = [];
  private filling: Promise<void> | null = null;

  constructor(private readonly db: TenantDb) {}

  async next(): Promise<number> {
    while (this.numbers.length === 0) {
      this.filling ??= this.fill().finally(() => (this.filling = null));
      await this.filling;
    }
    return this.numbers.shift()!;
  }

  private async fill(): Promise<void> {
    const rows = await this.db.system((tx) =>
      tx.query<{ n: string }>('ticket-numbers', `select nextval('ticket_number') as n from generate_series(1, $1)`, [
        BLOCK,
      ]),
    );
    this.numbers.push(...rows.map((row) => Number(row.n)));
  }
}
