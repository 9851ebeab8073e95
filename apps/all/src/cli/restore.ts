import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startEmbedded } from '@app/db/embedded';
import { refuseNewer, migrationNames } from '@app/db/migrate';
import { serverUser } from '@app/db/postgres-binaries';
import { StartupProblem } from '@app/db/startup-problem';
import { COUNTED, SECRETS, sha256Of, type BackupNote } from './backup';
import { startScratch, type Scratch } from './scratch-cluster';

const USAGE = 'npm run restore -- --from <folder of a backup> --to <new folder> [--pg-bin /usr/lib/postgresql/15/bin]';

/** Makes a new data folder from a backup and proves it: it is never written over one that is there. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, 'pg-bin': { type: 'string' } },
  });
  if (!values.from || !values.to) throw new StartupProblem(`Usage: ${USAGE}`);
  const [from, to] = [path.resolve(values.from), path.resolve(values.to)];
  const note = await check(from, to, values['pg-bin']);
  const started = performance.now();
  await unpack(from, to, note);
  const cluster = note.embedded
    ? await embedded(to)
    : await startScratch(path.join(to, 'postgres'), values['pg-bin']!, note.database);
  try {
    await prove(cluster, to, note);
  } finally {
    await cluster.stop();
  }
  console.log(`Restored and proven in ${((performance.now() - started) / 1000).toFixed(1)} s: ${to}`);
  console.log(
    note.embedded
      ? `Start it with SANAD_VAR=${values.to} npm start.`
      : `Start PostgreSQL on ${path.join(to, 'postgres')}, and Sanad with SANAD_VAR=${values.to}.`,
  );
}

async function check(from: string, to: string, pgBin: string | undefined): Promise<BackupNote> {
  const file = path.join(from, 'backup.json');
  if (!existsSync(file)) throw new StartupProblem(`${from} is no whole backup. Usage: ${USAGE}`);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new StartupProblem(`${to} is not empty: a backup is restored into a new folder.`);
  const note = JSON.parse(readFileSync(file, 'utf8')) as BackupNote;
  refuseNewer(
    migrationNames(),
    note.migrations.map((name) => ({ name })),
  );
  if (!note.embedded && !pgBin)
    throw new StartupProblem(
      `This backup is of PostgreSQL ${note.serverVersion}: name the folder of its programs with --pg-bin, so that the copy can be proven.`,
    );
  if ((await sha256Of(path.join(from, 'base.tar'))) !== note.sha256)
    throw new StartupProblem('base.tar is not what was backed up: take another backup.');
  return note;
}

async function unpack(from: string, to: string, note: BackupNote): Promise<void> {
  const data = path.join(to, 'postgres');
  mkdirSync(data, { recursive: true });
  const user = serverUser(data);
  execFileSync('tar', ['-xf', path.join(from, 'base.tar'), '-C', data]);
  chmodSync(data, 0o700);
  if (note.embedded) for (const name of SECRETS) await cp(path.join(from, name), path.join(to, name));
  if (user) {
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, data]);
    if (note.embedded) execFileSync('chown', [`${user.uid}:${user.gid}`, `${data}.password`]);
  }
  if (existsSync(path.join(from, 'files')))
    await cp(path.join(from, 'files'), path.join(to, 'files'), { recursive: true });
}

async function embedded(to: string): Promise<Scratch> {
  const database = await startEmbedded({ dataDir: path.join(to, 'postgres') });
  const adminUrl = new URL(database.adminUrl);
  adminUrl.pathname = '/sanad';
  const appUrl = new URL(adminUrl);
  appUrl.username = 'sanad_app';
  appUrl.password = readFileSync(path.join(to, 'app-password'), 'utf8').trim();
  return { adminUrl: adminUrl.href, appUrl: appUrl.href, stop: () => database.stop() };
}

/** Rows, files and figures: nothing that was there when the backup began is missing, and all of it agrees with the log. */
async function prove({ adminUrl, appUrl }: Scratch, to: string, note: BackupNote): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set role sanad_system');
    for (const table of COUNTED) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
      console.log(`${table.padEnd(12)}${rows[0].n.padStart(10)} rows, ${note.counts[table]} when the backup began`);
      if (Number(rows[0].n) < note.counts[table]) throw new StartupProblem(`Rows of ${table} are missing.`);
    }
    const { rows } = await client.query<{ file: string; sha256: Buffer }>('select file, sha256 from attachment');
    if (existsSync(path.join(to, 'files'))) await proveFiles(path.join(to, 'files'), rows);
    else if (rows.length > 0) console.log(`${rows.length} files lie in a bucket and were not looked at.`);
  } finally {
    await client.end();
  }
  const { status } = spawnSync(process.execPath, [path.join(__dirname, 'verify.js')], {
    stdio: 'inherit',
    env: { DATABASE_URL: appUrl, SANAD_VAR: to },
  });
  if (status !== 0) throw new StartupProblem('The restored copy does not agree with its log.');
}

async function proveFiles(folder: string, rows: readonly { file: string; sha256: Buffer }[]): Promise<void> {
  for (const { file, sha256 } of rows) {
    const found = await sha256Of(path.join(folder, file)).catch(() => 'missing');
    if (found !== sha256.toString('hex'))
      throw new StartupProblem(`The file ${file} is ${found === 'missing' ? found : 'another'}.`);
  }
  console.log(`${rows.length} files are there and what they were.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
