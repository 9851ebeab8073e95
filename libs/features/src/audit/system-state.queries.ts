import { statfs } from 'node:fs/promises';
import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { migrationNames } from '@app/db/migrate';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { BATCH_CONSUMERS, CONSUMERS } from '@app/domain/events';
import { checkZoneSource, zoneDataVersion } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { programVersion } from '@app/platform/program-version';
import type {
  DiskState,
  OutboxState,
  QueueState,
  SealState,
  SystemDatabase,
  SystemState,
  ZoneState,
} from './system-view.dto';

const QUEUE_ANSWERS_MS = 1_000;

/** How the program does: for the person who keeps it running. No word of anybody is in it. */
@Injectable()
export class SystemStateQueries {
  private readonly startedAt = new Date(Date.now() - process.uptime() * 1_000);

  constructor(
    private readonly db: TenantDb,
    private readonly modules: ModuleRef,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(actor: Actor): Promise<SystemState> {
    const [stored, queues, disk] = await Promise.all([
      this.db.run(actor, (tx) => readStored(tx), { as: 'system' }),
      Promise.all(CONSUMERS.map((name) => this.queue(name))),
      this.disk(),
    ]);
    const { databaseVersion, asOf, database, seal, outbox } = stored;
    const mail = outbox.find((one) => one.consumer === 'mail');
    return {
      asOf,
      startedAt: this.startedAt,
      versions: { program: programVersion(), node: process.version.slice(1), database: databaseVersion },
      database,
      queues,
      outbox,
      zone: zoneState(),
      seal,
      disk,
      mail: {
        waiting: mail?.waiting ?? 0,
        failed: mail?.dead ?? 0,
        sentOutside: this.config.smtpUrl !== null && !this.config.demonstration,
      },
    };
  }

  private async queue(name: (typeof CONSUMERS)[number]): Promise<QueueState> {
    return { queue: name, depth: await within(QUEUE_ANSWERS_MS, this.depthOf(name)).catch(() => null) };
  }

  /** A process for requests alone holds no queue. */
  private async depthOf(name: string): Promise<number> {
    const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    return Object.values(counts).reduce((sum, one) => sum + one, 0);
  }

  private async disk(): Promise<DiskState> {
    const { bavail, blocks, bsize } = await statfs(this.config.varDir);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }
}

interface Stored {
  asOf: Date;
  databaseVersion: string;
  database: SystemDatabase;
  seal: SealState;
  outbox: OutboxState[];
}

async function readStored(tx: TenantTx): Promise<Stored> {
  const [row] = await tx.query<{ asOf: Date; version: string; size: string; migrations: number; last: string | null }>(
    'system-database',
    `select clock_timestamp() as "asOf", current_setting('server_version') as version, pg_database_size(current_database()) as size,
       (select count(*)::int from schema_migration) as migrations, (select max(name) from schema_migration) as last`,
  );
  const [seal] = await tx.query<{ at: Date | null; seals: string; waiting: number }>(
    'system-seal',
    `select s.sealed_at as at, s.id as seals,
       (select count(*)::int from event e where (e.xid, e.id) > (coalesce(s.up_to_xid, '0'::xid8), coalesce(s.up_to_id, 0))) as waiting
     from (select 1) one left join lateral (select * from event_seal order by id desc limit 1) s on true`,
  );
  return {
    asOf: row.asOf,
    databaseVersion: row.version,
    database: {
      sizeBytes: Number(row.size),
      migrations: row.migrations,
      knownMigrations: migrationNames().length,
      lastMigration: row.last,
    },
    seal: { lastSealedAt: seal.at, seals: Number(seal.seals ?? 0), waiting: seal.waiting },
    outbox: await readOutbox(tx),
  };
}

/** By its two partial indexes: what is done is not looked at. */
async function readOutbox(tx: TenantTx): Promise<OutboxState[]> {
  const rows = await tx.query<OutboxState>(
    'system-outbox',
    `select c.consumer, coalesce(w.waiting, 0) as waiting, w.oldest as "oldestDueAt", coalesce(d.dead, 0) as dead, coalesce(d.errors, '{}') as errors
     from unnest($1::text[]) with ordinality as c(consumer, place)
     left join (select consumer, count(*)::int as waiting, min(next_try_at) as oldest from outbox
       where done_at is null and dead_at is null group by consumer) w on w.consumer = c.consumer
     left join (select consumer, count(*)::int as dead, (array_agg(distinct last_error) filter (where last_error is not null))[1:5] as errors
       from outbox where dead_at is not null group by consumer) d on d.consumer = c.consumer
     order by c.place`,
    [[...CONSUMERS, ...BATCH_CONSUMERS]],
  );
  return rows;
}

function zoneState(): ZoneState {
  const version = zoneDataVersion();
  try {
    checkZoneSource();
    return { version, right: true };
  } catch {
    return { version, right: false };
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer.')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
