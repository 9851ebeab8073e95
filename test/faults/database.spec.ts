import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migrate, migrationNames } from '@app/db/migrate';
import { send } from '../support/load';
import { ask } from '../support/oracle';
import { runAsAdmin, urlFor } from '../support/test-server';
import { promises, Rig, timed } from './rig';
import { hold, random, ROUNDS } from './table';
import { TcpProxy } from './tcp-proxy';

const ROOT = path.resolve(__dirname, '../..');
const LOGIN = { user: 'sanad_app', password: 'faults' };

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
}, 120_000);
afterAll(() => rig?.close());
afterEach(() => Promise.all(rig.fleet.processes.splice(0).map((one) => one.kill())));

test('F4: PostgreSQL crashes and comes back under load', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const run = rig.load(api.url);
  const firsts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(1_500 + random() * 1_500);
    await rig.stopDatabase();
    await sleep(500);
    await rig.startDatabase();
    const from = Date.now();
    firsts.push(await timed(async () => run.load.times.some((one) => one.at > from && one.status === 201), 30_000));
  }
  const judged = await run.judge(120_000);
  hold('F4', `PostgreSQL stopped at once and started, ${ROUNDS} times`, {
    ...promises(judged),
    'first success after ms, slowest:': [Math.max(...firsts), 10_000],
  });
}, 600_000);

test('F5: a connection dies each 150 ms', async () => {
  const seconds = Number(process.env.FAULT_SECONDS ?? 20);
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const run = rig.load(api.url);
  const end = Date.now() + seconds * 1_000;
  let killed = 0;
  while (Date.now() < end) {
    const backends = await ask<{ pid: number }>(
      rig.world,
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = 'sanad_app' order by pid`,
    );
    if (backends.length > 0) {
      await ask(rig.world, 'select pg_terminate_backend($1)', [backends[Math.floor(random() * backends.length)].pid]);
      killed += 1;
    }
    await sleep(150);
  }
  const judged = await run.judge(120_000);
  hold('F5', `${killed} connections killed in ${seconds} s`, promises(judged));
}, 600_000);

test('F9: the network to the database falls silent', async () => {
  const seconds = Number(process.env.FAULT_SECONDS ?? 20);
  const port = Number(new URL(rig.appUrl).port);
  const proxy = await TcpProxy.start(() => [port]);
  const url = new URL(rig.appUrl);
  url.port = String(proxy.port);
  const env = { DATABASE_URL: url.href };
  const api = await rig.fleet.start('api', { env });
  const others = [await rig.fleet.start('worker', { env }), await rig.fleet.start('realtime', { env })];
  const run = rig.load(api.url);
  await sleep(2_000);
  proxy.silent = true;
  const [from, unanswered] = [Date.now(), run.load.unanswered.length];
  await sleep(seconds * 1_000);
  // Nothing is closed when the network is back: each side has to see for itself what became of its connections.
  proxy.silent = false;
  const healed = Date.now();
  const slowest = Math.max(...run.load.times.filter((one) => one.at > from && one.at < healed).map((one) => one.ms));
  const never = run.load.unanswered.length - unanswered;
  const heal = await timed(async () => run.load.times.some((one) => one.at > healed && one.status === 201), 60_000);
  const judged = await run.judge(120_000);
  proxy.stop();
  hold('F9', `half-open connections to the database for ${seconds} s`, {
    ...promises(judged),
    'a request fails after ms, slowest:': [Math.round(slowest), 5_000],
    'requests never answered:': [never, 0],
    'programs that ended:': [[api, ...others].filter((one) => !one.running).length, 0],
    'first success afterwards in ms:': [heal, 10_000],
  });
}, 600_000);

test('F10: each round trip to the database takes 200 ms longer', async () => {
  const port = Number(new URL(rig.appUrl).port);
  const proxy = await TcpProxy.start(() => [port]);
  const url = new URL(rig.appUrl);
  url.port = String(proxy.port);
  const api = await rig.fleet.start('api', { env: { DATABASE_URL: url.href } });
  await rig.fleet.start('worker');
  const run = rig.load(api.url, { users: 60 });
  await sleep(2_000);
  const heap = async (): Promise<number> =>
    Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(await (await fetch(`${api.url}/api/metrics`)).text())![1]) /
    2 ** 20;
  const before = await heap();
  proxy.delayMs = 100;
  await sleep(10_000);
  const grown = (await heap()) - before;
  proxy.delayMs = 0;
  const judged = await run.judge(120_000);
  proxy.stop();
  hold('F10', '200 ms more for each round trip, 60 people', { ...promises(judged), 'heap grown in MiB:': [grown, 50] });
}, 600_000);

test('F21: a migration while serving, which has to wait for its lock', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const run = rig.load(api.url, { insistent: false });
  await sleep(1_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'sanad-migrations-'));
  cpSync(path.join(ROOT, 'libs/db/src/migrations'), folder, { recursive: true });
  writeFileSync(
    path.join(folder, '9999_trial.sql'),
    'alter table ticket add column trial_of_tomorrow text; create index on ticket (updated_at) where trial_of_tomorrow is not null;',
  );
  const holder = new Client({ connectionString: rig.adminUrl });
  await holder.connect();
  await holder.query('begin; select 1 from ticket limit 1');
  const done = migrate(rig.adminUrl, LOGIN, folder);
  await sleep(2_500);
  await holder.query('commit');
  await holder.end();
  const applied = await done;
  await sleep(1_000);
  expect(applied).toEqual(['9999_trial.sql']);
  expect(await api.status('ready')).toBe(200);
  const judged = await run.judge();
  const longest = Math.max(...run.load.times.map((one) => one.ms));
  await ask(rig.world, `alter table ticket drop column trial_of_tomorrow`);
  await ask(rig.world, `delete from schema_migration where name = '9999_trial.sql'`);
  hold('F21', 'a migration under load behind a held lock', {
    ...promises(judged),
    'requests that failed:': [judged.unanswered + judged.busy, 0],
    'longest answer in ms:': [Math.round(longest), 2_000],
  });
}, 600_000);

test('F22: a migration killed half way', async () => {
  let [refused, whole] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = `half_${round}`;
    await runAsAdmin(rig.database.adminUrl, `create database ${name}`);
    const env = {
      PATH: process.env.PATH,
      DATABASE_ADMIN_URL: urlFor(rig.adminUrl, name),
      DATABASE_URL: urlFor(rig.adminUrl, name, LOGIN),
    };
    const setup = (): ReturnType<typeof spawn> =>
      spawn(process.execPath, ['dist/apps/all/src/cli/setup.js', '--email', 'c@example.org'], {
        cwd: ROOT,
        env,
        stdio: 'ignore',
      });
    const first = setup();
    await sleep(500 + random() * 1_500);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const early = await rig.fleet.start('api', { env: { DATABASE_URL: env.DATABASE_URL } }).then(
      async (one) => ((await one.status('ready')) === 200 ? 'ready' : 'not ready'),
      (error: Error) => (/run npm run setup|cannot be used/.test(error.message) ? 'refused' : error.message),
    );
    if (early !== 'ready') refused += 1;
    const [code] = (await once(setup(), 'exit')) as [number];
    const client = new Client({ connectionString: env.DATABASE_ADMIN_URL });
    await client.connect();
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from schema_migration');
    await client.end();
    if (code === 0 && rows[0].n === migrationNames().length) whole += 1;
  }
  hold('F22', `setup killed half way, ${ROUNDS} times`, {
    'programs that served a half-made database:': [ROUNDS - refused - whole > 0 ? ROUNDS - refused : 0, 0],
    'second runs that failed:': [ROUNDS - whole, 0],
  });
}, 600_000);

test('F25: fifty people on five tickets', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const first = rig.load(api.url, { users: 5 });
  await timed(async () => (first.load.statuses.get(201) ?? 0) >= 10, 60_000);
  await first.judge();
  const tickets = await ask<{ id: string }>(rig.world, 'select id from ticket order by opened_at desc limit 5');
  const statuses: number[] = [];
  const end = Date.now() + 8_000;
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const who = rig.agents[index % rig.agents.length];
      for (let turn = 0; Date.now() < end; turn += 1) {
        const route = `${api.url}/api/v1/tickets/${tickets[(index + turn) % 5].id}`;
        const { body } = await send(route, 'GET', who.token, {}, undefined);
        const headers = { 'if-match': `"v${body.version}"`, 'idempotency-key': `f25-${index}-${turn}-${Date.now()}` };
        const answer =
          turn % 2 === 0
            ? await send(`${route}/messages`, 'POST', who.token, headers, { kind: 'note', body: 'Une note.' })
            : await send(route, 'PATCH', who.token, headers, { tags: [`tag_${turn}`] });
        statuses.push(answer.status);
      }
    }),
  );
  const failed = statuses.filter((status) => status >= 500).length;
  expect(statuses.length).toBeGreaterThan(100);
  hold('F25', `50 people write ${statuses.length} times on 5 tickets`, {
    'answers 5xx in %:': [(failed * 100) / statuses.length, 0.1],
  });
}, 600_000);

test('F26: sixty clients forget their transactions', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const rogues = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const client = new Client({ connectionString: rig.appUrl });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('begin; set local role sanad_system; select 1 from ticket limit 1');
      return client;
    }),
  );
  const run = rig.load(api.url);
  const open = (): Promise<unknown[]> =>
    ask(
      rig.world,
      `select 1 from pg_stat_activity where state = 'idle in transaction' and now() - state_change > interval '1 second' and application_name = ''`,
    );
  const gone = await timed(async () => (await open()).length === 0, 60_000);
  const judged = await run.judge();
  await Promise.all(rogues.map((one) => one.end().catch(() => undefined)));
  hold('F26', '60 clients idle in a transaction', { ...promises(judged), 'all ended after ms:': [gone, 12_000] });
}, 600_000);
