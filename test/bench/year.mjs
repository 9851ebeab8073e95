// A year's report over a million tickets: `npm run bench -- year` (BENCH_TICKETS for a smaller trial). Some thousand tickets are made and
// followed by the projector as ever; the rest are copies of their facts on other days of the year, summed by the same pure rule. The report
// reads sums and facts, never the tickets.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createEmptyDatabase, withClient } from './data.mjs';
import { median } from './measure.mjs';
import { ROOT } from './processes.mjs';
import { ms } from './report.mjs';

const require = createRequire(import.meta.url);
const load = (file) => require(path.join(ROOT, 'dist', file));
const GROUPS = ['hub', 'day', 'week', 'month', 'region', 'channel', 'language', 'category'];
const DAY_MS = 86_400_000;
const MADE = 5_000;
const DAYS = 365;
const BATCH = 5_000;

export async function yearBar({ adminUrl, report, settings }) {
  const count = Number(process.env.BENCH_TICKETS ?? 1_000_000);
  const database = await createEmptyDatabase(adminUrl, 'bench_year');
  const now = new Date();
  const { NestFactory } = require('@nestjs/core');
  const { DatabaseModule } = load('libs/platform/src/database.module.js');
  const { readConfig } = load('libs/platform/src/config.js');
  const { ReportsModule } = load('libs/features/src/reports/reports.module.js');
  const { TicketFactsProjector } = load('libs/features/src/reports/ticket-facts.projector.js');
  const { TicketReportQueries } = load('libs/features/src/reports/ticket-report.queries.js');
  const { SYSTEM_ACTOR } = load('libs/db/src/tenant-db.js');
  class Bench {}
  const config = readConfig({ DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent' });
  await withClient(database.adminUrl, async (client) => {
    const { loadPeople } = load('apps/all/src/demonstration/load.js');
    await loadPeople(client, path.join(ROOT, 'config/reference'), now);
    const { bulkTickets } = load('apps/all/src/cli/bulk.js');
    await bulkTickets(database.appUrl, Math.min(MADE, count), { now, seed: 7 });
    const app = await NestFactory.createApplicationContext(
      { module: Bench, imports: [DatabaseModule.forRoot(config), ReportsModule] },
      { logger: false, abortOnError: false },
    );
    try {
      await app.get(TicketFactsProjector).catchUp();
      const first = new Date(now.getTime() - 370 * DAY_MS);
      console.log(`Spreading ${count.toLocaleString('en')} tickets over a year ...`);
      await multiply(client, count, first);
      await client.query('vacuum analyze');
      const reports = app.get(TicketReportQueries);
      const coordinator = { ...SYSTEM_ACTOR, role: 'coordinator', hubId: null };
      const [from, to] = [dayAfter(first, 0), dayAfter(first, DAYS - 1)];
      for (const by of GROUPS) {
        const times = [];
        for (let n = 0; n <= settings.pairs; n++) {
          const started = performance.now();
          const { total } = await reports.report(coordinator, { from, to, by });
          times.push(performance.now() - started);
          const created = total.find((figure) => figure.metric === 'created').value;
          if (created !== count) throw new Error(`The report counts ${created} tickets of ${count}.`);
        }
        const time = median(times.slice(1));
        const what = `a year by ${by} over ${count.toLocaleString('en')} tickets`;
        report.add('', what, `${ms(time)}, the first ${ms(times[0])}`, '', '<= 1 s', time <= 1000);
      }
    } finally {
      await app.close();
    }
  });
}

const dayAfter = (first, days) => new Date(first.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** Fact number n is a copy of one that was made, moved to day n of the year and round again. */
async function multiply(client, count, first) {
  const { FACT_COLUMNS, STORE_FACTS } = load('libs/features/src/reports/fact-rows.js');
  const { ADD_CELLS } = load('libs/features/src/reports/ticket-facts.projector.js');
  const { ReportCells } = load('libs/domain/src/report-cells.js');
  const { rows: made } = await client.query(`select ${FACT_COLUMNS} from ticket_fact order by ticket_id`);
  await client.query('truncate ticket_fact, report_day');
  const cells = new ReportCells();
  let facts = [];
  for (let n = 0; n < count; n++) {
    const fact = { ...made[n % made.length], ticketId: randomUUID() };
    moveTo(fact, dayAfter(first, n % DAYS));
    cells.add(fact, 1);
    facts.push(fact);
    if (facts.length < BATCH && n < count - 1) continue;
    await client.query(STORE_FACTS, [JSON.stringify(facts)]);
    facts = [];
  }
  const sums = cells.list();
  console.log(`${sums.length.toLocaleString('en')} sums ...`);
  for (let n = 0; n < sums.length; n += BATCH)
    await client.query(ADD_CELLS, [JSON.stringify(sums.slice(n, n + BATCH))]);
}

function moveTo(fact, day) {
  const by = Date.parse(day) - Date.parse(fact.day);
  const moved = (local) => local && dayAfter(new Date(local), by / DAY_MS);
  fact.openedAt = new Date(new Date(fact.openedAt).getTime() + by);
  fact.firstDecidedOn = moved(fact.firstDecidedOn);
  fact.resolutionDecidedOn = moved(fact.resolutionDecidedOn);
  fact.day = day;
}
