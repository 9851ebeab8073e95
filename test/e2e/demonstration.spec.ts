import { existsSync } from 'node:fs';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { loadReference } from '@app/db/reference/load';
import { STATUSES } from '@app/domain/ticket';
import { ReportsModule } from '@app/features/reports/reports.module';
import { VerifyService } from '@app/features/reports/verify.service';
import type { Config } from '@app/platform/config';
import { loadPeople, loadTickets } from '../../apps/all/src/demonstration/load';
import type { Played } from '../../apps/all/src/demonstration/play';
import { readSamples, type Sample } from '../../apps/all/src/demonstration/samples';
import { referenceDir } from '../../apps/all/src/prepare';
import type { Person } from '../../apps/all/src/banner';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';

const DIR = referenceDir();
const NOW = new Date('2026-11-23T11:00:00Z');

let database: TestDatabase;
let admin: Client;
let config: Config;
let people: Person[];
let played: Played;
let app: INestApplicationContext;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await loadReference(admin, DIR);
  config = testConfig(database.appUrl, { demonstration: true });
  const loaded = await loadPeople(admin, DIR, NOW);
  people = loaded.people;
  played = await loadTickets(admin, config, { dir: DIR, cast: loaded.cast, now: NOW });
  app = await startContext(config, ReportsModule);
}, 120_000);

afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.drop();
});

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await admin.query<Row>(sql, values)).rows;
}

async function count(from: string): Promise<number> {
  return (await rows<{ n: number }>(`select count(*)::int as n from ${from}`))[0].n;
}

interface Stored {
  hub: string;
  kind: string;
  category: string;
  language: string;
  answerLanguage: string;
  priority: string;
  confidentiality: string;
  needsValidation: boolean;
  level: string;
  tags: string[];
}

test.each(readSamples(DIR).map((sample): [string, Sample] => [sample.id, sample]))(
  'sample %s is handled as it should be',
  async (id, { expected }) => {
    const [found] = await rows<Stored>(
      `select h.code as hub, t.kind, t.category_code as category, t.language, t.answer_language as "answerLanguage", t.priority, t.confidentiality,
         t.needs_validation as "needsValidation", t.level, t.tags
       from ticket t join hub h on h.id = t.hub_id where t.id = $1`,
      [played.tickets.get(id)],
    );
    expect(found).toEqual({
      hub: expected.answering_hub,
      kind: expected.kind,
      category: expected.category,
      language: expected.language,
      answerLanguage: expected.answer_language,
      priority: expected.urgency,
      confidentiality: expected.confidentiality,
      needsValidation: expected.needs_validation,
      level: found.level,
      tags: expected.tags,
    });
  },
);

test('what had to climb has climbed, unless it has only just come in', async () => {
  const climbed = await rows<{ id: string; to: string; reason: string }>(
    'select ticket_id as id, to_level as "to", reason from escalation',
  );
  for (const [id, to, reason] of [
    ['S11', 'expert', 'deadline'],
    ['S20', 'expert', 'deadline'],
    ['S31', 'supervisor', 'conflict'],
    ['S33', 'supervisor', 'person_in_danger'],
  ]) {
    expect(climbed).toContainEqual({ id: played.tickets.get(id), to, reason });
  }
});

test('the sequel names the earlier question', async () => {
  const [row] = await rows<{ earlier: string }>('select follow_up_of as earlier from ticket where id = $1', [
    played.tickets.get('S35'),
  ]);
  expect(row.earlier).toBe(played.tickets.get('S02'));
});

test('every status appears, some are late, some wait for somebody', async () => {
  const found = await rows<{ status: string; n: number }>('select status, count(*)::int as n from ticket group by 1');
  expect(found.map((row) => row.status).sort()).toEqual([...STATUSES].sort());
  expect(await count('ticket')).toBeGreaterThanOrEqual(95);
  expect(await count("sla_clock where breached_at is not null and state = 'running'")).toBeGreaterThan(2);
  expect(await count("ticket where status in ('new', 'open') and assignee_id is null")).toBeGreaterThan(1);
  const [{ share }] = await rows<{ share: number }>(
    `select avg((p.parent_code = 'MA-03')::int)::float8 as share from ticket t join place p on p.code = t.place_code`,
  );
  expect(share).toBeGreaterThan(0.2);
});

test('the rules refused nothing of the story', () => {
  expect(played.refused).toEqual([]);
});

test('a late clock was noticed within a second of its due time', async () => {
  expect(
    await count(
      "sla_clock where breached_at is not null and breached_at not between due_at and due_at + interval '1 s' and metric = 'first_response'",
    ),
  ).toBe(0);
});

test('nothing is left to be done, nothing was sent, nothing lies ahead of now', async () => {
  expect(await count('outbox where done_at is null')).toBe(0);
  expect(await count('mail_message')).toBeGreaterThan(50);
  expect(await count('mail_message where sent_at is null')).toBe(0);
  expect(existsSync(path.join(config.varDir, 'outbox'))).toBe(false);
  const [{ ahead }] = await rows<{ ahead: number }>(
    `select (select count(*) from event where at > $1) + (select count(*) from message where created_at > $1)
       + (select count(*) from ticket where updated_at > $1) + (select count(*) from notification where created_at > $1) as ahead`,
    [NOW],
  );
  expect(Number(ahead)).toBe(0);
});

test('everything agrees with the log, which is sealed', async () => {
  expect(await app.get(VerifyService).verify()).toEqual([]);
  expect(await count('event_seal')).toBeGreaterThan(0);
});

test('people: one of each role first, everybody with a password of their own', () => {
  expect(people.slice(0, 6).map((person) => person.role)).toEqual([
    'agent',
    'supervisor',
    'expert',
    'coordinator',
    'manager',
    'member',
  ]);
  expect(people[0]).toMatchObject({ hub: 'FM', note: expect.stringContaining('French and Arabic') as string });
  expect(new Set(people.map((person) => person.password)).size).toBe(people.length);
  for (const { password } of people) expect(password).toMatch(/^[2-9A-Za-z]{16}$/);
});
