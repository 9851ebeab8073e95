import { createHash, randomBytes, randomInt } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { takeOwnership } from './owner-lock';
import { bundledMajor, runProgram, type ServerUser, serverUser } from './postgres-binaries';
import { processesNaming } from './process-list';
import { explainFileError, StartupProblem } from './startup-problem';

export interface EmbeddedOptions {
  /** The cluster's folder; its password, port, lock and log lie beside it, under the same name with an ending. */
  dataDir: string;
  /** Preferred port; without it the one used last time, or a free one. */
  port?: number;
  /** Overrides of PostgreSQL settings, such as `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
}

export interface EmbeddedDatabase {
  /** URL of the superuser `postgres` on 127.0.0.1. */
  adminUrl: string;
  port: number;
  dataDir: string;
  /** True when a server left behind by a killed process was taken over. */
  adopted: boolean;
  stop(): Promise<void>;
}

interface Cluster {
  dataDir: string;
  user: ServerUser;
  password: string;
  settings: Record<string, string>;
}

/** A help-desk on a small machine. The log never quotes statements or rows: they hold what people wrote. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '100',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const START_SECONDS = 60;

/** Starts PostgreSQL from the npm package's binaries, or takes over the server that a killed process left running. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  let release = (): void => undefined;
  try {
    mkdirSync(dirname(dataDir), { recursive: true });
    release = takeOwnership(`${dataDir}.lock`);
    const cluster = await prepare(dataDir, options.settings ?? {});
    const left = await leftRunning(cluster);
    const port = left ?? (await start(cluster, options.port));
    return {
      adminUrl: urlOf(cluster, port),
      port,
      dataDir,
      adopted: left !== undefined,
      stop: async () => {
        await stop(cluster);
        release();
      },
    };
  } catch (error) {
    release();
    throw explainFileError(error, dirname(dataDir));
  }
}

async function prepare(dataDir: string, settings: Record<string, string>): Promise<Cluster> {
  const user = serverUser(dataDir);
  const cluster = { dataDir, user, settings, password: passwordBeside(dataDir, user) };
  const major = await bundledMajor(user);
  if (!existsSync(dataDir)) await initialise(cluster);
  const written = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (written === major) return cluster;
  throw new StartupProblem(
    `The data in ${dataDir} were written by PostgreSQL ${written} and this Sanad brings PostgreSQL ${major}: ` +
      `keep using the Sanad that wrote them, or restore a dump of them into a new folder chosen with SANAD_VAR.`,
  );
}

/** Written before the cluster exists, so that a crash in between cannot lose it. */
function passwordBeside(dataDir: string, user: ServerUser): string {
  const file = `${dataDir}.password`;
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(dataDir)) {
    throw new StartupProblem(`The password of the data in ${dataDir} is missing: put ${file} back from a backup.`);
  }
  const password = randomBytes(24).toString('hex');
  writeFileSync(`${file}.new`, password, { mode: 0o600 });
  if (user) chownSync(`${file}.new`, user.uid, user.gid);
  renameSync(`${file}.new`, file);
  return password;
}

/** Made beside and renamed when whole: a start killed half-way leaves nothing that looks like data. */
async function initialise({ dataDir, user, settings }: Cluster): Promise<void> {
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (user) chownSync(draft, user.uid, user.gid);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${dataDir}.password`];
  const sync = settings.fsync === 'off' ? ['--no-sync'] : [];
  const { code, output } = await runProgram('initdb', [`--pgdata=${draft}`, ...locale, ...access, ...sync], user);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new StartupProblem(`The database in ${dataDir} could not be created: ${lastLine(output)}`);
  }
  appendFileSync(join(draft, 'postgresql.conf'), `include 'sanad.conf'\n`);
  renameSync(draft, dataDir);
}

/** The port of a healthy server that is still running on these data; what is left of a broken one is cleared away. */
async function leftRunning(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n').map(Number);
  if (serverProcesses(cluster).includes(pid ?? 0)) {
    if (port && (await answers(urlOf(cluster, port)))) return port;
    await stop(cluster);
  }
  await clearRemains(cluster);
  rmSync(pidFile, { force: true }); // its number may meanwhile belong to another process
  return undefined;
}

/** Children outlive a killed postmaster for a moment; a second server beside them would damage the data. */
async function clearRemains(cluster: Cluster): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (serverProcesses(cluster).length === 0) return;
    await sleep(100);
  }
  for (const pid of serverProcesses(cluster)) process.kill(pid, 'SIGKILL');
  await sleep(500);
}

/** The postmaster names the folder in its arguments, its children carry the cluster's name in their titles. */
const serverProcesses = ({ dataDir }: Cluster): number[] =>
  processesNaming(`postgres -D ${dataDir} `, `postgres: ${clusterName(dataDir)}: `);

const clusterName = (dataDir: string): string =>
  `sanad-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;

async function answers(url: string): Promise<boolean> {
  for (let tries = 0; tries < START_SECONDS; tries++) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    try {
      await client.connect();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== '57P03') return false; // 57P03: still recovering
      await sleep(1000);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

async function start(cluster: Cluster, preferred: number | undefined): Promise<number> {
  const log = openLog(cluster);
  for (let tries = 1; ; tries++) {
    const port = await choosePort(cluster.dataDir, preferred);
    writeSettings(cluster, port);
    const args = ['start', '-w', '-s', '-t', String(START_SECONDS), '-D', cluster.dataDir, '-l', log];
    if ((await runProgram('pg_ctl', args, cluster.user)).code === 0) return port;
    if (tries < 3 && !(await isFree(port))) continue; // another program took it in between
    const reason = lastLine(readFileSync(log, 'utf8'));
    throw new StartupProblem(`The database in ${cluster.dataDir} did not start (${reason}); see ${log}.`);
  }
}

function openLog({ dataDir, user }: Cluster): string {
  const log = `${dataDir}.log`;
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(log, `${log}.old`);
  appendFileSync(log, '', { mode: 0o600 });
  if (user) chownSync(log, user.uid, user.gid);
  return log;
}

function writeSettings({ dataDir, user, settings }: Cluster, port: number): void {
  const all = { ...SETTINGS, cluster_name: clusterName(dataDir), ...settings, port: String(port) };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  const file = join(dataDir, 'sanad.conf');
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  if (user) chownSync(file, user.uid, user.gid);
}

async function choosePort(dataDir: string, preferred: number | undefined): Promise<number> {
  const file = `${dataDir}.port`;
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined;
  let port = preferred ?? kept ?? randomPort();
  while (!(await isFree(port))) port = randomPort();
  if (port !== kept) writeFileSync(file, `${port}\n`);
  return port;
}

/** Below the range that systems hand out to outgoing connections. */
const randomPort = (): number => randomInt(20000, 30000);

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function stop(cluster: Cluster): Promise<void> {
  if (serverProcesses(cluster).length === 0) return; // pg_ctl would believe the number in a stale file
  const args = (mode: string): string[] => ['stop', '-w', '-s', '-t', '30', '-m', mode, '-D', cluster.dataDir];
  const { code } = await runProgram('pg_ctl', args('fast'), cluster.user);
  if (code !== 0) await runProgram('pg_ctl', args('immediate'), cluster.user);
}

const urlOf = ({ password }: Cluster, port: number): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
