import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@app/db/embedded';
import { migrateForTests } from './template';
import { announce, dropAllOf, isAnnounced, runAsAdmin, type TestServer, urlFor } from './test-server';

const FOLDER = 'sanad-test-';
/** A database for each file is a thousand small files made and dropped: on a disk, that took half of the server's processor time. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 1024 ** 3;
/** Nothing here has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

type Undo = () => Promise<void>;
/** Set-up and teardown are loaded apart; only the process is common to them. */
export const shared = globalThis as typeof globalThis & { sanadTestTeardown?: Undo };

/** One migrated template for all integration and e2e files. TEST_DATABASE_URL = a superuser's URL of an existing PostgreSQL. */
export default async function setUp(): Promise<void> {
  if (isAnnounced()) return; // several projects, one process
  const { adminUrl, undo } = await openServer();
  const prefix = `sanad_test_${randomBytes(4).toString('hex')}_`;
  const login = { user: `${prefix}app`, password: randomBytes(16).toString('hex') };
  const server: TestServer = { adminUrl, prefix, login, template: `${prefix}template` };
  shared.sanadTestTeardown = async () => {
    announce(undefined);
    await dropAllOf(server);
    await undo();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void shared.sanadTestTeardown?.().finally(() => process.exit(1)));
  }
  try {
    await runAsAdmin(adminUrl, `create database ${server.template} template template0 encoding 'UTF8'`);
    await migrateForTests(urlFor(adminUrl, server.template), login);
    announce(server);
  } catch (error) {
    await shared.sanadTestTeardown();
    throw error;
  }
}

async function openServer(): Promise<{ adminUrl: string; undo: Undo }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, undo: () => Promise.resolve() };
  await sweep();
  const folder = mkdtempSync(join(homeOfServer(), FOLDER));
  chmodSync(folder, 0o755); // as root, the server runs as another user
  const database = await startEmbedded({ dataDir: join(folder, 'postgres'), settings: FAST });
  const undo = async (): Promise<void> => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: database.adminUrl, undo };
}

/** A run killed with SIGKILL leaves its server behind: take it over, stop it, clear its folder. */
async function sweep(): Promise<void> {
  const home = homeOfServer();
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(FOLDER))) {
    const folder = join(home, name);
    if (!existsSync(join(folder, 'postgres.lock'))) continue; // another run is just about to begin there
    try {
      const left = await startEmbedded({ dataDir: join(folder, 'postgres'), settings: FAST });
      await left.stop();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // still in use by another run, or somebody else's
    }
  }
}

function homeOfServer(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM ? MEMORY : tmpdir();
}
