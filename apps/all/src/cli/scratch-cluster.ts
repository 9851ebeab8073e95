import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { serverUser } from '@app/db/postgres-binaries';

/** A restored cluster while it is being proven. */
export interface Scratch {
  adminUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

const LOGIN = 'sanad_proof';

/**
 * Starts a copy of somebody else's cluster on a free port of this machine, with settings and access of its own, so that nothing of the
 * original's configuration is needed; its own files stay as they were.
 */
export async function startScratch(dataDir: string, binaries: string, database: string): Promise<Scratch> {
  const user = serverUser(dataDir);
  const port = await freePort();
  const access = path.join(dataDir, 'proof.hba');
  const config = path.join(dataDir, 'proof.conf');
  writeFileSync(access, 'host all all 127.0.0.1/32 trust\n');
  writeFileSync(
    config,
    `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\nmax_connections = 1000\nhba_file = '${access}'\n`,
  );
  if (user) [access, config].forEach((file) => chownSync(file, user.uid, user.gid));
  const run = (...args: string[]): void =>
    void execFileSync(path.join(binaries, 'pg_ctl'), ['-D', dataDir, '-w', '-s', ...args], {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    });
  run('start', '-t', '600', '-l', path.join(dataDir, 'proof.log'), '-o', `-c config_file=${config}`);
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/${database}`;
  const stop = async (): Promise<void> => {
    await asAdmin(adminUrl, `drop role if exists ${LOGIN}`).catch(() => undefined);
    run('stop', '-m', 'fast');
    [access, config, `${dataDir}/proof.log`].forEach((file) => rmSync(file, { force: true }));
  };
  try {
    if (existsSync(path.join(binaries, 'pg_amcheck')))
      execFileSync(
        path.join(binaries, 'pg_amcheck'),
        ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '--install-missing', database],
        { stdio: 'inherit' },
      );
    const password = randomBytes(16).toString('hex');
    await asAdmin(adminUrl, `drop role if exists ${LOGIN}`);
    await asAdmin(adminUrl, `create role ${LOGIN} login noinherit password '${password}' in role sanad_system`);
    return { adminUrl, appUrl: `postgres://${LOGIN}:${password}@127.0.0.1:${port}/${database}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
