import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { StartupProblem } from '@app/db/startup-problem';
import { hashPassword } from '@app/features/identity/passwords';
import { readConfig } from '@app/platform/config';
import { setUpDatabase } from '../prepare';

const USAGE =
  'npm run setup -- --email coordinator@example.org [--name "First Last"] [--locale fr|ar], with DATABASE_ADMIN_URL and DATABASE_URL set.';
const OLDEST_POSTGRES = 150_000;

/** Makes an existing PostgreSQL ready: roles, schema, queues, reference data and the first coordinator. Safe to repeat. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      name: { type: 'string', default: 'Coordination' },
      locale: { type: 'string', default: 'fr' },
    },
  });
  const { databaseAdminUrl, databaseUrl } = readConfig();
  if (!databaseAdminUrl || !databaseUrl) throw new StartupProblem(`Usage: ${USAGE}`);
  const { username, password } = new URL(databaseUrl);
  if (!username || !password)
    throw new StartupProblem('DATABASE_URL must name the login that Sanad will use, with its password.');
  await checkServer(databaseAdminUrl);
  await setUpDatabase(databaseAdminUrl, { user: decodeURIComponent(username), password: decodeURIComponent(password) });
  console.log('Roles, schema and reference data are ready.');
  await firstCoordinator(databaseAdminUrl, values);
}

async function checkServer(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    if (rows[0].version < OLDEST_POSTGRES) throw new StartupProblem('PostgreSQL 15 or newer is needed.');
  });
}

async function firstCoordinator(url: string, values: { email?: string; name: string; locale: string }): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('set role sanad_system');
    const { rowCount } = await client.query("select from membership where role = 'coordinator' limit 1");
    if (rowCount) return console.log('There is a coordinator already; none was added.');
    if (!values.email) throw new StartupProblem(`There is no coordinator yet. Usage: ${USAGE}`);
    if (!/^[^\s@]+@[^\s@]+$/.test(values.email) || !['fr', 'ar'].includes(values.locale))
      throw new StartupProblem(`Usage: ${USAGE}`);
    const password = randomBytes(15).toString('base64url');
    const id = uuid();
    await client.query('begin');
    await client.query(
      'insert into account (id, email, password_hash, name, locale, created_at) values ($1, $2, $3, $4, $5, now())',
      [id, values.email, await hashPassword(password), values.name, values.locale],
    );
    await client.query(
      "insert into membership (id, account_id, kind, role) values ($1, $2, 'national', 'coordinator')",
      [uuid(), id],
    );
    await client.query('commit');
    console.log(`First coordinator: ${values.email}, password ${password} (shown once).`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
