import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { baseBackup } from '@app/db/base-backup';
import { migrationNames } from '@app/db/migrate';
import { StartupProblem } from '@app/db/startup-problem';
import { readConfig, type Config } from '@app/platform/config';

/** What a backup says of itself. */
export interface BackupNote {
  madeAt: string;
  /** Name of the database within the cluster. */
  database: string;
  serverVersion: string;
  migrations: string[];
  /** Rows of some tables when the backup began: a restored copy has at least these. */
  counts: Record<string, number>;
  /** Of base.tar. */
  sha256: string;
  embedded: boolean;
}

export const COUNTED = ['ticket', 'message', 'event', 'event_seal', 'attachment', 'account'];
/** Beside the embedded cluster: without them its copy cannot be opened. */
export const SECRETS = ['postgres.password', 'app-password'];

/** Copies the running database, then the files, which never change once a row knows them. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string', default: 'backups' } } });
  const config = readConfig();
  const started = performance.now();
  const { adminUrl, embedded } = clusterOf(config);
  const note = await look(adminUrl, embedded);
  const folder = path.resolve(values.to, note.madeAt.replace(/[:.]/g, '-'));
  const draft = `${folder}.part`;
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const { bytes } = await baseBackup(adminUrl, createWriteStream(path.join(draft, 'base.tar'), { mode: 0o600 }));
    note.sha256 = await sha256Of(path.join(draft, 'base.tar'));
    if (embedded) for (const name of SECRETS) await cp(path.join(config.varDir, name), path.join(draft, name));
    const files = path.join(config.varDir, 'files');
    if (!config.bucket && existsSync(files)) await cp(files, path.join(draft, 'files'), { recursive: true });
    await writeFile(path.join(draft, 'backup.json'), JSON.stringify(note, null, 2), { mode: 0o600 });
    await rename(draft, folder); // a folder without .part is whole
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${folder}: ${Math.round(bytes / 1024 / 1024)} MiB of database in ${seconds} s.`);
    if (config.bucket) console.log('Files lie in the bucket: let its own versions keep them.');
    console.log('It holds personal data and passwords: encrypt it, and prove it with npm run restore.');
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function clusterOf(config: Config): { adminUrl: string; embedded: boolean } {
  if (config.databaseUrl) {
    if (!config.databaseAdminUrl)
      throw new StartupProblem(
        'Set DATABASE_ADMIN_URL to a login that may replicate; the backup copies the whole cluster.',
      );
    return { adminUrl: config.databaseAdminUrl, embedded: false };
  }
  const file = path.join(config.varDir, 'connection.json');
  if (!existsSync(file))
    throw new StartupProblem('There is no database yet: start Sanad first, or set DATABASE_ADMIN_URL.');
  return { adminUrl: (JSON.parse(readFileSync(file, 'utf8')) as { adminUrl: string }).adminUrl, embedded: true };
}

async function look(adminUrl: string, embedded: boolean): Promise<BackupNote> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect().catch(() => {
    throw new StartupProblem('The database does not answer: a backup is made while it runs.');
  });
  try {
    await client.query('set role sanad_system');
    const counts: Record<string, number> = {};
    for (const table of COUNTED) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
      counts[table] = Number(rows[0].n);
    }
    const { rows } = await client.query<{ version: string; database: string; at: Date }>(
      `select current_setting('server_version') as version, current_database() as database, clock_timestamp() as at`,
    );
    const [{ version, database, at }] = rows;
    const madeAt = at.toISOString();
    return { madeAt, database, serverVersion: version, migrations: migrationNames(), counts, sha256: '', embedded };
  } finally {
    await client.end();
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

if (require.main === module)
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
