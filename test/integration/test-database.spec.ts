import { Client } from 'pg';
import { migrationNames } from '@app/db/migrate';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the test database', () => {
  const made: TestDatabase[] = [];
  const create = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase();
    made.push(database);
    return database;
  };
  afterAll(() => Promise.all(made.map((database) => database.drop())));

  async function ask(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
    } finally {
      await client.end();
    }
  }

  it('is migrated, and each copy stands alone', async () => {
    const [one, other] = await Promise.all([create(), create()]);
    expect(await ask(one.adminUrl, 'select name from schema_migration order by name')).toEqual(migrationNames());
    await ask(one.adminUrl, 'create table only_here ()');
    expect(await ask(one.adminUrl, "select to_regclass('only_here') is not null")).toEqual([true]);
    expect(await ask(other.adminUrl, "select to_regclass('only_here') is not null")).toEqual([false]);
  });

  it('gives the application a login that owns nothing and cannot pass row-level security', async () => {
    const { appUrl } = await create();
    const mine = 'from pg_roles where rolname = current_user';
    expect(await ask(appUrl, `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole ${mine}`)).toEqual([
      false,
    ]);
    expect(
      await ask(
        appUrl,
        `select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner and r.rolname = current_user`,
      ),
    ).toEqual([0]);
    await expect(ask(appUrl, 'select * from ticket')).rejects.toMatchObject({ code: '42501' });
  });
});
