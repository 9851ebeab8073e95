// The dispatcher and the wall themselves, in one process, on a database of their own making.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { ROOT, answer } from './processes.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const [adminUrl, appUrl] = process.argv.slice(2);
const { NestFactory } = require('@nestjs/core');
const { DatabaseModule } = load('libs/platform/src/database.module.js');
const { readConfig } = load('libs/platform/src/config.js');
const { WorkModule } = load('libs/features/src/work/work.module.js');
const { ReportsModule } = load('libs/features/src/reports/reports.module.js');
const { DispatcherService } = load('libs/features/src/work/dispatcher.service.js');
const { WallboardQueries } = load('libs/features/src/reports/wallboard.queries.js');
const admin = new pg.Pool({ connectionString: adminUrl, max: 2 });

class Bench {}
const app = NestFactory.createApplicationContext(
  {
    module: Bench,
    imports: [
      DatabaseModule.forRoot({ ...readConfig({ DATABASE_URL: appUrl, LOG_LEVEL: 'silent' }) }),
      WorkModule,
      ReportsModule,
    ],
  },
  { logger: false, abortOnError: false },
);

async function hubs() {
  const { rows } = await admin.query(
    'select h.id, q.id as queue from hub h join queue q on q.hub_id = h.id and q.code = $1 order by h.code',
    ['INFO'],
  );
  return rows;
}

/** People who are available for ten minutes, each with French. */
async function agents(hubId, count) {
  await admin.query(
    `with a as (
       insert into account (id, email, password_hash, name, created_at)
       select gen_random_uuid(), gen_random_uuid() || '@example.org', 'x', 'Agent ' || n, now() from generate_series(1, $2::int) n returning id),
     m as (
       insert into membership (id, account_id, kind, role, hub_id) select gen_random_uuid(), id, 'hub', 'agent', $1 from a),
     k as (insert into agent_skill (account_id, hub_id, skill_code, level) select id, $1, 'fr', 3 from a),
     s as (
       insert into agent_state (account_id, hub_id, presence, since, idle_since, heartbeat_at)
       select id, $1, 'available', now(), now(), now() + interval '10 minutes' from a returning account_id, since)
     insert into agent_state_log (id, account_id, hub_id, presence, from_at) select gen_random_uuid(), account_id, $1, 'available', since from s`,
    [hubId, count],
  );
}

/** Waiting work that costs so little that all of it fits. */
async function items({ id, queue }, count) {
  await admin.query(
    `insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, priority, required, cost, offer_seconds, max_wait_seconds, queued_at, state_at)
     select gen_random_uuid(), $1, $1, 'email', gen_random_uuid(), $2, 'queued', (array['urgent', 'high', 'normal', 'low'])[1 + n % 4],
       '[{"skill":"fr","level":1,"floor":1}]', 5, 3600, 27000, now() - n * interval '1 s', now() from generate_series(1, $3::int) n`,
    [id, queue, count],
  );
}

const forget = () =>
  admin.query(`
  with o as (delete from offer), l as (delete from agent_state_log), i as (delete from work_item) delete from agent_state`);

const KINDS = {
  /** Milliseconds until everything that waits is on offer. */
  async dispatch({ waiting, people }) {
    const [hub] = await hubs();
    await forget();
    await agents(hub.id, people);
    await items(hub, waiting);
    await admin.query('analyze work_item, agent_state');
    const dispatcher = (await app).get(DispatcherService);
    const started = performance.now();
    let made = 0;
    for (let ticks = 0; made < waiting && ticks < 20; ticks++) made += (await dispatcher.dispatch(hub.id)) ?? 0;
    return { ms: performance.now() - started, made };
  },
  /** One free agent, one new item at a time, with the program beside dispatching: commit to offer, by the clock of the database. */
  async single({ times }) {
    const [hub] = await hubs();
    await forget();
    await agents(hub.id, 20);
    const waits = [];
    for (let n = 0; n < times; n++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      const before = (await admin.query('select clock_timestamp() as at')).rows[0].at;
      await items(hub, 1);
      for (;;) {
        const { rows } = await admin.query('select offered_at as at from offer order by offered_at desc limit 1');
        if (rows[0]?.at >= before) {
          waits.push(rows[0].at - before);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    return { waits };
  },
  async people({ each }) {
    await forget();
    const codes = Array.from({ length: 26 * 26 }, (_, n) =>
      String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26)),
    );
    const { rows } = await admin.query('select code from hub');
    const known = new Set(rows.map((row) => row.code));
    const missing = codes.filter((code) => !known.has(code)).slice(0, 12 - rows.length);
    await admin.query(
      `insert into hub (id, code, name_fr, name_ar, status, calendar_id)
       select gen_random_uuid(), c, c, c, 'active', (select calendar_id from hub limit 1) from unnest($1::text[]) c`,
      [missing],
    );
    const all = await admin.query('select id from hub order by code limit 12');
    for (const { id } of all.rows) await agents(id, each);
    await admin.query('analyze');
    return { hubs: all.rows.map((row) => row.id) };
  },
  /** As the pushes read: every wall of every hub and that of the programme, so often. */
  async walls({ hubs: ids, times }) {
    const walls = (await app).get(WallboardQueries);
    const scopes = [...ids.flatMap((id) => [`hub:${id}`, `cleared:${id}`]), 'all'];
    const started = performance.now();
    let agentsSeen = 0;
    for (let n = 0; n < times; n++) {
      const views = await walls.snapshots(scopes);
      agentsSeen = views.get('all').byPresence.reduce((sum, one) => sum + one.agents, 0);
    }
    return { ms: (performance.now() - started) / times, agentsSeen };
  },
};

answer(async ({ kind, ...rest }) => KINDS[kind](rest));
