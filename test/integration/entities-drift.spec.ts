import 'reflect-metadata';
import { ENTITIES } from '@app/db/entities/all';
import { Setting } from '@app/db/entities/setting.entity';
import { SnakeNaming } from '@app/db/naming';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../support/database';

interface Column {
  type: string;
  nullable: boolean;
}

/** Tables that no service maps: the ledger of migrations, and what only one statement of its owner touches. */
const UNMAPPED = [
  'draft',
  'association_invitation',
  'attachment',
  'bulk_action',
  'call',
  'agent_plan',
  'call_leg',
  'callback',
  'callback_attempt',
  'consent',
  'consultation',
  'event_seal',
  'hub_telephony',
  'invitation',
  'live_counter',
  'live_ticket',
  'login_attempt',
  'mail_text',
  'mention',
  'pbx_agent',
  'pbx_event',
  'pbx_integration',
  'pbx_mirror',
  'pbx_queue',
  'pending_reply',
  'projection',
  'rating',
  'rating_link',
  'reference_version',
  'report_day',
  'report_export',
  'routing_rule_set',
  'saved_view',
  'schema_migration',
  'secret',
  'sign_in_code',
  'sla_change',
  'ticket_fact',
  'upload',
  'ticket_link',
  'ticket_merge',
  'validation',
];
/** The ORM's spelling of PostgreSQL's types; it does not know xid8. */
const SPELLING: Record<string, string> = {
  integer: 'int',
  'timestamp with time zone': 'timestamptz',
  xid8: 'bigint',
};
const CHECKED_COLUMN = /^CHECK \(\("?(\w+)"? = ANY \(ARRAY\[(.*)\]\)\)\)$/;

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = new DataSource({
    type: 'postgres',
    url: database.adminUrl,
    entities: ENTITIES,
    namingStrategy: new SnakeNaming(),
  });
  await source.initialize();
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

/** A generated column says nothing of nulls in the catalogue; ours are computed from columns that are never null. */
async function tablesOfDatabase(): Promise<Record<string, Record<string, Column>>> {
  const rows = await source.query<{ table: string; column: string; type: string; nullable: boolean }[]>(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull and a.attgenerated = '' as nullable
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
  const tables: Record<string, Record<string, Column>> = {};
  for (const { table, column, type, nullable } of rows) {
    const [base, array] = type.endsWith('[]') ? [type.slice(0, -2), '[]'] : [type, ''];
    (tables[table] ??= {})[column] = { type: (SPELLING[base] ?? base) + array, nullable };
  }
  return tables;
}

function tablesOfEntities(): Record<string, Record<string, Column>> {
  const tables = source.entityMetadatas.map((entity) => {
    const columns = entity.columns.map((column) => [
      column.databaseName,
      { type: `${String(column.type)}${column.isArray ? '[]' : ''}`, nullable: column.isNullable },
    ]);
    return [entity.tableName, Object.fromEntries(columns)];
  });
  return Object.fromEntries(tables) as Record<string, Record<string, Column>>;
}

test('every table is mapped, column by column, with its type and nullability', async () => {
  const real = await tablesOfDatabase();
  for (const table of UNMAPPED) {
    expect(real).toHaveProperty(table); // an exception for a table that is gone would hide nothing, and mislead
    delete real[table];
  }
  expect(tablesOfEntities()).toEqual(real);
});

test('every list of values is the same in the classes and in the checks of the database', async () => {
  const rows = await source.query<{ table: string; definition: string }[]>(`
    select conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`);
  const checks = rows.flatMap(({ table, definition }) => {
    const match = UNMAPPED.includes(table) ? null : CHECKED_COLUMN.exec(definition);
    const values = match && [...match[2].matchAll(/'([^']*)'::text/g)].map((value) => value[1]);
    return match ? [[`${table}.${match[1]}`, values]] : [];
  });
  const lists = source.entityMetadatas.flatMap((entity) =>
    entity.columns.filter((one) => one.enum).map((one) => [`${entity.tableName}.${one.databaseName}`, one.enum]),
  );
  expect(lists.length).toBeGreaterThan(25);
  expect(Object.fromEntries(lists)).toEqual(Object.fromEntries(checks));
});

test('no class loads others: no relation, no cascade', () => {
  expect(source.entityMetadatas.filter((entity) => entity.relations.length > 0)).toEqual([]);
});

test('a row comes back as it was written', async () => {
  const setting = source.getRepository(Setting);
  await setting.insert({ key: 'probe', value: { fr: 'é', ar: 'ع' }, version: 1 });
  expect(await setting.findOneByOrFail({ key: 'probe' })).toEqual({
    key: 'probe',
    value: { fr: 'é', ar: 'ع' },
    version: 1,
  });
});
