/**
 * A burst of telephone events against a running program: `node test/bench/phone-burst.mjs [events per second] [seconds]`. Counts what was
 * acknowledged, waits until all is understood, and compares with what is in the database. Starts the program itself, in a folder of its own.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'node:http';
import pg from 'pg';

const [rate = 1_000, seconds = 10] = process.argv.slice(2).map(Number);
const total = rate * seconds;
const port = 3_900 + (process.pid % 90);
const folder = mkdtempSync(path.join(tmpdir(), 'sanad-burst-'));
// Started as root, the database runs as somebody else.
chmodSync(folder, 0o755);
const program = spawn(process.execPath, ['dist/apps/all/src/main.js'], {
  env: { ...process.env, SANAD_VAR: folder, PORT: String(port), LOG_LEVEL: 'warn', SANAD_DEMO_AGENT: 'off' },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function call(options, body) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request({ host: '127.0.0.1', port, agent, ...options }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode, ms: performance.now() - began }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function ready() {
  for (;;) {
    if (program.exitCode !== null) throw new Error('The program has ended.');
    const answer = await call({ path: '/api/ready' }).catch(() => ({ status: 0 }));
    if (answer.status === 200) return;
    await sleep(250);
  }
}

async function main() {
  await ready();
  const { appUrl } = JSON.parse(readFileSync(path.join(folder, 'connection.json'), 'utf8'));
  const db = new pg.Client({ connectionString: appUrl });
  await db.connect();
  await db.query('set role sanad_system');
  const { rows } = await db.query("select id from hub where code = 'MS'");
  const [token, id] = [randomBytes(32).toString('base64url'), randomUUID()];
  await db.query(
    `insert into pbx_integration (id, hub_id, name, provider, token_hash, created_at) values ($1, $2, 'burst', 'zammad', $3, now())`,
    [id, rows[0].id, createHash('sha256').update(token).digest()],
  );
  const waits = [];
  let refused = 0;
  const pending = [];
  const began = performance.now();
  const probe = [];
  const probing = setInterval(() => probe.push(call({ path: '/api/v1/portal' })), 250);
  for (let sent = 0; sent < total; sent++) {
    const due = began + (sent * 1_000) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    const event = ['newCall', 'answer', 'hangup'][sent % 3];
    const form = `event=${event}&direction=in&callId=burst-${Math.floor(sent / 3)}&from=2126850${String(10_000 + (Math.floor(sent / 3) % 80_000))}&to=212523600100&answeringNumber=201&cause=normalClearing`;
    const post = call(
      {
        method: 'POST',
        path: `/api/v1/telephony/${token}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form) },
      },
      form,
    );
    pending.push(
      post.then(
        ({ status, ms }) => (status === 200 ? waits.push(ms) : (refused += 1)),
        () => (refused += 1),
      ),
    );
  }
  await Promise.all(pending);
  const took = (performance.now() - began) / 1_000;
  clearInterval(probing);
  const others = (await Promise.all(probe)).map((one) => one.ms).sort((a, b) => a - b);
  for (;;) {
    const { rows: left } = await db.query(
      "select count(*)::int as n from pbx_event where integration_id = $1 and state = 'new'",
      [id],
    );
    if (left[0].n === 0) break;
    await sleep(250);
  }
  const understood = (performance.now() - began) / 1_000;
  const { rows: kept } = await db.query(
    'select state, count(*)::int as n from pbx_event where integration_id = $1 group by 1',
    [id],
  );
  const { rows: calls } = await db.query(
    `select outcome, count(*)::int as n from call where integration_id = $1 group by 1`,
    [id],
  );
  waits.sort((a, b) => a - b);
  const at = (list, share) => Math.round(list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0);
  console.log(
    `sent ${total} in ${took.toFixed(1)} s (${Math.round(total / took)}/s), acknowledged ${waits.length}, refused ${refused}`,
  );
  console.log(
    `answered in p50 ${at(waits, 0.5)} ms, p99 ${at(waits, 0.99)} ms; other pages meanwhile p50 ${at(others, 0.5)} ms, p95 ${at(others, 0.95)} ms`,
  );
  console.log(
    `understood after ${understood.toFixed(1)} s: events ${JSON.stringify(kept)}, calls ${JSON.stringify(calls)}`,
  );
  await db.end();
  const lost = waits.length - kept.reduce((sum, row) => sum + row.n, 0);
  if (lost > 0) throw new Error(`${lost} acknowledged events are lost.`);
}

await main()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    program.kill('SIGTERM');
    await new Promise((resolve) => program.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  });
