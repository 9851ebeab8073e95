import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAssociations, readAssociations } from '@app/db/reference/associations';
import { ReferenceProblem } from '@app/db/reference/entry';
import { loadReference } from '@app/db/reference/load';
import { readReference } from '@app/db/reference/read';
import { checkCalendar } from '@app/domain/calendar';
import { checkPolicy } from '@app/domain/sla-policy';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';

const REFERENCE = path.resolve(__dirname, '../../config/reference');
const NOW = new Date('2026-11-23T10:00:00Z');
const TABLES = `place category skill setting macro calendar calendar_version sla_policy sla_policy_version hub queue
  routing_rule territory hub_agreement association contact contact_phone contact_email`.split(/\s+/);

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await loadReference(client, REFERENCE);
  await loadAssociations(client, REFERENCE, NOW);
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query<T>(sql, values)).rows;
}

/** The whole content of the tables, for comparing before and after. */
async function content(): Promise<unknown[]> {
  const tables: unknown[] = [];
  for (const table of TABLES) tables.push(await rows(`select * from ${table} t order by t::text`));
  const [{ version }] = await rows<{ version: string }>('select version from reference_version');
  return [...tables, version];
}

async function count(table: string): Promise<number> {
  return (await rows<{ n: number }>(`select count(*)::int as n from ${table}`))[0].n;
}

describe('the load', () => {
  test('fills every table from the files', async () => {
    const counts: Record<string, number> = {};
    for (const table of TABLES) counts[table] = await count(table);
    expect(counts).toMatchObject({
      place: 87,
      category: 113,
      skill: 21,
      hub: 6,
      territory: 5,
      hub_agreement: 4,
      macro: 24,
    });
    expect(counts).toMatchObject({ calendar: 1, calendar_version: 1, sla_policy: 8, sla_policy_version: 8 });
    expect(counts).toMatchObject({ queue: 36, routing_rule: 42, association: 60 });
    expect(counts.contact).toBeGreaterThanOrEqual(60);
  });

  test('writes definitions that the rules accept', async () => {
    const versions = await rows<{ definition: unknown }>('select definition from sla_policy_version');
    for (const { definition } of versions) expect(checkPolicy(definition)).toEqual(definition);
    const [calendar] = await rows<{ definition: unknown }>('select definition from calendar_version');
    expect(checkCalendar(calendar.definition)).toEqual(calendar.definition);
  });

  test('knows fixed holidays from their first year and keeps the doubt on the others', async () => {
    const [{ definition }] = await rows<{ definition: unknown }>('select definition from calendar_version');
    const { closures, seasons } = checkCalendar(definition);
    const on = (date: string) =>
      closures.filter((closure) => closure.date === date).map(({ key, status }) => [key, status]);
    expect(on('2025-10-31')).toEqual([]);
    expect(on('2026-10-31')).toEqual([['unity_day', 'confirmed']]);
    expect(on('2026-03-21')).toEqual([['eid_al_fitr', 'confirmed']]);
    expect(on('2026-05-28')).toEqual([['eid_al_adha', 'provisional']]);
    expect(on('2030-01-14')).toEqual([['amazigh_new_year', 'confirmed']]);
    expect(seasons.filter((season) => season.confirmed).map((season) => season.from)).toEqual([
      '2023-03-23',
      '2024-03-12',
      '2025-03-02',
      '2026-02-19',
    ]);
    expect(seasons.find((season) => season.from === '2027-02-08')).toMatchObject({
      to: '2027-03-09',
      confirmed: false,
    });
  });

  test('a second load changes nothing and announces nothing', async () => {
    const before = await content();
    await loadReference(client, REFERENCE);
    await loadAssociations(client, REFERENCE, new Date('2027-01-01T00:00:00Z'));
    expect(await content()).toEqual(before);
  });

  test('never undoes what an administrator changed, and restores what is missing', async () => {
    const copy = await createTestDatabase();
    const admin = new Client({ connectionString: copy.adminUrl });
    await admin.connect();
    const ask = async (sql: string) => (await admin.query<Record<string, unknown>>(sql)).rows;
    try {
      await loadReference(admin, REFERENCE);
      await admin.query(`update category set name_fr = 'Autre', active = false where code = 'CRE.01'`);
      await admin.query(
        `update territory set valid = '[2025-02-01,2026-11-01)', role = 'interim' where place_code = 'MA-03'`,
      );
      await admin.query(`update setting set value = '[]' where key = 'hold_reasons'`);
      await admin.query(
        `delete from routing_rule where position = 2 and hub_id = (select id from hub where code = 'FM')`,
      );
      await admin.query(`delete from macro where code = 'ACK'`);
      await loadReference(admin, REFERENCE);
      expect(await ask(`select name_fr, active from category where code = 'CRE.01'`)).toEqual([
        { name_fr: 'Autre', active: false },
      ]);
      expect(await ask(`select role, upper(valid)::text as till from territory where place_code = 'MA-03'`)).toEqual([
        { role: 'interim', till: '2026-11-01' },
      ]);
      expect(await ask(`select value from setting where key = 'hold_reasons'`)).toEqual([{ value: [] }]);
      expect(await ask('select count(*)::int as n from routing_rule')).toEqual([{ n: 41 }]);
      expect(await ask(`select count(*)::int as n from macro where code = 'ACK'`)).toEqual([{ n: 1 }]);
    } finally {
      await admin.end();
      await copy.drop();
    }
  });

  test('two loads at once leave one copy', async () => {
    const copy = await createTestDatabase();
    const clients = [1, 2].map(() => new Client({ connectionString: copy.adminUrl }));
    try {
      await Promise.all(clients.map((one) => one.connect()));
      await Promise.all(clients.map((one) => loadReference(one, REFERENCE)));
      const { rows: found } = await clients[0].query('select count(*)::int as n from hub_agreement');
      expect(found).toEqual([{ n: 4 }]);
    } finally {
      await Promise.all(clients.map((one) => one.end()));
      await copy.drop();
    }
  });

  test('gives each association to the hub that answers for its place', async () => {
    const wrong = await rows(`select code from association where hub_id <> answering_hub(place_code, '2026-11-23')`);
    expect(wrong).toEqual([]);
    expect(await rows(`select distinct hub.code from association join hub on hub.id = hub_id order by 1`)).toEqual([
      { code: 'FM' },
      { code: 'MS' },
      { code: 'NT' },
    ]);
  });
});

describe('the hub that answers', () => {
  test('is exactly one for 75 provinces on 1,000 random days, the one that the files give', async () => {
    const { hubs, places, territories } = readReference(REFERENCE);
    const national = hubs.find((hub) => hub.is_national)?.code;
    const provinces = places.filter((place) => place.kind !== 'region');
    expect(provinces).toHaveLength(75);
    const from = Date.UTC(2024, 0, 1);
    const days = Array.from({ length: 1000 }, () => new Date(from + Math.floor(Math.random() * 2922) * 86_400_000));
    const dates = days.map((day) => day.toISOString().slice(0, 10));
    const valid = territories.map((row) => ({ ...row, days: row.valid.slice(1, -1).split(',') }));
    const answers = (place: string | null, day: string) =>
      valid.filter(
        (row) => row.place_code === place && row.days[0] <= day && (row.days[1] === '' || day <= row.days[1]),
      );
    const expected = provinces.flatMap(({ code, parent_code }) =>
      dates.map((day) => {
        const found = [answers(code, day), answers(parent_code, day)].find((list) => list.length > 0) ?? [];
        if (found.length > 1) throw new Error(`${code} has ${found.length} hubs on ${day}`);
        return found[0]?.hub ?? national;
      }),
    );
    const found = await rows<{ codes: string[] }>(
      `select array_agg(h.code order by p.i, d.i) as codes
       from unnest($1::text[]) with ordinality p (code, i) cross join unnest($2::date[]) with ordinality d (day, i)
       left join hub h on h.id = answering_hub(p.code, d.day)`,
      [provinces.map((place) => place.code), dates],
    );
    expect(found[0].codes).toHaveLength(75_000);
    expect(found[0].codes.findIndex((code, i) => code !== expected[i])).toBe(-1);
    expect(new Set(expected).size).toBeGreaterThan(2);
  });

  test('of a province row wins over its region', async () => {
    await client.query('begin');
    await client.query(
      `insert into territory select gen_random_uuid(), 'MA-MEK', id, 'interim', '[2026-01-01,2026-02-01)' from hub where code = 'MS'`,
    );
    const found = await rows(`
      select d::text as day, h.code from unnest(array['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01']::date[]) d
      join hub h on h.id = answering_hub('MA-MEK', d) order by 1`);
    await client.query('rollback');
    expect(found).toEqual([
      { day: '2025-12-31', code: 'FM' },
      { day: '2026-01-01', code: 'MS' },
      { day: '2026-01-31', code: 'MS' },
      { day: '2026-02-01', code: 'FM' },
    ]);
  });
});

/** A JSON value that a case breaks on purpose. */
type Loose = { [key: string]: Loose } & { [index: number]: Loose } & unknown;

interface Breakage {
  file: string;
  change(json: Record<string, Record<string, unknown>[]>): void;
  says: string;
}

/** Follows keys to the object whose member a case changes. */
function at(value: unknown, ...keys: (string | number)[]): Record<string, unknown> {
  return keys.reduce<unknown>((inner, key) => (inner as Record<string | number, Loose>)[key], value) as Record<
    string,
    unknown
  >;
}

const BROKEN: Breakage[] = [
  {
    file: 'regions.json',
    change: (json) => delete at(json.regions, 0, 'provinces', 1).name_ar,
    says: 'regions.json: regions[0] "MA-01": provinces[1].name_ar is missing',
  },
  {
    file: 'regions.json',
    change: (json) => (at(json.regions, 1).iso = 'MA-01'),
    says: 'regions.json: regions[1] "MA-01": iso is used twice: MA-01',
  },
  {
    file: 'taxonomy.json',
    change: (json) => (at(json.categories, 0, 'children', 0, 'deadlines', 0).ref = 'NOPE'),
    says: 'taxonomy.json: categories[0] "CRE": children[0].deadlines[0].ref names an unknown text of law: NOPE',
  },
  {
    file: 'calendar.json',
    change: (json) => (at(json.calendars, 0, 'week').mon = [['12:30', '08:30']]),
    says: 'calendar.json: calendars[0] "MA-DEFAULT": week.mon[0] is not valid:',
  },
  {
    file: 'holidays.json',
    change: (json) => (at(json.islamic_dates, 2).key = 'xmas'),
    says: 'holidays.json: islamic_dates[2] "xmas": key names an unknown holiday: xmas',
  },
  {
    file: 'holidays.json',
    change: (json) => (at(json.ramadan, 1).end = '2024-02-30'),
    says: 'holidays.json: ramadan[1]: end must be an existing date YYYY-MM-DD',
  },
  {
    file: 'policies.json',
    change: (json) => (at(json.policies, 3, 'targets', 2).minutes = -5),
    says: 'policies.json: policies[3] "LEGAL-VALIDATED": targets[2].minutes',
  },
  {
    file: 'policies.json',
    change: (json) => (at(json.policies, 1, 'conditions', 0).values = ['CRE.04', 'XXX.01']),
    says: 'policies.json: policies[1] "LEGAL-DEADLINE": conditions[0].values[1] names an unknown category: XXX.01',
  },
  {
    file: 'policies.json',
    change: (json) => json.policies.pop(),
    says: 'policies.json: policies[6] "ADMINISTRATIVE": conditions must be empty',
  },
  {
    file: 'queues.json',
    change: (json) => (json.routing_rules[3].queue = 'NOPE'),
    says: 'queues.json: routing_rules[3] "NOPE": queue names an unknown queue: NOPE',
  },
  {
    file: 'queues.json',
    change: (json) => (json.skills[1].category_prefixes = []),
    says: 'queues.json: skills must have one for the category RUP',
  },
  {
    file: 'hubs.json',
    change: (json) => (json.territories[2].hub = 'XX'),
    says: 'hubs.json: territories[2] "XX": hub names an unknown hub: XX',
  },
  {
    file: 'hubs.json',
    change: (json) => (json.territories[3].region = 'MA-03'),
    says: 'hubs.json: territories[3] "MS": valid_from overlaps another territory of MA-03',
  },
  {
    file: 'hubs.json',
    change: (json) => (json.hubs[0].is_national = true),
    says: 'hubs.json: hubs[0] "FM": is_national must be true for fallback_hub only',
  },
  {
    file: 'macros.json',
    change: (json) => (json.macros[0].body_ar = 'مرحبا {{agent.name}}'),
    says: 'macros.json: macros[0] "ACK": body_ar must use the variables',
  },
  {
    file: 'settings.json',
    change: (json) => delete at(json.settings, 4, 'value', 1).ar,
    says: 'settings.json: settings[4] "hold_reasons": value[1].ar is missing',
  },
  {
    file: 'associations.json',
    change: (json) => (at(json.associations, 4, 'contacts', 0).phone = '0612345678'),
    says: 'associations.json: associations[4] "DEMO-005": contacts[0].phone must be a number such as',
  },
];

describe('a broken file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sanad-reference-'));
    cpSync(REFERENCE, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const problemOf = () => {
    try {
      readReference(folder);
      readAssociations(folder);
    } catch (error) {
      expect(error).toBeInstanceOf(ReferenceProblem);
      return (error as Error).message;
    }
    return 'no problem';
  };

  test.each(BROKEN)('$says', ({ file, change, says }) => {
    expect(problemOf()).toBe('no problem');
    const json = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, Record<string, unknown>[]>;
    change(json);
    writeFileSync(path.join(folder, file), JSON.stringify(json));
    expect(problemOf()).toContain(says);
  });

  test('that is absent or no JSON is named', () => {
    writeFileSync(path.join(folder, 'hubs.json'), '{');
    expect(problemOf()).toMatch(/^hubs\.json: /);
    rmSync(path.join(folder, 'regions.json'));
    expect(problemOf()).toMatch(/^regions\.json: ENOENT/);
  });

  test('stops the load before anything is written', async () => {
    writeFileSync(path.join(folder, 'settings.json'), '{}');
    const before = await content();
    await expect(loadReference(client, folder)).rejects.toThrow('settings.json: settings is missing');
    expect(await content()).toEqual(before);
  });
});
