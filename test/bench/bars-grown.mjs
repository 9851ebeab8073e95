// Bars of a grown installation: many sockets, many jobs, the memory of all processes together.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { NODE_FLAGS } from '../../apps/all/node-flags.mjs';
import { median, pairs } from './measure.mjs';
import { cpuSeconds, Helper, peakMemory, ROOT, startProgram, stopProgram } from './processes.mjs';
import { ms, rate } from './report.mjs';

const require = createRequire(import.meta.url);
const PER_SOCKET_ACCOUNT = 18;
const RT_MIB = 814;

/** Bar 10: pokes of one hub to all its agents, ours against Socket.IO alone; an event is a row in the log. */
export async function socketsBar({ small, report, settings, folder, meter }) {
  const total = Number(process.env.BENCH_SOCKETS ?? 2000);
  const perSecond = 20_000 / total;
  const admin = new pg.Client({ connectionString: small.adminUrl });
  await admin.connect();
  const tokens = await agents(admin, small.world.hubId, Math.ceil(total / PER_SOCKET_ACCOUNT));
  const [{ id: ticketId }] = (await admin.query('select id from ticket where hub_id = $1 limit 1', [small.world.hubId]))
    .rows;
  const program = await startProgram('realtime', small.appUrl, folder);
  const bare = new Helper('sockets-bare.mjs');
  const { url: bareUrl } = await bare.ask({ kind: 'url' });
  const [ours, theirs] = [new Helper('sockets-clients.mjs'), new Helper('sockets-clients.mjs')];
  await ours.ask({ kind: 'open', url: program.url, tokens, total });
  await theirs.ask({ kind: 'open', url: bareUrl, tokens, total });
  const poke = {
    type: 'ticket.changed',
    id: ticketId,
    version: 1,
    hubId: small.world.hubId,
    cursor: { xid: '123456', id: '123456' },
  };
  const side = async (clients, pid, emit) => {
    await clients.ask({ kind: 'reset' });
    const before = cpuSeconds(pid);
    await emit();
    await sleep(700);
    const cpu = cpuSeconds(pid) - before;
    const read = await clients.ask({ kind: 'read' });
    const lost = perSecond * settings.seconds * total - read.count;
    if (lost > 0) meter.failures.push(`${lost} deliveries lost`);
    return { ...read, cpu: (cpu * 1e6) / Math.max(read.count, 1) };
  };
  const { of, rows } = await pairs(
    settings.pairs,
    () => side(theirs, bare.pid, () => bare.ask({ kind: 'emit', perSecond, seconds: settings.seconds, poke })),
    () => side(ours, program.pid, () => emitRows(admin, perSecond, settings.seconds, small.world.hubId, ticketId)),
  );
  const ratio = (field) => median(rows.map(({ a, b }) => b[field] / Math.max(a[field], 1)));
  const what = `${total} sockets, ${rate(perSecond * total)} deliveries`;
  report.atMost(
    10,
    `${what}: CPU a delivery against bare`,
    `${of('b', 'cpu').toFixed(1)} µs, bare ${of('a', 'cpu').toFixed(1)} µs`,
    ratio('cpu'),
    1.3,
  );
  report.atMost(
    10,
    `${what}: p99 against bare`,
    `${ms(of('b', 'p99'))} from commit, bare ${ms(of('a', 'p99'))}`,
    ratio('p99'),
    1.5,
  );
  report.tell(12, `memory of realtime with ${total} sockets`, `${peakMemory(program.pid)} MiB`);
  await Promise.all([ours.ask({ kind: 'close' }), theirs.ask({ kind: 'close' })]);
  await stopProgram(program);
  await admin.end();
}

async function emitRows(admin, perSecond, seconds, hubId, ticketId) {
  for (let n = 0; n < perSecond * seconds; n++) {
    const next = sleep(1000 / perSecond);
    await admin.query(
      `insert into event (at, type, hub_id, ticket_id, entity_version, data) values (clock_timestamp(), 'ticket.changed', $1, $2, 1, '{}')`,
      [hubId, ticketId],
    );
    await admin.query(`select pg_notify('sanad_event', '')`);
    await next;
  }
}

async function agents(admin, hubId, count) {
  const tokens = [];
  for (let i = 0; i < count; i++) {
    const [account, membership, token] = [randomUUID(), randomUUID(), randomBytes(32).toString('base64url')];
    await admin.query(
      `insert into account (id, email, password_hash, name, created_at) values ($1, $2, 'x', 'Agent', now())`,
      [account, `${account}@example.org`],
    );
    await admin.query(
      `insert into membership (id, account_id, kind, role, hub_id) values ($1, $2, 'hub', 'agent', $3)`,
      [membership, account, hubId],
    );
    await admin.query(
      `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, now(), now() + interval '1 day')`,
      [randomUUID(), createHash('sha256').update(token).digest(), account, membership],
    );
    tokens.push(token);
  }
  return tokens;
}

/** Bar 11: rows of the outbox that a worker does, against jobs that the queue alone adds and works off. */
export async function jobsBar({ small, report, settings, folder }) {
  const admin = new pg.Client({ connectionString: small.adminUrl });
  await admin.connect();
  const add = (count) =>
    admin.query(
      `with e as (insert into event (at, type) select clock_timestamp(), 'ticket.routed' from generate_series(1, $1) returning id)
       insert into outbox (event_id, consumer) select id, 'assignment' from e`,
      [count],
    );
  const left = async () =>
    (await admin.query('select 1 from outbox where done_at is null and dead_at is null limit 1')).rowCount;
  const count = 400 * settings.seconds;
  const program = await startWorker(small.appUrl, folder);
  const { of, rows } = await pairs(
    settings.pairs,
    () => bareJobs(small.appUrl, count),
    async () => {
      const from = performance.now();
      await add(count);
      while (await left()) await sleep(10);
      return { rate: (count * 1000) / (performance.now() - from) };
    },
  );
  const ratio = median(rows.map(({ a, b }) => b.rate / a.rate));
  const over = process.env.REDIS_URL ? 'Redis' : 'PostgreSQL';
  report.atLeast(
    11,
    `outbox to done over ${over} against the queue alone`,
    `${rate(of('b', 'rate'))}, bare ${rate(of('a', 'rate'))}`,
    ratio,
    process.env.REDIS_URL ? 0.3 : 0.8,
  );
  const since = (await admin.query('select max(id) as id from event')).rows[0].id;
  for (let n = 0; n < 100 * settings.seconds; n++) await Promise.all([add(1), sleep(10)]);
  while (await left()) await sleep(10);
  const { rows: waits } = await admin.query(
    `select extract(epoch from o.done_at - e.at)::float8 * 1000 as ms from outbox o join event e on e.id = o.event_id where e.id > $1 and o.consumer = 'assignment' order by 1`,
    [since],
  );
  const p99 = waits[Math.floor(waits.length * 0.99)].ms;
  report.add(
    11,
    'commit to done at 100 jobs/s, p99',
    `${ms(p99)}, median ${ms(waits[waits.length >> 1].ms)}`,
    '',
    '<= 50 ms',
    p99 <= 50,
  );
  await stopProgram(program);
  await admin.end();
}

/** The worker answers on METRICS_PORT only. */
async function startWorker(appUrl, folder) {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  process.env.METRICS_PORT = String(port);
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [...NODE_FLAGS, path.join(ROOT, 'dist/apps/worker/src/main.js')], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: appUrl, SANAD_VAR: folder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    if ((await fetch(`${url}/api/live`).catch(() => null))?.ok) return { name: 'worker', pid: child.pid, url, child };
    await sleep(100);
  }
  throw new Error('The worker does not answer.');
}

async function bareJobs(appUrl, count) {
  const { Queue, Worker } = require('bullmq');
  const { queueConnection } = require(path.join(ROOT, 'dist/libs/platform/src/running-mode.js'));
  const { readConfig } = require(path.join(ROOT, 'dist/libs/platform/src/config.js'));
  const config = readConfig({ DATABASE_URL: appUrl, REDIS_URL: process.env.REDIS_URL });
  const queue = new Queue('bare', queueConnection(config, 'producer'));
  let done = 0;
  const worker = new Worker('bare', async () => void (done += 1), {
    ...queueConnection(config, 'worker'),
    concurrency: 2,
  });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  const from = performance.now();
  for (let at = 0; at < count; at += 50)
    await queue.addBulk(
      Array.from({ length: 50 }, (_, i) => ({ name: 'bare', data: { n: at + i }, opts: { removeOnComplete: true } })),
    );
  while (done < count) await sleep(5);
  const took = performance.now() - from;
  await worker.close();
  await queue.close();
  return { rate: (count * 1000) / took };
}

/** Bar 12: all programs of an installation at work. */
export async function fleetMemoryBar({ large, report, settings, folder, meter }) {
  const realtime = await startProgram('realtime', large.appUrl, folder);
  const worker = await startWorker(large.appUrl, folder);
  const tokens = large.world.members.map((one) => one.token);
  await meter.http(large.api, { kind: 'create', tokens, clients: 32, seconds: 2 * settings.seconds });
  const parts = { api: peakMemory(large.api.pid), realtime: peakMemory(realtime.pid), worker: peakMemory(worker.pid) };
  const total = Object.values(parts).reduce((sum, one) => sum + one, 0);
  const told = Object.entries(parts)
    .map(([name, mib]) => `${name} ${mib}`)
    .join(', ');
  report.atMost(
    12,
    'peak memory of all Node processes against Request Tracker',
    `${total} MiB (${told})`,
    total / RT_MIB,
    0.333,
  );
  await stopProgram(worker);
  await stopProgram(realtime);
}
