import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startEmbedded, type EmbeddedDatabase } from '@app/db/embedded';
import { migrate } from '@app/db/migrate';
import { checkMigrated } from '@app/db/migrated';
import { migrateQueues } from '@app/db/migrate-queues';
import { loadReference } from '@app/db/reference/load';
import { explainFileError } from '@app/db/startup-problem';
import { directUrl, type Config } from '@app/platform/config';
import { wasCutShort } from './demonstration/marker';

const DATABASE = 'sanad';
const LOGIN = 'sanad_app';

/** Where the reference files lie, from the sources or from dist. */
export function referenceDir(): string {
  const root = __dirname.split(`${path.sep}dist${path.sep}`)[0];
  return path.join(root === __dirname ? path.resolve(__dirname, '../../..') : root, 'config/reference');
}

export interface Prepared {
  config: Config;
  /** The administrator's URL of the embedded database; null when the database is somebody else's. */
  adminUrl: string | null;
  embedded: EmbeddedDatabase | null;
}

/** A database that can be used: the given one as it is, or our own, started, migrated and with its reference data. */
export async function prepareDatabase(config: Config): Promise<Prepared> {
  if (config.databaseUrl) {
    await checkMigrated(directUrl(config));
    return { config, adminUrl: null, embedded: null };
  }
  const embedded = await startEmbedded({ dataDir: path.join(config.varDir, 'postgres') });
  try {
    await createDatabase(embedded.adminUrl);
    const adminUrl = withDatabase(embedded.adminUrl, DATABASE);
    if (await demonstrationCutShort(adminUrl)) await recreateDatabase(embedded);
    const login = { user: LOGIN, password: keptSecret(config.varDir, 'app-password') };
    await setUpDatabase(adminUrl, login);
    const appUrl = withDatabase(embedded.adminUrl, DATABASE, login);
    writePrivate(config.varDir, 'connection.json', JSON.stringify({ appUrl, adminUrl }));
    return {
      config: { ...config, databaseUrl: appUrl, databaseAdminUrl: adminUrl, demonstration: true },
      adminUrl,
      embedded,
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** Roles, schema, queues and reference data; safe to repeat. */
export async function setUpDatabase(adminUrl: string, login: { user: string; password: string }): Promise<void> {
  await migrate(adminUrl, login);
  await migrateQueues(adminUrl);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await loadReference(client, referenceDir());
  } finally {
    await client.end();
  }
}

/** The embedded database is thrown away, when its demonstration was cut short. */
export async function recreateDatabase(embedded: EmbeddedDatabase): Promise<void> {
  await asAdmin(embedded.adminUrl, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`);
    await client.query(`create database ${DATABASE}`);
  });
}

async function demonstrationCutShort(adminUrl: string): Promise<boolean> {
  let answer = false;
  await asAdmin(adminUrl, async (client) => void (answer = await wasCutShort(client)));
  return answer;
}

/** Writes a file that only its owner reads. */
export function writePrivate(dir: string, name: string, text: string): string {
  const file = path.join(dir, name);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw explainFileError(error, dir);
  }
  return file;
}

function keptSecret(dir: string, name: string): string {
  const file = path.join(dir, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const secret = randomBytes(24).toString('base64url');
  writePrivate(dir, name, secret);
  return secret;
}

async function createDatabase(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function asAdmin(adminUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string, login?: { user: string; password: string }): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  if (login) Object.assign(parsed, { username: login.user, password: login.password });
  return parsed.toString();
}
