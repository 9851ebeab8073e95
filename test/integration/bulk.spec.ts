import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { loadReference } from '@app/db/reference/load';
import { parseReference } from '@app/domain/reference';
import { ReportsModule } from '@app/features/reports/reports.module';
import { VerifyService } from '@app/features/reports/verify.service';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { SlaModule } from '@app/features/sla/sla.module';
import { bulkTickets } from '../../apps/all/src/cli/bulk';
import { loadPeople } from '../../apps/all/src/demonstration/load';
import { referenceDir } from '../../apps/all/src/prepare';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';

const NOW = new Date('2026-11-23T11:00:00Z');
const COUNT = 800;

let database: TestDatabase;
let admin: Client;
let app: INestApplicationContext;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await loadReference(admin, referenceDir());
  await loadPeople(admin, referenceDir(), NOW);
  await bulkTickets(database.appUrl, COUNT, { now: NOW, seed: 7 });
  app = await startContext(testConfig(database.appUrl), ReportsModule, SlaModule);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.drop();
});

async function rows<Row extends object>(sql: string): Promise<Row[]> {
  return (await admin.query<Row>(sql)).rows;
}

test('one in twenty is open, in every open status, and nothing lies ahead', async () => {
  const found = await rows<{ status: string; n: number }>('select status, count(*)::int as n from ticket group by 1');
  const of = (status: string): number => found.find((row) => row.status === status)?.n ?? 0;
  const open = ['new', 'open', 'pending', 'on_hold', 'answered'].map(of);
  expect(Math.min(...open)).toBeGreaterThan(0);
  expect(open.reduce((sum, n) => sum + n)).toBeGreaterThan(COUNT * 0.04);
  expect(open.reduce((sum, n) => sum + n)).toBeLessThan(COUNT * 0.07);
  const [{ ahead, undone, months }] = await rows<{ ahead: number; undone: number; months: number }>(`
    select (select count(*)::int from event where at > '${NOW.toISOString()}') as ahead, (select count(*)::int from outbox) as undone,
      count(distinct date_trunc('month', opened_at))::int as months from ticket`);
  expect({ ahead, undone }).toEqual({ ahead: 0, undone: 0 });
  expect(months).toBeGreaterThanOrEqual(24);
});

test('references can be read aloud, and found by a search', async () => {
  const [{ reference, found }] = await rows<{ reference: string; found: number }>(`
    select t.reference, (select count(*)::int from message m where m.search @@ 'recepisse'::tsquery) as found from ticket t limit 1`);
  expect(parseReference(reference)?.reference).toBe(reference);
  expect(found).toBeGreaterThan(10);
});

test('one hub alone can be filled', async () => {
  const [before] = await rows<{ n: number }>(
    `select count(*)::int as n from ticket t join hub h on h.id = t.hub_id where h.code = 'FM'`,
  );
  await bulkTickets(database.appUrl, 50, { now: NOW, hub: 'FM' });
  const [after] = await rows<{ n: number }>(
    `select count(*)::int as n from ticket t join hub h on h.id = t.hub_id where h.code = 'FM'`,
  );
  expect(after.n - before.n).toBe(50);
});

test('what was written agrees with its own log, before and after the sweeper', async () => {
  const report = await app.get(VerifyService).report();
  expect(report.findings).toEqual([]);
  expect(report.tickets).toBe(COUNT + 50);
  expect(await app.get(Sweeper).sweep(NOW)).toBe(0);
  expect(await app.get(Sweeper).sweep(new Date('2026-12-31T11:00:00Z'))).toBeGreaterThan(5);
  expect(await app.get(VerifyService).verify()).toEqual([]);
}, 60_000);
