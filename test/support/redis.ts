import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { Arrange } from './tickets';

const SERVER = [process.env.REDIS_SERVER, '/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(
  (file): file is string => file !== undefined && existsSync(file),
);

/** `describe`, left out with its reason where there is no redis-server; on CI that is a failure. */
export function describeWithRedis(name: string, body: () => void): void {
  if (SERVER) return describe(name, body);
  const reason = 'No redis-server: install the package redis-server.';
  if (process.env.CI === 'true') return void it(name, () => expect(reason).toBe(''));
  console.warn(`${name}: left out. ${reason}`);
  describe.skip(name, body);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A server of its own in a folder of its own, on the loopback; `stop` kills it as a crash would. */
export class TestRedis {
  private child: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly args: string[],
  ) {}

  /** Settings as on the command line, such as `['--appendonly', 'no']`; a configuration text makes it a Sentinel. */
  static async start(settings: string[] = [], sentinel?: string): Promise<TestRedis> {
    const folder = mkdtempSync(path.join(tmpdir(), 'sanad-redis-'));
    const port = await freePort();
    const common = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const file = path.join(folder, 'sentinel.conf');
    if (sentinel) writeFileSync(file, sentinel);
    const args = sentinel
      ? [file, '--sentinel', '--port', String(port), '--bind', '127.0.0.1']
      : [...common, '--appendonly', 'yes', ...settings];
    const redis = new TestRedis(port, folder, args);
    await redis.run();
    return redis;
  }

  /** Starts again, on what is left of its data. */
  async run(): Promise<void> {
    this.child = spawn(SERVER!, this.args, { stdio: 'ignore' });
    const client = new Redis(this.port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** What it kept on the disk is gone. */
  wipe(): void {
    rmSync(path.join(this.folder, 'appendonlydir'), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** One command, as an operator would type it. */
  async ask(...command: string[]): Promise<unknown> {
    const client = new Redis(this.port, '127.0.0.1');
    try {
      return await client.call(command[0], ...command.slice(1));
    } finally {
      client.disconnect();
    }
  }
}

/** Everything in the queues of a database is gone, whichever backend they have. */
export async function wipeQueues(arrange: Arrange, databaseName: string): Promise<void> {
  const url = process.env.TEST_REDIS_URL;
  return url ? wipeRedis(url, databaseName) : wipePostgres(arrange);
}

async function wipeRedis(url: string, databaseName: string): Promise<void> {
  const client = new Redis(url);
  const keys = await client.keys(`{sanad:${databaseName}}:queue*`);
  if (keys.length > 0) await client.del(...keys);
  client.disconnect();
}

async function wipePostgres(arrange: Arrange): Promise<void> {
  const tables = await arrange.rows<{ name: string }>(
    `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
  );
  // The workers at their jobs may lock the same tables the other way round: one of them gives in, and it may be this.
  for (let tries = 1; ; tries += 1) {
    try {
      await arrange.rows(`truncate ${tables.map((table) => table.name).join(', ')}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '40P01' || tries === 10) throw error;
    }
  }
}
