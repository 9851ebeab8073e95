import type { TenantDb, TenantTx } from '@app/db/tenant-db';
import type { BatchConsumer } from '@app/domain/events';
import { consume, type LoggedEvent } from './consumer';
import { outboxDone } from './metrics';

/** Does what it can of the events and returns those it has done; the others wait for the next batch. */
export type BatchEffect = (tx: TenantTx, events: readonly LoggedEvent[]) => Promise<readonly LoggedEvent[]>;

/** What waits for an earlier event of its own ticket, also when another process has that in hand. */
const IN_TURN = `and not exists (select from event pe join outbox p on p.event_id = pe.id
    where pe.ticket_id = e.ticket_id and pe.id < e.id and p.consumer = o.consumer and p.done_at is null and p.dead_at is null)`;

/** The consumer is written out: only then does the planner know that its own index, which has the order of the log, will do. */
const claim = (consumer: BatchConsumer): string => `
  select e.id, e.type, e.at, e.hub_id as "hubId", e.association_id as "associationId", e.ticket_id as "ticketId",
    e.actor_id as "actorId", e.entity_version as "entityVersion", e.data
  from outbox o join event e on e.id = o.event_id
  where o.consumer = '${consumer}' and o.done_at is null and o.dead_at is null and o.next_try_at <= clock_timestamp()
    ${consumer === 'ladder' ? IN_TURN : ''}
  order by o.event_id limit $1 for update of o skip locked`;

/**
 * Does the effects of many events at once, each exactly once: row locks, effects and `done_at` are one transaction. When the whole fails,
 * each is tried by itself, so that one that cannot be done holds up no other. Returns how many were done.
 */
export async function consumeBatch(
  db: TenantDb,
  consumer: BatchConsumer,
  limit: number,
  effect: BatchEffect,
): Promise<number> {
  let claimed: LoggedEvent[] = [];
  try {
    return await db.system(async (tx) => {
      claimed = await tx.query<LoggedEvent>(`consume-batch:${consumer}`, claim(consumer), [limit]);
      if (claimed.length === 0) return 0;
      const done = await effect(tx, claimed);
      await tx.query(
        'consume-batch-done',
        `update outbox set done_at = clock_timestamp(), locked_until = null, last_error = null where consumer = $1 and event_id = any ($2::bigint[])`,
        [consumer, done.map((event) => event.id)],
      );
      outboxDone.inc({ consumer, result: 'done' }, done.length);
      return done.length;
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    return oneByOne(db, consumer, claimed, effect);
  }
}

async function oneByOne(
  db: TenantDb,
  consumer: BatchConsumer,
  claimed: readonly LoggedEvent[],
  effect: BatchEffect,
): Promise<number> {
  let done = 0;
  for (const { id } of claimed) {
    const { result } = await consume(db, consumer, id, async (tx, event) => void (await effect(tx, [event])));
    if (result === 'done') done += 1;
  }
  return done;
}

/** Until nothing waits that can be done now; returns how many were done. */
export async function drainBatches(
  db: TenantDb,
  consumer: BatchConsumer,
  limit: number,
  effect: BatchEffect,
): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await consumeBatch(db, consumer, limit, effect);
    if (done === 0) return total;
    total += done;
  }
}
