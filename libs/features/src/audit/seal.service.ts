import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { sealHash } from './seal';
import { EVENTS_PER_SEAL, lastSeal, readUnsealed } from './seal-log';

/** Namespace and number of the one lock of the chain. */
const CHAIN_LOCK = [7342, 1];

/** Seals the log behind the writers' back: a chain on the write path would cost a busy hub half of its creations. */
@Injectable()
export class SealService {
  constructor(private readonly db: TenantDb) {}

  /** Seals all events that are settled; returns how many, 0 also when another process is at it. */
  async seal(): Promise<number> {
    let total = 0;
    for (;;) {
      const sealed = await this.db.system((tx) => sealBatch(tx));
      total += sealed;
      if (sealed < EVENTS_PER_SEAL) return total;
    }
  }
}

async function sealBatch(tx: TenantTx): Promise<number> {
  const [{ locked }] = await tx.sql<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock($1, $2) as locked',
    CHAIN_LOCK,
  );
  if (!locked) return 0;
  const ask = <Row>(text: string, values?: unknown[]): Promise<Row[]> => tx.sql<Row>(text, values);
  const previous = await lastSeal(ask);
  const events = await readUnsealed(ask, previous.place);
  const last = events.at(-1);
  if (!last) return 0;
  await tx.sql('insert into event_seal (up_to_xid, up_to_id, events, hash) values ($1::xid8, $2, $3, $4)', [
    last.xid,
    last.id,
    events.length,
    sealHash(previous.hash, events),
  ]);
  return events.length;
}
