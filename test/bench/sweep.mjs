// The sweeper itself against the bare statements, in one process.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { ROOT, answer } from './processes.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const [adminUrl, appUrl] = process.argv.slice(2);
const BARE_LOOK = 'select 1 from deadline where due_at <= now() order by due_at limit 1';
const BARE_BATCH = `update deadline d set due_at = null, kind = null from (
  select clock_id from deadline where due_at <= now() order by due_at limit 500 for update skip locked) due
  where d.clock_id = due.clock_id`;

const { DataSource } = require('typeorm');
const { TenantDb } = load('libs/db/src/tenant-db.js');
const { dataSourceOptions } = load('libs/platform/src/database.module.js');
const { readConfig } = load('libs/platform/src/config.js');
const { Sweeper } = load('libs/features/src/sla/sweeper.service.js');
const admin = new pg.Pool({ connectionString: adminUrl, max: 1 });

async function sweeper() {
  const source = new DataSource(dataSourceOptions(readConfig({ DATABASE_URL: appUrl })));
  await source.initialize();
  return new Sweeper(new TenantDb(source, () => new Date()), source);
}

const sweepers = Promise.all(Array.from({ length: 4 }, sweeper));

/** Makes so many breaches due that have not fired. */
async function makeDue(count) {
  await admin.query(
    `update deadline set due_at = now() - interval '1 minute' where clock_id in (
       select d.clock_id from deadline d join sla_clock c on c.id = d.clock_id
       where d.due_at is not null and d.kind = 'breach' and c.breached_at is null and c.state = 'running' limit $1)`,
    [count],
  );
}

async function timed(times, work) {
  const started = performance.now();
  for (let i = 0; i < times; i++) await work();
  return (performance.now() - started) / times;
}

const KINDS = {
  idle: async ([one]) => ({
    a: await timed(1000, () => admin.query({ name: 'look', text: BARE_LOOK })),
    b: await timed(1000, () => one.sweep()),
  }),
  async batch([one]) {
    await makeDue(500);
    const a = await timed(1, () => admin.query({ name: 'batch', text: BARE_BATCH }));
    await makeDue(500);
    const b = await timed(1, () => one.sweep());
    return { a, b };
  },
  async four(all) {
    await makeDue(2_000);
    const done = await Promise.all(all.map((one) => one.sweep()));
    const { rows } = await admin.query(
      `select count(*)::int as events, count(distinct data ->> 'clockId')::int as clocks from event where type = 'clock.breached'`,
    );
    return { a: 0, b: 0, claimed: done.reduce((sum, one) => sum + one, 0), ...rows[0] };
  },
};

answer(async ({ kind }) => KINDS[kind](await sweepers));
