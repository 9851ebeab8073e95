import { setTimeout as sleep } from 'node:timers/promises';
import { SealService } from '@app/features/audit/seal.service';
import { type Ask, checkSeals } from '@app/features/audit/seal-log';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openTenantDb } from '../support/tenant-db';

jest.setTimeout(60_000);

let database: TestDatabase;
let admin: Client;
let opened: Awaited<ReturnType<typeof openTenantDb>>;
let seals: SealService;

beforeEach(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  opened = await openTenantDb(database.appUrl);
  seals = new SealService(opened.db);
});

afterEach(async () => {
  await opened?.source.destroy();
  await admin?.end();
  await database?.drop();
});

const ask: Ask = async <Row>(text: string, values: unknown[] = []) => (await admin.query(text, values)).rows as Row[];

async function addEvents(count: number, client = admin): Promise<void> {
  await client.query(
    `insert into event (at, type, data) select clock_timestamp(), 'session.opened', jsonb_build_object('n', n, 'at', now()) from generate_series(1, $1::int) n`,
    [count],
  );
}

/** Other databases of the server hold the horizon back for a while. */
async function sealAll(total: number): Promise<void> {
  for (;;) {
    await seals.seal();
    const [{ sealed }] = await ask<{ sealed: number }>(
      'select coalesce(sum(events), 0)::int as sealed from event_seal',
    );
    if (sealed === total) return;
    await sleep(20);
  }
}

test('seals everything in batches and finds the chain whole', async () => {
  await addEvents(7_000);
  await sealAll(7_000);
  await addEvents(3);
  await sealAll(7_003);
  const counts = await ask<{ events: number }>('select events from event_seal order by id');
  expect(counts.map((row) => row.events)).toEqual([5_000, 2_000, 3]);
  expect(await checkSeals(ask)).toEqual({ seals: 3, events: 7_003, broken: [] });
  expect(await seals.seal()).toBe(0);
});

test.each([
  ['changed', `update event set data = data || '{"n": 0}' where id = $1`, 1],
  ['dated back', `update event set at = at - interval '1 microsecond' where id = $1`, 1],
  ['removed', 'delete from event where id = $1', 1],
  // Its number is new, so that it stands after its seal.
  ['slipped in', 'insert into event (at, type, xid) select at, type, xid from event where id = $1', 2],
])('an event that was %s is found at its seal, and nowhere else', async (_, tamper, at) => {
  for (const total of [3, 6, 9]) {
    await addEvents(3);
    await sealAll(total);
  }
  const ids = await ask<{ id: string }>('select id from event order by id');
  const chain = await ask<{ id: string }>('select id from event_seal order by id');
  await admin.query(tamper, [ids[4].id]);
  const { broken } = await checkSeals(ask);
  expect(broken.map((one) => one.sealId)).toEqual([chain[at].id]);
});

test('a seal that was replaced is found, with the one that builds on it', async () => {
  for (const total of [3, 6, 9]) {
    await addEvents(3);
    await sealAll(total);
  }
  const chain = await ask<{ id: string }>('select id from event_seal order by id');
  await admin.query(`update event_seal set hash = sha256('x') where id = $1`, [chain[1].id]);
  expect((await checkSeals(ask)).broken.map((one) => one.sealId)).toEqual([chain[1].id, chain[2].id]);
});

test('the order is that of numbers, also where transaction numbers get another digit', async () => {
  await admin.query(
    `insert into event (at, type, xid) values (now(), 'session.opened', '98'), (now(), 'session.opened', '100'), (now(), 'session.opened', '9')`,
  );
  await sealAll(3);
  const [{ place }] = await ask<{ place: string }>('select up_to_xid::text as place from event_seal');
  expect(place).toBe('100');
});

test('leaves out what an open transaction may still precede', async () => {
  const slow = new Client({ connectionString: database.adminUrl });
  await slow.connect();
  await slow.query('begin');
  await addEvents(1, slow);
  await addEvents(5);
  expect(await seals.seal()).toBe(0);
  await slow.query('commit');
  await slow.end();
  await sealAll(6);
  expect((await checkSeals(ask)).broken).toEqual([]);
});

test('several sealers make one chain', async () => {
  await addEvents(20_000);
  const total = async (): Promise<number> =>
    (await Promise.all(Array.from({ length: 4 }, () => seals.seal()))).reduce((sum, one) => sum + one, 0);
  let sealed = 0;
  while (sealed < 20_000) sealed += await total();
  expect(sealed).toBe(20_000);
  expect(await checkSeals(ask)).toMatchObject({ events: 20_000, broken: [] });
});

test('the workers can add seals, and change or remove none', async () => {
  await addEvents(3);
  await sealAll(3);
  const asSystem = (sql: string) => opened.db.system((tx) => tx.sql(sql));
  await expect(asSystem('update event_seal set events = 0')).rejects.toMatchObject({ code: '42501' });
  await expect(asSystem('delete from event_seal')).rejects.toMatchObject({ code: '42501' });
  await expect(asSystem(`update event set type = 'x'`)).rejects.toMatchObject({ code: '42501' });
});
