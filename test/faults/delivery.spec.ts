import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { CONSUMERS } from '@app/domain/events';
import { readConfig } from '@app/platform/config';
import { queueConnection } from '@app/platform/running-mode';
import { ask } from '../support/oracle';
import { freePort } from '../support/redis';
import { listen } from '../support/sockets';
import { promises, quantile, Rig, timed } from './rig';
import { hold } from './table';
import { TcpProxy } from './tcp-proxy';
import { shuffler } from './ws-frames';

const ROOT = path.resolve(__dirname, '../..');
let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
}, 120_000);
afterAll(() => rig?.close());
afterEach(() => Promise.all(rig.fleet.processes.splice(0).map((one) => one.kill())));

test('F13: a worker whose clock is two hours off', async () => {
  const shift = path.join(ROOT, 'test/faults/shift-clock.cjs');
  const api = await rig.fleet.start('api');
  const red: number[] = [];
  let early = 0;
  for (const hours of [2, -2]) {
    await ask(
      rig.world,
      `update deadline set due_at = clock_timestamp() + interval '90 minutes' where clock_id in (select clock_id from deadline where due_at is not null limit 50)`,
    );
    const before = await ask<{ n: number }>(
      rig.world,
      `select count(*)::int as n from event where type in ('clock.breached', 'clock.warned')`,
    );
    const worker = await rig.fleet.start('worker', {
      flags: ['--require', shift],
      env: { CLOCK_SHIFT_MS: String(hours * 3_600_000) },
    });
    red.push(await timed(async () => (await worker.status('ready')) === 503, 10_000));
    await sleep(4_000);
    const after = await ask<{ n: number }>(
      rig.world,
      `select count(*)::int as n from event where type in ('clock.breached', 'clock.warned')`,
    );
    early += after[0].n - before[0].n;
    await worker.kill();
  }
  await rig.fleet.start('worker');
  const run = rig.load(api.url);
  await sleep(2_000);
  const judged = await run.judge();
  hold('F13', 'clock of a worker two hours ahead, then behind', {
    ...promises(judged),
    'deadlines acted on early:': [early, 0],
    'not ready after ms:': [Math.max(...red), 10_000],
  });
}, 600_000);

test('F15: each job is delivered three times more', async () => {
  const config = readConfig({ DATABASE_URL: rig.appUrl });
  const queues = CONSUMERS.map((name) => new Queue(name, queueConnection(config, 'producer')));
  queues.forEach((queue) => queue.on('error', () => undefined));
  const api = await rig.fleet.start('api');
  await Promise.all([rig.fleet.start('worker'), rig.fleet.start('worker')]);
  const run = rig.load(api.url);
  let doubled = 0;
  const end = Date.now() + 6_000;
  const seen = new Set<string>();
  while (Date.now() < end) {
    const rows = await ask<{ id: string; consumer: string }>(
      rig.world,
      `select event_id as id, consumer from outbox where consumer = any ($1) order by event_id desc limit 100`,
      [[...CONSUMERS]],
    );
    for (const { id, consumer } of rows.filter((row) => !seen.has(row.consumer + row.id))) {
      seen.add(consumer + id);
      const queue = queues.find((one) => one.name === consumer)!;
      await queue.addBulk(
        [1, 2, 3].map((n) => ({
          name: consumer,
          data: { eventId: id },
          opts: { removeOnComplete: true, jobId: `again-${n}-${id}` },
        })),
      );
      doubled += 3;
    }
    await sleep(50);
  }
  const judged = await run.judge();
  const twice = await ask(
    rig.world,
    `select event_id from mail_message group by event_id, template, to_address having count(*) > 1
     union all select event_id from notification group by event_id, account_id, kind having count(*) > 1
     union all select min(id) from event where type = 'mail.sent' group by data ->> 'mailId' having count(*) > 1`,
  );
  await Promise.all(queues.map((queue) => queue.close()));
  hold('F15', `${doubled} jobs delivered again`, {
    ...promises(judged),
    'effects that came twice:': [twice.length, 0],
  });
}, 600_000);

test('F16: pokes come in another order', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const realtime = await rig.fleet.start('realtime');
  const proxy = await TcpProxy.start(() => [realtime.port], shuffler(150));
  const socket = await listen(`http://127.0.0.1:${proxy.port}`, rig.agents[0].token);
  // As a screen does: what a poke names is fetched, and an older version never replaces a newer one.
  const shown = new Map<string, number>();
  let fetching: Promise<unknown> = Promise.resolve();
  socket.on('event', ({ id, type }) => {
    if (!id || !type.startsWith('ticket.')) return;
    fetching = fetching.then(async () => {
      const answer = await fetch(`${api.url}/api/v1/tickets/${id}`, {
        headers: { authorization: `Bearer ${rig.agents[0].token}` },
      });
      const { version } = (await answer.json()) as { version?: number };
      if (version && version > (shown.get(id) ?? 0)) shown.set(id, version);
    });
  });
  const run = rig.load(api.url, { users: 4 });
  await sleep(5_000);
  const judged = await run.judge();
  const stale = async (): Promise<number> => {
    await fetching;
    const rows = await ask<{ id: string; version: number }>(
      rig.world,
      'select id, version from ticket where id = any ($1::uuid[])',
      [[...shown.keys()]],
    );
    return rows.filter((row) => row.version !== shown.get(row.id)).length;
  };
  const converged = await timed(async () => (await stale()) === 0, 20_000).catch(() => 99_999);
  const swapped = socket.pokes.filter(
    (poke, index) => index > 0 && BigInt(poke.cursor.xid) < BigInt(socket.pokes[index - 1].cursor.xid),
  ).length;
  socket.disconnect();
  proxy.stop();
  expect(swapped).toBeGreaterThan(0);
  hold('F16', `${swapped} of ${socket.pokes.length} pokes out of order`, {
    ...promises(judged),
    'screen equals server after ms:': [converged, 10_000],
  });
}, 600_000);

test('F17: a mail server that takes every connection and never answers', async () => {
  const silent = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const smtp = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const api = await rig.fleet.start('api');
  const stuck = await rig.fleet.start('worker', { env: { SMTP_URL: smtp } });
  const run = rig.load(api.url, { users: 4 });
  await sleep(8_000);
  await run.load.stop();
  const waits = await ask<{ s: number }>(
    rig.world,
    `select extract(epoch from coalesce(o.done_at, clock_timestamp()) - e.at)::float8 as s from outbox o join event e on e.id = o.event_id
     where o.consumer = 'notification' and e.at > clock_timestamp() - interval '10 seconds'`,
  );
  await stuck.kill();
  silent.close();
  await rig.fleet.start('worker');
  await ask(rig.world, `update outbox set next_try_at = clock_timestamp(), locked_until = null where done_at is null`);
  const judged = await run.judge(120_000);
  expect(waits.length).toBeGreaterThan(5);
  hold('F17', 'a mail server that never answers', {
    ...promises(judged),
    'other notices, p95 in ms:': [
      quantile(
        waits.map((row) => row.s * 1_000),
        0.95,
      ),
      5_000,
    ],
  });
}, 600_000);

test('F18: a job that always fails', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  // A mail that is not there to be written: its row breaks every time.
  const [{ id }] = await ask<{ id: string }>(
    rig.world,
    `with e as (insert into event (at, type, data) values (now(), 'mail.queued', '{"mailId": "no id"}') returning id)
     insert into outbox (event_id, consumer) select id, 'mail' from e returning event_id as id`,
  );
  const run = rig.load(api.url, { users: 5 });
  const dead = await timed(async () => {
    await ask(
      rig.world,
      `update outbox set next_try_at = clock_timestamp() where event_id = $1 and next_try_at > clock_timestamp() and done_at is null and dead_at is null`,
      [id],
    );
    return (
      (await ask(rig.world, 'select 1 from outbox where event_id = $1 and dead_at is not null', [id])).length === 1
    );
  }, 240_000);
  const [{ attempts }] = await ask<{ attempts: number }>(rig.world, 'select attempts from outbox where event_id = $1', [
    id,
  ]);
  await ask(rig.world, 'delete from outbox where event_id = $1', [id]);
  const judged = await run.judge();
  hold('F18', 'a poisoned job among others (waits led)', {
    ...promises(judged),
    [`dead after ${dead} ms, tries:`]: [attempts, 8],
  });
}, 600_000);

test('F12: the disk for files is full', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sanad-full-'));
  const port = await freePort();
  // A small disk of its own, in namespaces of its own; without them the fault cannot be made here.
  const inside = `mount -t tmpfs -o size=8m tmpfs ${folder} && exec "$0" dist/apps/api/src/main.js`;
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: rig.appUrl,
    PORT: String(port),
    SANAD_VAR: folder,
    LOG_LEVEL: 'error',
    SANAD_DRAIN: '0',
  };
  const child = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', inside, process.execPath], {
    cwd: ROOT,
    env,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await timed(async () => (await fetch(`${url}/api/live`)).status === 200, 30_000);
  const file = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(1_500_000, 32), Buffer.from('\n%%EOF\n')]);
  const statuses: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const form = new FormData();
    form.append('file', new Blob([file], { type: 'application/pdf' }), `piece-${n}.pdf`);
    const answer = await fetch(`${url}/api/v1/uploads`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${rig.members[0].token}` },
    });
    statuses.push(answer.status);
  }
  const rows = await ask<{ file: string }>(rig.world, 'select file from upload');
  const files = execFileSync('find', [`/proc/${child.pid}/root${folder}`, '-type', 'f'])
    .toString()
    .split('\n')
    .filter(Boolean);
  const missing = rows.filter((row) => !files.some((one) => one.endsWith(row.file))).length;
  const left = files.filter((one) => one.includes('/incoming/')).length;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(folder)).toEqual([]);
  expect(statuses).toContain(201);
  hold('F12', `the disk for files is full (answers ${[...new Set(statuses)].join(', ')})`, {
    'answers other than 201, 503, 507:': [statuses.filter((one) => ![201, 503, 507].includes(one)).length, 0],
    'rows whose file is missing:': [missing, 0],
    'remains of broken uploads:': [left, 0],
    'uploads taken though full:': [statuses.filter((one) => one === 201).length, 5],
  });
}, 600_000);

test('F14: rules of time are never read from a table that is wrong', async () => {
  // The zone's rules come with the program alone: one whose data say otherwise does not start, and so nothing is computed with it.
  const wrong = path.join(ROOT, 'test/faults/wrong-zone.cjs');
  const refusal = await rig.fleet.start('api', { flags: ['--require', wrong] }).then(
    () => 'started',
    (error: Error) => error.message,
  );
  expect(refusal).toMatch(/Casablanca|zone/i);
  const [{ n }] = await ask<{ n: number }>(
    rig.world,
    `select count(*)::int as n from sla_clock where due_at is null and state = 'running'`,
  );
  hold('F14', 'rules of the zone are wrong at the start', {
    'programs that started:': [refusal === 'started' ? 1 : 0, 0],
    'running clocks without a due time:': [n, 0],
  });
}, 120_000);
