// A year's report over a million tickets, loaded once in bulk: `npm run bench -- year` (BENCH_TICKETS for a smaller trial).
import 'reflect-metadata';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { createEmptyDatabase } from './data.mjs';
import { median } from './measure.mjs';
import { ROOT } from './processes.mjs';
import { ms } from './report.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const GROUPS = ['all', 'day', 'region', 'channel', 'language', 'category'];
const DAY_MS = 86_400_000;

export async function yearBar({ adminUrl, report, settings }) {
  const count = Number(process.env.BENCH_TICKETS ?? 1_000_000);
  const database = await createEmptyDatabase(adminUrl, 'bench_year');
  const now = new Date();
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { loadPeople } = load('apps/all/src/demonstration/load.js');
  await loadPeople(client, path.join(ROOT, 'config/reference'), now);
  const { bulkTickets } = load('apps/all/src/cli/bulk.js');
  console.log(`Loading ${count.toLocaleString('en')} tickets in bulk ...`);
  await bulkTickets(database.appUrl, count, { now, seed: 7 });
  const { NestFactory } = require('@nestjs/core');
  const { DatabaseModule } = load('libs/platform/src/database.module.js');
  const { readConfig } = load('libs/platform/src/config.js');
  const { ReportsModule } = load('libs/features/src/reports/reports.module.js');
  const { TicketFactsProjector } = load('libs/features/src/reports/ticket-facts.projector.js');
  const { TicketReportQueries } = load('libs/features/src/reports/ticket-report.queries.js');
  const { SYSTEM_ACTOR } = load('libs/db/src/tenant-db.js');
  class Bench {}
  const config = readConfig({ DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent' });
  const app = await NestFactory.createApplicationContext(
    { module: Bench, imports: [DatabaseModule.forRoot(config), ReportsModule] },
    { logger: false, abortOnError: false },
  );
  console.log('Folding the log into facts ...');
  await app.get(TicketFactsProjector).catchUp();
  await client.query('vacuum analyze');
  const reports = app.get(TicketReportQueries);
  const day = (days) => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const coordinator = { ...SYSTEM_ACTOR, role: 'coordinator', hubId: null };
  for (const by of GROUPS) {
    const times = [];
    for (let n = 0; n <= settings.pairs; n++) {
      const started = performance.now();
      await reports.report(coordinator, { from: day(370), to: day(6), by });
      times.push(performance.now() - started);
    }
    const time = median(times.slice(1));
    const what = `a year by ${by} over ${count.toLocaleString('en')} tickets`;
    report.add('', what, `${ms(time)}, the first ${ms(times[0])}`, '', '<= 1 s', time <= 1000);
  }
  await app.close();
  await client.end();
}
