import type { INestApplicationContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TenantDb } from '@app/db/tenant-db';
import { RetentionService } from '@app/features/audit/retention.service';
import { consume, MAX_ATTEMPTS } from '@app/platform/consumer';
import { EventSignal } from '@app/platform/event-signal';
import { LOG } from '@app/platform/log';
import { ProcessState } from '@app/platform/process-state';
import { QueueModule } from '@app/platform/queues';
import { RelayService } from '../../apps/worker/src/relay.service';
import { WorkerModule } from '../../apps/worker/src/worker.module';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';
import { wipeQueues } from '../support/redis';
import { Arrange, until, type TestHub } from '../support/tickets';

interface Row {
  attempts: number;
  done: boolean;
  dead: boolean;
  lastError: string | null;
  wait: number;
}

describe('the outbox', () => {
  let database: TestDatabase;
  let arrange: Arrange;
  let hub: TestHub;
  const apps: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    arrange = await Arrange.open(database.adminUrl);
    hub = await arrange.hub('MS', true);
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await arrange.close();
    await database.drop();
  });

  async function start(module: typeof WorkerModule | typeof QueueModule): Promise<INestApplicationContext> {
    const app = await startContext(testConfig(database.appUrl), module);
    apps.push(app);
    return app;
  }

  /** An event that the assignment hears, without anything to do for it. */
  async function addEvent(consumer = 'assignment'): Promise<string> {
    const [{ id }] = await arrange.rows<{ id: string }>(
      `with e as (insert into event (at, type) values (now(), 'ticket.routed') returning id)
       insert into outbox (event_id, consumer) select id, $1 from e returning event_id as id`,
      [consumer],
    );
    return id;
  }

  async function row(id: string): Promise<Row> {
    const [found] = await arrange.rows<Row>(
      `select attempts, done_at is not null as done, dead_at is not null as dead, last_error as "lastError",
         extract(epoch from next_try_at - clock_timestamp())::float8 as wait from outbox where event_id = $1`,
      [id],
    );
    return found;
  }

  /** A relay that runs when it is told to. */
  const relayOf = (app: INestApplicationContext): RelayService =>
    new RelayService(app.get(TenantDb), app.get(ModuleRef), app.get(EventSignal), app.get(ProcessState), app.get(LOG));

  const fail = (): Promise<void> => Promise.reject(Object.assign(new Error('private words'), { code: 'EWHATEVER' }));

  it('gives each ticket one assignment, one notification and one answer in the log, though the queue is wiped mid-run and two workers run', async () => {
    const agent = await arrange.staff(hub, 'agent', 'Karim');
    const tickets = await arrange.tickets(hub, 60);
    const producer = await start(QueueModule);
    const db = producer.get(TenantDb);
    await db.system(async (tx) => {
      for (const ticketId of tickets) tx.emit({ type: 'ticket.created', ticketId, hubId: hub.id });
    });
    const wipe = (): Promise<void> => wipeQueues(arrange, database.name);
    // 100 of 120 rows are handed over and lost; the rest is lost while it is worked on.
    const relay = relayOf(producer);
    expect([await relay.relayOnce(), await relay.relayOnce()]).toEqual([50, 50]);
    await wipe();
    await Promise.all([start(WorkerModule), start(WorkerModule)]);
    await until(
      () => arrange.rows('select 1 from outbox where done_at is not null'),
      (rows) => rows.length > 0,
    );
    await wipe();
    const open = () => arrange.rows<{ n: number }>('select count(*)::int as n from outbox where done_at is null');
    // What was lost with the queue comes back when its lease runs out; time is led here instead of a minute's wait.
    await until(
      async () => {
        await arrange.rows(`update outbox set locked_until = now() - interval '1 s' where done_at is null`);
        await new Promise((resolve) => setTimeout(resolve, 200));
        return open();
      },
      ([{ n }]) => n === 0,
      50_000,
    );
    const counts = await arrange.rows(
      `select (select count(*)::int from ticket where assignee_id = $1 and status = 'open' and version = 2) as assigned,
         (select count(*)::int from event where type = 'ticket.assigned') as told,
         (select count(distinct ticket_id)::int from event where type = 'ticket.status-changed') as changed,
         (select count(*)::int from notification where account_id = $1 and kind = 'assigned') as notified,
         (select count(*)::int from event where type = 'notification.created') as created`,
      [agent],
    );
    expect(counts).toEqual([{ assigned: 60, told: 60, changed: 60, notified: 60, created: 60 }]);
  });

  it('offers a row again when its lease ran out, and not before', async () => {
    const id = await addEvent();
    const relay = relayOf(await start(QueueModule));
    expect(await relay.relayOnce()).toBe(1);
    expect(await relay.relayOnce()).toBe(0);
    await arrange.rows(`update outbox set locked_until = clock_timestamp() - interval '1 ms'`);
    expect(await relay.relayOnce()).toBe(1);
    expect(await row(id)).toMatchObject({ done: false, attempts: 0 });
  });

  it('counts failures with growing delays and gives up after eight', async () => {
    const id = await addEvent();
    const db = (await start(QueueModule)).get(TenantDb);
    const waits: number[] = [];
    for (let n = 1; n <= MAX_ATTEMPTS; n += 1) {
      const consumed = await consume(db, 'assignment', id, fail);
      expect(consumed).toEqual({ result: n < MAX_ATTEMPTS ? 'failed' : 'dead', error: 'EWHATEVER' });
      waits.push(Math.round((await row(id)).wait));
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256]);
    expect(await row(id)).toMatchObject({ attempts: 8, dead: true, done: false, lastError: 'EWHATEVER' });
    let ran = false;
    expect(await consume(db, 'assignment', id, async () => void (ran = true))).toEqual({ result: 'nothing' });
    expect(ran).toBe(false);
  });

  it('forgets what was done two weeks ago and answers older than two days, nothing else', async () => {
    const app = await start(QueueModule);
    const [old, young, dead] = [await addEvent(), await addEvent(), await addEvent()];
    await arrange.rows(`update outbox set done_at = now() - interval '15 days' where event_id = $1`, [old]);
    await arrange.rows(`update outbox set done_at = now() - interval '13 days' where event_id = $1`, [young]);
    await arrange.rows(`update outbox set dead_at = now() - interval '99 days' where event_id = $1`, [dead]);
    await arrange.rows(
      `insert into idempotency (account_id, key, request_hash, status, answer, created_at)
       select gen_random_uuid(), 'k' || h, '', 201, '', now() - h * interval '1 hour' from unnest(array[47, 49]) h`,
    );
    expect(await new RetentionService(app.get(TenantDb)).forget()).toBe(2);
    expect(await arrange.rows('select event_id as id from outbox order by 1')).toEqual([{ id: young }, { id: dead }]);
    expect(await arrange.rows('select key from idempotency')).toEqual([{ key: 'k47' }]);
  });

  it('keeps nothing of an effect that fails', async () => {
    const id = await addEvent();
    const db = (await start(QueueModule)).get(TenantDb);
    await consume(db, 'assignment', id, async (tx) => {
      tx.emit({ type: 'mail.sent' });
      await tx.sql('select 1 / 0');
    });
    expect(await arrange.rows(`select 1 from event where type = 'mail.sent'`)).toEqual([]);
    expect(await row(id)).toMatchObject({ attempts: 1, lastError: '22012' });
  });

  it('runs one effect when two consumers meet', async () => {
    const id = await addEvent();
    const db = (await start(QueueModule)).get(TenantDb);
    let runs = 0;
    const slow = async (): Promise<void> => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const results = await Promise.all([1, 2, 3].map(() => consume(db, 'assignment', id, slow)));
    expect(results.map(({ result }) => result).sort()).toEqual(['done', 'nothing', 'nothing']);
    expect(runs).toBe(1);
  });

  it('lets a running effect finish when the process stops', async () => {
    const ticketId = await arrange.ticket(hub);
    await arrange.staff(hub, 'agent', 'Karim');
    const holder = await Arrange.open(database.adminUrl);
    await holder.rows('begin');
    await holder.rows('select 1 from ticket where id = $1 for no key update', [ticketId]);
    const app = await start(WorkerModule);
    await app.get(TenantDb).system(async (tx) => tx.emit({ type: 'ticket.routed', ticketId, hubId: hub.id }));
    await until(
      () =>
        arrange.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%update ticket%'`),
      (rows) => rows.length === 1,
    );
    apps.length = 0;
    const closed = app.close();
    setTimeout(() => void holder.rows('commit').then(() => holder.close()), 300);
    await closed;
    expect(
      await arrange.rows('select done_at is not null as done from outbox where consumer = $1', ['assignment']),
    ).toEqual([{ done: true }]);
  });
});
