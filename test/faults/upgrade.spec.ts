import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migrate, migrationNames } from '@app/db/migrate';
import { migrateQueues } from '@app/db/migrate-queues';
import { runAsAdmin, urlFor } from '../support/test-server';
import { Arrange } from '../support/tickets';
import { World } from '../support/world';
import { LOGIN, Rig, timed } from './rig';
import { hold } from './table';

const MIGRATIONS = path.resolve(__dirname, '../../libs/db/src/migrations');
/** What the first release had. */
const FIRST = ['0001_core.sql', '0002_access.sql'];
const WRITERS = 6;

let rig: Rig;
let old: string;
beforeAll(async () => {
  rig = await Rig.open();
  old = mkdtempSync(path.join(tmpdir(), 'sanad-first-'));
  for (const name of FIRST) cpSync(path.join(MIGRATIONS, name), path.join(old, name));
}, 120_000);
afterAll(async () => {
  await rig?.close();
  rmSync(old, { recursive: true, force: true });
});

test('data of the first release are migrated while it still writes, and the program of today serves them', async () => {
  const name = 'first_release';
  await runAsAdmin(rig.database.adminUrl, `create database ${name}`);
  const [adminUrl, appUrl] = [urlFor(rig.adminUrl, name), urlFor(rig.adminUrl, name, LOGIN)];
  expect(await migrate(adminUrl, LOGIN, old)).toEqual(FIRST);
  const arrange = await Arrange.open(adminUrl);
  const hub = await arrange.hub('XX');
  const before = await arrange.tickets(hub, 200);
  for (const id of before.slice(0, 50)) await arrange.clock(hub, id, '2030-01-01T10:00:00Z');
  for (const id of before.slice(0, 50)) await arrange.reply(hub, id, 'Une réponse', 'Avis');

  // As the old program does: under its login and role, a row at a time, and a transaction open now and then.
  const written: string[] = [];
  const failed: string[] = [];
  let [writing, slowest] = [true, 0];
  const write = async (): Promise<void> => {
    const client = new Client({ connectionString: appUrl });
    await client.connect();
    while (writing) {
      const from = performance.now();
      const copied = before[Math.floor(Math.random() * before.length)];
      try {
        await client.query('begin; set local role sanad_system');
        const { rows } = await client.query<{ id: string }>(
          `insert into ticket (id, reference, hub_id, origin_hub_id, requester_name, place_code, channel, language, answer_language, kind, advice_level, category_code,
             queue_id, priority, confidentiality, needs_validation, status, subject, opened_at, updated_at)
           select gen_random_uuid(), 'XX-26-' || gen_random_uuid(), hub_id, origin_hub_id, requester_name, place_code, channel, language, answer_language, kind, advice_level, category_code,
             queue_id, priority, confidentiality, needs_validation, status, subject, now(), now() from ticket where id = $1 returning id`,
          [copied],
        );
        await client.query('update ticket set updated_at = now() where id = $1', [copied]);
        await sleep(Math.random() * 20);
        await client.query('commit');
        written.push(rows[0].id);
      } catch (error) {
        failed.push((error as Error).message);
        await client.query('rollback').catch(() => (writing = false));
      }
      slowest = Math.max(slowest, performance.now() - from);
    }
    await client.end();
  };
  const writers = Promise.allSettled(Array.from({ length: WRITERS }, write));
  let applied: string[];
  let took: number;
  try {
    await timed(() => Promise.resolve(written.length > 50), 30_000);
    const started = performance.now();
    applied = await migrate(adminUrl, LOGIN);
    took = Math.round(performance.now() - started);
    const during = written.length;
    await timed(() => Promise.resolve(written.length > during + 50), 30_000);
  } finally {
    writing = false;
    await writers;
  }
  await migrateQueues(adminUrl);

  expect(applied).toEqual(migrationNames().filter((one) => !FIRST.includes(one)));
  const there = await arrange.rows<{ id: string }>('select id from ticket where id = any ($1)', [
    [...before, ...written],
  ]);
  const world = await World.create({ name, adminUrl, appUrl, drop: () => Promise.resolve() });
  world.hubs.XX = hub.id;
  const agent = await world.staff('XX', 'agent');
  const api = await rig.fleet.start('api', { env: { DATABASE_URL: appUrl } });
  const answer = await fetch(`${api.url}/api/v1/tickets/${before[0]}`, {
    headers: { authorization: `Bearer ${agent.token}` },
  });
  const shown = (await answer.json()) as { id: string };
  expect([answer.status, shown.id]).toEqual([200, before[0]]);
  await world.close();
  await arrange.close();
  hold('F21b', `first release migrated in ${took} ms under ${written.length} writes`, {
    'rows lost:': [before.length + written.length - there.length, 0],
    'writes that failed:': [failed.length, 0],
    'longest write in ms:': [Math.round(slowest), 2_000],
  });
  expect(failed).toEqual([]);
}, 300_000);

test('a newer one is refused in one sentence and left alone', async () => {
  const name = 'newer_release';
  await runAsAdmin(rig.database.adminUrl, `create database ${name}`);
  const [adminUrl, appUrl] = [urlFor(rig.adminUrl, name), urlFor(rig.adminUrl, name, LOGIN)];
  await migrate(adminUrl, LOGIN);
  await runAsAdmin(adminUrl, `insert into schema_migration (name) values ('9999_of_tomorrow.sql')`);
  const refused = rig.fleet.start('api', { env: { DATABASE_URL: appUrl } });
  await expect(refused).rejects.toThrow('The database is newer than this program: install the newer program.');
});
