import type { TenantTx } from '@app/db/tenant-db';
import type { LiveEvent } from '@app/domain/live-figures';

/** An event as projectors read it. */
export interface LogRow extends LiveEvent {
  id: string;
  xid: string;
  at: Date;
}

const LOCK = `select xid::text, id from projection where name = $1 for update skip locked`;
const START = `insert into projection (name, xid, id) values ($1, '0', 0) on conflict do nothing`;
/** Below xmin nothing can appear any more, so that the cursor never passes an event by. */
const NEXT = `
  select id, xid::text, at, type, hub_id as "hubId", ticket_id as "ticketId", data from event
  where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by event.xid, event.id limit $3`;
const MOVE = `update projection set xid = $2::xid8, id = $3 where name = $1`;

interface Cursor {
  xid: string;
  id: string;
}

/** The next events of a projection, which is locked until the transaction ends; none when another process is at it. */
export async function nextEvents(tx: TenantTx, projection: string, limit: number): Promise<LogRow[]> {
  const cursor = (await lock(tx, projection)) ?? (await start(tx, projection));
  if (!cursor) return [];
  return tx.query<LogRow>('projection-next', NEXT, [cursor.xid, cursor.id, limit]);
}

/** What comes up to this event is done. */
export async function moveCursor(tx: TenantTx, projection: string, last: LogRow): Promise<void> {
  await tx.query('projection-move', MOVE, [projection, last.xid, last.id]);
}

async function lock(tx: TenantTx, projection: string): Promise<Cursor | null> {
  return (await tx.query<Cursor>('projection-lock', LOCK, [projection]))[0] ?? null;
}

async function start(tx: TenantTx, projection: string): Promise<Cursor | null> {
  await tx.query('projection-start', START, [projection]);
  return lock(tx, projection);
}
