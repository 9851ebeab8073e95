import type { TenantDb, TenantTx } from '@app/db/tenant-db';
import type { Consumer, EventType } from '@app/domain/events';
import { outboxDone } from './metrics';

/** An event as it stands in the log; ids of bigint are texts. */
export interface LoggedEvent {
  id: string;
  type: EventType;
  at: Date;
  hubId: string | null;
  associationId: string | null;
  ticketId: string | null;
  actorId: string | null;
  entityVersion: number | null;
  data: Record<string, unknown>;
}

export type Effect = (tx: TenantTx, event: LoggedEvent) => Promise<void>;
export type Consumed =
  | { result: 'done' | 'nothing' }
  /** `failed` will be tried again, `dead` waits for an operator. */
  | { result: 'failed' | 'dead'; error: string };

/** After this many failures a row is dead. */
export const MAX_ATTEMPTS = 8;
const LONGEST_DELAY_S = 600;

/**
 * Does the effect of one event for one consumer at most once: row lock, effect and `done_at` are one transaction.
 * A row that is done, dead or in other hands is left alone. A failure is written to the row, never thrown.
 */
export async function consume(db: TenantDb, consumer: Consumer, eventId: string, effect: Effect): Promise<Consumed> {
  const consumed = await attempt(db, consumer, eventId, effect);
  outboxDone.inc({ consumer, result: consumed.result });
  return consumed;
}

async function attempt(db: TenantDb, consumer: Consumer, eventId: string, effect: Effect): Promise<Consumed> {
  try {
    const done = await db.system((tx) => runEffect(tx, consumer, eventId, effect));
    return { result: done ? 'done' : 'nothing' };
  } catch (error) {
    const code = errorCode(error);
    const dead = await db.system((tx) => recordFailure(tx, consumer, eventId, code));
    return { result: dead ? 'dead' : 'failed', error: code };
  }
}

async function runEffect(tx: TenantTx, consumer: Consumer, eventId: string, effect: Effect): Promise<boolean> {
  const [event] = await tx.query<LoggedEvent>(
    'consume-lock',
    `select e.id, e.type, e.at, e.hub_id as "hubId", e.association_id as "associationId", e.ticket_id as "ticketId",
       e.actor_id as "actorId", e.entity_version as "entityVersion", e.data
     from outbox o join event e on e.id = o.event_id
     where o.event_id = $1 and o.consumer = $2 and o.done_at is null and o.dead_at is null
     for update of o skip locked`,
    [eventId, consumer],
  );
  if (!event) return false;
  await effect(tx, event);
  await tx.query(
    'consume-done',
    'update outbox set done_at = clock_timestamp(), locked_until = null, last_error = null where event_id = $1 and consumer = $2',
    [eventId, consumer],
  );
  return true;
}

async function recordFailure(tx: TenantTx, consumer: Consumer, eventId: string, code: string): Promise<boolean> {
  const [row] = await tx.query<{ dead: boolean }>(
    'consume-failed',
    `update outbox set attempts = attempts + 1, locked_until = null, last_error = $3,
       next_try_at = clock_timestamp() + least(power(2, attempts + 1), ${LONGEST_DELAY_S}) * interval '1 s',
       dead_at = case when attempts + 1 >= ${MAX_ATTEMPTS} then clock_timestamp() end
     where event_id = $1 and consumer = $2 and done_at is null and dead_at is null
     returning dead_at is not null as dead`,
    [eventId, consumer, code],
  );
  return row?.dead ?? false;
}

/** A code or a class name; messages may hold what people wrote. */
function errorCode(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const text = typeof code === 'string' || typeof code === 'number' ? String(code) : String(name ?? 'Error');
  return text.replace(/[^\w.-]/g, '').slice(0, 60) || 'Error';
}
