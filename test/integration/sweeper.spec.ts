import { setTimeout as sleep } from 'node:timers/promises';
import { look, SWEEP, SWEEP_CONSUMERS, Sweeper } from '@app/features/sla/sweeper.service';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { insertSetting, type Setting, TicketHistory } from '../support/histories';
import { openTenantDb } from '../support/tenant-db';

const T0 = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000);

jest.setTimeout(60_000);

let database: TestDatabase;
let admin: Client;
let setting: Setting;
const opened: Awaited<ReturnType<typeof openTenantDb>>[] = [];

async function open(): Promise<Awaited<ReturnType<typeof openTenantDb>>> {
  const one = await openTenantDb(database.appUrl);
  opened.push(one);
  return one;
}

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await admin.query<T>(sql, values)).rows;
}

beforeEach(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  setting = await insertSetting(admin);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ source }) => source.destroy()));
  await admin?.end();
  await database?.drop();
});

async function ticket(now = T0): Promise<TicketHistory> {
  const history = new TicketHistory(admin, setting, setting.hubs[0]);
  await history.create(now);
  return history;
}

/** Many clocks of one ticket, without the ceremony of a life. */
async function manyClocks(count: number, due: Date): Promise<void> {
  const { id } = await ticket(at(-10_000));
  await admin.query(`update deadline set kind = null, due_at = null, later_kinds = '{}', later_dues = '{}'`);
  await admin.query(
    `insert into sla_clock (id, ticket_id, hub_id, metric, cycle, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)
     select gen_random_uuid(), c.ticket_id, c.hub_id, 'next_response', n, c.policy_version_id, c.calendar_version_id, 'calendar', 60, $2, $3, 'running'
     from sla_clock c, generate_series(1, $4::int) n where c.ticket_id = $1 and c.metric = 'resolution'`,
    [id, at(-60), due, count],
  );
  await admin.query(
    `insert into deadline (clock_id, kind, ticket_id, hub_id, due_at, later_kinds, later_dues)
     select id, 'warn', ticket_id, hub_id, due_at, '{breach}', array[due_at] from sla_clock where metric = 'next_response'`,
  );
}

test('warns and breaches at their instants, and tells the consumers', async () => {
  const { db, source } = await open();
  const sweeper = new Sweeper(db, source);
  const { id, clocks } = await ticket();
  expect(await sweeper.sweep(at(44))).toBe(0);
  expect(await sweeper.sweep(at(45))).toBe(1);
  expect(await sweeper.sweep(at(45))).toBe(0);
  expect(await sweeper.sweep(at(61))).toBe(1);
  const events = await rows(
    `select type, at, hub_id, ticket_id, actor_id, data from event where type like 'clock.%' order by id`,
  );
  const common = { hub_id: setting.hubs[0].hubId, ticket_id: id, actor_id: null };
  const data = { clockId: clocks.first_response, metric: 'first_response' };
  expect(events).toEqual([
    { ...common, type: 'clock.warned', at: at(45), data: { ...data, kind: 'warn', dueAt: at(45).toISOString() } },
    { ...common, type: 'clock.breached', at: at(61), data: { ...data, kind: 'breach', dueAt: at(60).toISOString() } },
  ]);
  expect(
    await rows('select warned_at, breached_at, state from sla_clock where id = $1', [clocks.first_response]),
  ).toEqual([{ warned_at: at(45), breached_at: at(61), state: 'running' }]);
  expect(
    await rows(
      `select type, consumer from outbox join event on event.id = event_id where type like 'clock.%' order by event_id`,
    ),
  ).toEqual([
    { type: 'clock.warned', consumer: 'notification' },
    { type: 'clock.breached', consumer: 'notification' },
  ]);
});

test('after a long stop, warning and breach of one clock come in one sweep, in order', async () => {
  const { db, source } = await open();
  const { clocks } = await ticket();
  expect(await new Sweeper(db, source).sweep(at(100))).toBe(2);
  const [clock] = await rows<{ warned_at: Date; breached_at: Date }>('select * from sla_clock where id = $1', [
    clocks.first_response,
  ]);
  expect([clock.warned_at, clock.breached_at]).toEqual([at(100), at(100)]);
  expect(await rows(`select type from event where type like 'clock.%' order by id`)).toEqual([
    { type: 'clock.warned' },
    { type: 'clock.breached' },
  ]);
});

test('a deadline left behind by a clock that does not run is only put away', async () => {
  const { db, source } = await open();
  await ticket();
  await admin.query(`update sla_clock set state = 'paused', due_at = null where metric = 'resolution'`);
  await admin.query(`update sla_clock set state = 'cancelled' where metric = 'first_response'`);
  expect(await new Sweeper(db, source).sweep(at(1_000))).toBe(4);
  expect(await rows(`select 1 from event where type like 'clock.%'`)).toEqual([]);
  expect(await rows('select 1 from deadline where due_at is not null')).toEqual([]);
  expect(await rows('select 1 from sla_clock where warned_at is not null or breached_at is not null')).toEqual([]);
});

test.each([
  ['met in time', `set state = 'met', met_at = due_at - interval '1 ms'`, 0],
  ['met just late, before any sweep', `set state = 'met', met_at = due_at + interval '1 ms'`, 1],
  ['paused when it was due already', `set state = 'paused'`, 1],
])('a clock %s: its breach counts or not', async (_, change, breaches) => {
  const { db, source } = await open();
  await ticket();
  await admin.query(`update sla_clock ${change}`);
  await admin.query(
    `update deadline set kind = 'breach', due_at = later_dues[1], later_kinds = '{}', later_dues = '{}'`,
  );
  await new Sweeper(db, source).sweep(at(70));
  expect(await rows(`select type from event where type like 'clock.%'`)).toEqual(
    Array.from({ length: breaches }, () => ({ type: 'clock.breached' })),
  );
  expect(await rows('select 1 from sla_clock where breached_at is not null')).toHaveLength(breaches);
});

test('without a given instant the clock of the database counts', async () => {
  const { db, source } = await open();
  await ticket(new Date(Date.now() - 61 * 60_000));
  expect(await new Sweeper(db, source).sweep()).toBe(2);
  const [{ age }] = await rows<{ age: number }>(
    `select extract(epoch from clock_timestamp() - max(at))::float8 as age from event where type = 'clock.breached'`,
  );
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(5);
});

test('neither waits for a person at work on the clock nor forgets it', async () => {
  const { db, source } = await open();
  const { clocks } = await ticket();
  const person = new Client({ connectionString: database.adminUrl });
  await person.connect();
  await person.query('begin');
  await person.query(`update sla_clock set state = 'met', met_at = $2 where id = $1`, [clocks.first_response, at(50)]);
  expect(await new Sweeper(db, source).sweep(at(100))).toBe(0);
  await person.query('rollback');
  await person.end();
  expect(await new Sweeper(db, source).sweep(at(100))).toBe(2);
});

test('four sweepers, their connections killed at random: every warning and breach exactly once', async () => {
  const CLOCKS = 4_000;
  await manyClocks(CLOCKS, T0);
  const sweepers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { db, source } = await open();
      return new Sweeper(db, source);
    }),
  );
  let failures = 0;
  let left = true;
  const race = sweepers.map(async (sweeper) => {
    while (left) await sweeper.sweep(at(1)).catch(() => (failures += 1));
  });
  let killed = 0;
  while (left) {
    const [{ pid } = { pid: null }] = await rows<{ pid: number | null }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'sanad' and state <> 'idle' order by random() limit 1`,
    );
    if (pid && killed < 12) killed += (await rows('select pg_terminate_backend($1)', [pid])).length;
    await sleep(3);
    const [{ due }] = await rows<{ due: number }>('select count(*)::int as due from deadline where due_at is not null');
    left = due > 0;
  }
  await Promise.all(race);
  expect(killed).toBeGreaterThan(0);
  expect(failures).toBeGreaterThan(0); // else nothing was really interrupted
  const [counts] = await rows(`
    select count(*)::int as events, count(distinct (type, data ->> 'clockId'))::int as distinct_events,
      (select count(*)::int from outbox) as outbox,
      (select count(*)::int from sla_clock where warned_at is not null and breached_at is not null) as struck
    from event where type like 'clock.%'`);
  expect(counts).toEqual({ events: 2 * CLOCKS, distinct_events: 2 * CLOCKS, outbox: 2 * CLOCKS, struck: CLOCKS });
});

test('with nothing due, the look and the sweep read their index only, however many clocks there are', async () => {
  await manyClocks(20_000, new Date('2100-01-01T00:00:00Z'));
  await admin.query('vacuum analyze deadline');
  await admin.query('vacuum analyze sla_clock');
  const { db } = await open();
  const explained = async (statement: string, values?: unknown[]): Promise<string> => {
    const sql = `explain (analyze, buffers, costs off, timing off) ${statement}`;
    const lines = await db.system((tx) => tx.sql<{ 'QUERY PLAN': string }>(sql, values));
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  };
  for (const plan of [await explained(look().split(';')[1]), await explained(SWEEP, [null, SWEEP_CONSUMERS])]) {
    expect(plan).toMatch(/Index (Only )?Scan using deadline_due on deadline/);
    expect(plan).toMatch(/Index Cond: \(due_at <=/);
    const read = [...plan.split('Planning')[0].matchAll(/shared hit=(\d+)/g)].map((match) => Number(match[1]));
    expect(Math.max(...read)).toBeLessThan(10);
  }
});
