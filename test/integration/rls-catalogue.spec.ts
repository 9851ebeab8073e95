import { TENANT_ROLES } from '@app/db/migrate';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.adminUrl });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function column(sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: sql, values, rowMode: 'array' });
  return rows.map(([value]) => value);
}

/** Tables whose rows belong to a hub or an association. */
const OWNED = `
  select distinct c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname in ('hub_id', 'association_id') and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

test('every table of hub or association rows has row-level security, enabled and forced', async () => {
  expect((await column(`select relname from (${OWNED}) t`)).length).toBeGreaterThan(20);
  expect(await column(`select relname from (${OWNED}) t where not (relrowsecurity and relforcerowsecurity)`)).toEqual(
    [],
  );
});

test('every command that a tenant role is granted on such a table has a policy for that role', async () => {
  // A grant without a policy shows nothing and refuses writes without saying why.
  const missing = await column(
    `select format('%s %s %s', role, privilege, t.relname)
     from (${OWNED}) t, unnest($1::text[]) role, unnest(array['select', 'insert', 'update', 'delete']) privilege
     where case privilege when 'delete' then has_table_privilege(role, t.oid, privilege) else has_any_column_privilege(role, t.oid, privilege) end
       and not exists (
         select from pg_policy p
         where p.polrelid = t.oid and p.polroles = array[(select oid from pg_roles where rolname = role)]
           and p.polcmd in ('*', case privilege when 'select' then 'r' when 'insert' then 'a' when 'update' then 'w' else 'd' end))
     order by 1`,
    [[...TENANT_ROLES]],
  );
  expect(missing).toEqual([]);
});

test('policies name one role each, and no expression has an OR, which no index serves', async () => {
  expect(
    await column(`select format('%s on %s', polname, polrelid::regclass) from pg_policy
                  where cardinality(polroles) <> 1 or polroles = '{0}' or not polpermissive`),
  ).toEqual([]);
  expect(
    await column(`select format('%s on %s', policyname, tablename) from pg_policies
                  where concat_ws(' ', qual, with_check) ~* '\\mor\\M'`),
  ).toEqual([]);
});

test('no role of ours passes row-level security by', async () => {
  expect(
    await column(`select rolname from pg_roles where rolname like 'sanad%' and (rolbypassrls or rolsuper)`),
  ).toEqual([]);
});

test('no tenant role owns anything, belongs to the owner or may create in the schema', async () => {
  const owned = `
    select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any ($1)
    union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = any ($1)
    union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname = any ($1)`;
  expect(await column(owned, [[...TENANT_ROLES]])).toEqual([]);
  expect(
    await column(
      `select role from unnest($1::text[]) role
       where pg_has_role(role, 'sanad_owner', 'member') or has_schema_privilege(role, 'public', 'create')`,
      [[...TENANT_ROLES]],
    ),
  ).toEqual([]);
});

test('the owner of the tables is one role that cannot log in', async () => {
  expect(
    await column(`select distinct r.rolname from pg_class c join pg_roles r on r.oid = c.relowner
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S') and c.relname <> 'schema_migration'`),
  ).toEqual(['sanad_owner']);
  expect(await column(`select rolname from pg_roles where rolname = 'sanad_owner' and rolcanlogin`)).toEqual([]);
});

test('nothing is open to everybody', async () => {
  expect(
    await column(`select c.relname from pg_class c, aclexplode(c.relacl) a
                  where c.relnamespace = 'public'::regnamespace and a.grantee = 0`),
  ).toEqual([]);
});
