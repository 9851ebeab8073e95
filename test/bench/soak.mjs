// The work of 300 agents on 5,000 tickets a day, compressed: `npm run soak -- --minutes 60`. Prints each minute, and slopes at the end.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createDatabase } from './data.mjs';
import { median } from './measure.mjs';
import { ROOT, startProgram, stopAll } from './processes.mjs';

const require = createRequire(import.meta.url);
const { startEmbedded } = require(path.join(ROOT, 'dist/libs/db/src/embedded.js'));
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
/** A day's 5,000 tickets in an hour, never faster: 1.4 new ones, 3 replies, 10 looks a second. */
const TICKETS_PER_SECOND = 5000 / 3600;
const KINDS = [
  ...Array(14).fill('create'),
  ...Array(30).fill('reply'),
  ...Array(60).fill('list'),
  ...Array(40).fill('open'),
];

const folder = mkdtempSync(path.join(tmpdir(), 'sanad-soak-'));
chmodSync(folder, 0o755);
const database = await startEmbedded({ dataDir: path.join(folder, 'postgres') });
let stopping = false;
const end = async (code) => {
  stopping = true;
  await stopAll();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(1));

console.log('Loading 20,000 tickets ...');
const soak = await createDatabase(database.adminUrl, 'soak', 20_000);
process.env.SANAD_DEMO_AGENT = 'off';
process.env.LOG_LEVEL = 'error';
const program = await startProgram('all', soak.appUrl, folder);
const admin = new pg.Client({ connectionString: soak.adminUrl });
await admin.connect();
const { world } = soak;
const tickets = (
  await admin.query(`select id from ticket where hub_id = $1 and status in ('new', 'open') limit 500`, [world.hubId])
).rows.map((row) => row.id);
const one = (list) => list[Math.floor(Math.random() * list.length)];
const CALLS = {
  create: () => [
    'POST',
    '/tickets',
    one(world.members),
    { subject: 'Récépissé définitif', body: 'Que faire après soixante jours ?', categoryCode: 'CRE.04' },
  ],
  reply: () => [
    'POST',
    `/tickets/${one(tickets)}/messages`,
    one(world.agents),
    { kind: 'note', body: 'Une note de suivi.' },
  ],
  list: () => ['GET', `/tickets?queueId=${world.queueId}&open=true&limit=25`, one(world.agents)],
  open: () => ['GET', `/tickets/${one(tickets)}`, one(world.agents)],
};
let times = [];
let [asked, failed] = [0, 0];

async function call(kind) {
  const [method, route, who, body] = CALLS[kind]();
  const from = performance.now();
  const headers = {
    authorization: `Bearer ${who.token}`,
    ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
  };
  asked += 1;
  const answer = await fetch(`${program.url}/api/v1${route}`, {
    method,
    headers,
    body: body && JSON.stringify(body),
  }).catch(() => null);
  const text = await answer?.text();
  if (!answer?.ok) {
    failed += 1;
    if (failed < 4) console.error(kind, answer?.status, text?.slice(0, 200));
  }
  times.push(performance.now() - from);
}

/** Slope of a straight line through the points, a minute. */
function slope(points) {
  const n = points.length;
  const [mx, my] = [(n - 1) / 2, points.reduce((sum, y) => sum + y, 0) / n];
  const up = points.reduce((sum, y, x) => sum + (x - mx) * (y - my), 0);
  return n < 2 ? 0 : up / points.reduce((sum, _, x) => sum + (x - mx) ** 2, 0);
}

async function state() {
  const text = await (await fetch(`${program.url}/api/metrics`)).text();
  const rss = Number(/^process_resident_memory_bytes (\S+)/m.exec(text)[1]) / 2 ** 20;
  const { rows } = await admin.query(
    `select sum(n_dead_tup)::float8 as dead, sum(n_live_tup)::float8 as live from pg_stat_user_tables`,
  );
  const open = await admin.query(
    `select count(*)::int as n, coalesce(max(extract(epoch from now() - xact_start)), 0)::float8 as oldest from pg_stat_activity
     where state like 'idle in transaction%' and now() - state_change > interval '1 second'`,
  );
  const waiting = await admin.query('select count(*)::int as n from outbox where done_at is null');
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)] ?? 0;
  return {
    rss,
    p50: at(0.5),
    p95: at(0.95),
    dead: rows[0].dead / Math.max(rows[0].live, 1),
    open: open.rows[0].n,
    waiting: waiting.rows[0].n,
  };
}

const pace = 1000 / (TICKETS_PER_SECOND * (KINDS.length / 14));
const finish = performance.now() + minutes * 60_000;
void (async () => {
  for (let next = performance.now(); !stopping && next < finish; next += pace) {
    void call(one(KINDS));
    await sleep(Math.max(0, next - performance.now()));
  }
})();
const lines = [];
console.log('minute   requests  failed   p50 ms   p95 ms  memory MiB  dead rows  open transactions  outbox');
const steps = Math.max(4, Math.round(minutes));
for (let n = 1; n <= steps; n++) {
  await sleep((minutes * 60_000) / steps);
  const now = await state();
  lines.push(now);
  const cells = [
    ((n * minutes) / steps).toFixed(1),
    asked,
    failed,
    now.p50.toFixed(1),
    now.p95.toFixed(1),
    now.rss.toFixed(0),
    `${(now.dead * 100).toFixed(1)} %`,
    now.open,
    now.waiting,
  ];
  console.log(cells.map((cell, i) => String(cell).padStart([6, 11, 8, 9, 9, 12, 11, 19, 8][i])).join(''));
  times = [];
}
// The first third warms up.
const steady = lines.slice(Math.floor(lines.length / 3));
const perHour = slope(steady.map((line) => line.rss)) * (steps / minutes) * 60;
const half = steady.length >> 1;
const drift =
  median(steady.slice(half).map((line) => line.p95)) /
  Math.max(median(steady.slice(0, Math.max(half, 1)).map((line) => line.p95)), 0.1);
const told = (what, value, bar, ok) =>
  console.log(`  ${what.padEnd(48)} ${value.padEnd(14)} ${bar.padEnd(14)} ${ok ? 'ok' : 'SHORT'}`);
console.log('');
told(
  'memory, slope after the first third',
  `${perHour.toFixed(1)} MiB/h`,
  minutes < 60 ? '(from 60 min)' : '<= 1 MiB/h',
  minutes < 60 || perHour <= 1,
);
told('p95, second half against first', drift.toFixed(2), '<= 1.5', drift <= 1.5);
told(
  'dead rows, most',
  `${(Math.max(...lines.map((line) => line.dead)) * 100).toFixed(1)} %`,
  '<= 20 %',
  Math.max(...lines.map((line) => line.dead)) <= 0.2,
);
told('transactions left open', String(lines.at(-1).open), '0', lines.at(-1).open === 0);
told('failed requests', `${failed} of ${asked}`, '0', failed === 0);
await end(failed === 0 ? 0 : 1);
