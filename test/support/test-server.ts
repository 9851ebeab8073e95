import { Client, escapeIdentifier } from 'pg';

/** What global set-up hands to the test processes, through the environment. */
export interface TestServer {
  /** Superuser's URL; its database is never written to. */
  adminUrl: string;
  /** Begins the name of every database and login of this run. */
  prefix: string;
  template: string;
  login: { user: string; password: string };
}

const VARIABLE = 'SANAD_TEST_SERVER';

export const isAnnounced = (): boolean => process.env[VARIABLE] !== undefined;

export function announce(server: TestServer | undefined): void {
  if (server === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = JSON.stringify(server);
}

/** Throws outside the integration and e2e projects, which alone have a server. */
export function testServer(): TestServer {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('No test database here: only test/integration and test/e2e have one.');
  return JSON.parse(text) as TestServer;
}

/** The same server, another database or another user. */
export function urlFor(adminUrl: string, database: string, login?: { user: string; password: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) [url.username, url.password] = [login.user, login.password];
  return url.href;
}

/** Runs statements one by one, outside any transaction. */
export async function runAsAdmin(adminUrl: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Removes whatever this run left on the server. */
export async function dropAllOf({ adminUrl, prefix, login }: TestServer): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await client.query(`drop database ${escapeIdentifier(datname)} with (force)`);
    await client.query(`drop role if exists ${escapeIdentifier(login.user)}`);
  } finally {
    await client.end();
  }
}
