// Ten thousand steps that fall due in the same second, with one worker: `node test/bench/ladder.mjs [steps]` after `npm run build`.
import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createDatabase } from './data.mjs';
import { ROOT } from './processes.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const STEPS = Number(process.argv[2] ?? 10_000);
const TICKETS = STEPS * 3; // two in five are open
/** What falls due of each clock, and who has to be done with it. */
const KINDS = {
  'warning and breach': ['resolution', ['warn', 'breach']],
  'tell the supervisor': ['first_response', ['notify:supervisor:2']],
  'raise the priority': ['resolution', ['raise_priority:one_level:4']],
  'climb to the supervisor': ['resolution', ['climb:supervisor:5']],
};

const { startEmbedded } = load('libs/db/src/embedded.js');
const { TenantDb } = load('libs/db/src/tenant-db.js');
const { dataSourceOptions } = load('libs/platform/src/database.module.js');
const { readConfig } = load('libs/platform/src/config.js');
const { createLog } = load('libs/platform/src/log.js');
const { ReferenceData } = load('libs/features/src/directory/reference-data.js');
const { Sweeper } = load('libs/features/src/sla/sweeper.service.js');
const { LadderService } = load('libs/features/src/tickets/ladder.service.js');
const { StepNotices } = load('libs/features/src/notifications/step-notices.service.js');
const { DataSource } = require('typeorm');

/** The parts of a worker that take steps, each in its own loop as the schedule runs them. */
async function worker(appUrl) {
  const config = readConfig({ DATABASE_URL: appUrl });
  const source = await new DataSource(dataSourceOptions(config)).initialize();
  const db = new TenantDb(source, () => new Date());
  const reference = new ReferenceData(db, createLog('silent'));
  await reference.reload();
  return {
    source,
    parts: [new Sweeper(db, source), new LadderService(db, reference), new StepNotices(db, reference, config)],
  };
}

/** Two for each hub. */
async function supervisors(admin) {
  await admin.query(`
    with made as (
        insert into account (id, email, password_hash, name, created_at)
        select gen_random_uuid(), 'supervisor-' || h.code || n || '@example.org', 'x', 'Superviseur', now() from hub h, generate_series(1, 2) n
        returning id, email)
    insert into membership (id, account_id, kind, role, hub_id)
    select gen_random_uuid(), made.id, 'hub', 'supervisor', h.id from made join hub h on made.email like 'supervisor-' || h.code || '%'`);
}

async function trial(admin, parts, metric, kinds) {
  await admin.query('delete from notification; delete from outbox');
  await admin.query(
    `update deadline set kind = null, due_at = null, later_kinds = '{}', later_dues = '{}', done = '{}'`,
  );
  await admin.query(
    `update sla_clock set warned_at = null, breached_at = null where warned_at is not null or breached_at is not null`,
  );
  const { rowCount } = await admin.query(
    `with chosen as (select c.id, row_number() over () as n from sla_clock c where c.metric = $3 and c.state = 'running' limit $2),
       now as (update sla_clock c set due_at = now() from chosen where c.id = chosen.id)
     update deadline d set kind = ($1::text[])[1], due_at = now(), later_kinds = ($1::text[])[2:], later_dues = array_fill(now(), array[cardinality($1::text[]) - 1])
     from chosen where chosen.id = d.clock_id`,
    [kinds, STEPS, metric],
  );
  await admin.query('vacuum analyze deadline');
  const [sweeper, ladder, notices] = parts;
  const started = performance.now();
  let swept = false;
  const follow = async (take) => {
    while (!swept || (await take()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const following = [follow(() => ladder.takeAll()), follow(() => notices.tellAll())];
  await sweeper.sweep();
  swept = true;
  const sweepMs = performance.now() - started;
  await Promise.all(following);
  const ms = performance.now() - started;
  const { rows } = await admin.query(
    `select (select count(*)::int from outbox where consumer in ('ladder', 'notice') and done_at is null) as left,
       (select count(*)::int from outbox where dead_at is not null or attempts > 0) as failed,
       (select count(*)::int from deadline where due_at <= now()) as due`,
  );
  return { clocks: rowCount, sweepMs, ms, ...rows[0] };
}

const folder = mkdtempSync(path.join(tmpdir(), 'sanad-ladder-'));
chmodSync(folder, 0o755); // as root, the server runs as another user
const database = await startEmbedded({ dataDir: path.join(folder, 'postgres') });
try {
  console.log(`Loading ${TICKETS.toLocaleString('en')} tickets ...`);
  const { adminUrl, appUrl } = await createDatabase(database.adminUrl, 'bench_ladder', TICKETS);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await supervisors(admin);
  const { source, parts } = await worker(appUrl);
  for (const [name, [metric, kinds]] of Object.entries(KINDS)) {
    const { clocks, sweepMs, ms, ...rest } = await trial(admin, parts, metric, kinds);
    const seconds = (value) => `${(value / 1000).toFixed(1)} s`;
    console.log(
      `${name.padEnd(24)} ${clocks} clocks: swept in ${seconds(sweepMs)}, all done in ${seconds(ms)}`,
      JSON.stringify(rest),
    );
  }
  await source.destroy();
  await admin.end();
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
