import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import ts from 'typescript';
import { type EmbeddedDatabase, startEmbedded } from '@app/db/embedded';
import { processesNaming } from '@app/db/process-list';
import { StartupProblem } from '@app/db/startup-problem';

const ROOT = resolve(__dirname, '../..');
const temp = mkdtempSync(join(tmpdir(), 'sanad-embedded-'));
chmodSync(temp, 0o755); // as root, the server runs as another user
const dataDir = join(temp, 'postgres');
let running: EmbeddedDatabase | undefined;

const start = async (): Promise<EmbeddedDatabase> => (running = await startEmbedded({ dataDir }));
const stop = async (): Promise<void> => {
  await running?.stop();
  running = undefined;
};

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0] as T;
  } finally {
    await client.end();
  }
}

const postmaster = (): number => Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Starts the database in a process of its own, which prints its port and then idles. */
async function startElsewhere(): Promise<{ child: ChildProcess; said: string }> {
  const source = join(ROOT, 'libs/db/src');
  for (const name of readdirSync(source).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(source, name), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(join(temp, name.replace(/ts$/, 'js')), outputText);
  }
  const script =
    `require(${JSON.stringify(join(temp, 'embedded.js'))}).startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })` +
    `.then((db) => { console.log('port ' + db.port); setInterval(() => 0, 1000); }, (e) => console.log(e.message))`;
  const child = spawn(process.execPath, ['-e', script], {
    env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

jest.setTimeout(60_000);
afterAll(async () => {
  await stop();
  rmSync(temp, { recursive: true, force: true });
});

describe('embedded PostgreSQL', () => {
  afterEach(stop);

  it('counts Arabic letters, not bytes, listens on one address and keeps its password to itself', async () => {
    const { adminUrl, adopted } = await start();
    expect(adopted).toBe(false);
    expect(await ask(adminUrl, "select length('سند')")).toBe(3);
    expect(await ask(adminUrl, 'show server_version')).toMatch(/^18\./);
    expect(await ask(adminUrl, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(adminUrl, 'show unix_socket_directories')).toBe('');
    expect(await ask(adminUrl, 'show timezone')).toBe('UTC');
    expect(await ask(adminUrl, 'show fsync')).toBe('on');
    expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
    await expect(ask(adminUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps its port and its data from one start to the next', async () => {
    const first = await start();
    await ask(first.adminUrl, 'create table kept (n int)');
    await stop();
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await ask(second.adminUrl, 'select count(*)::int from kept')).toBe(0);
  });

  it('moves to another port, and stays there, when something else holds its own', async () => {
    const { port } = await start();
    await stop();
    const intruder: Server = createServer().listen(port, '127.0.0.1');
    await once(intruder, 'listening');
    const moved = await start();
    expect(moved.port).not.toBe(port);
    await stop();
    intruder.close();
    expect((await start()).port).toBe(moved.port);
  });

  it('refuses a second start in the same folder and names the process', async () => {
    await start();
    const second = startEmbedded({ dataDir });
    await expect(second).rejects.toThrow(StartupProblem);
    await expect(second).rejects.toThrow(
      `Sanad is already running here (process ${process.pid}). Stop it first, or use another folder with SANAD_VAR.`,
    );
    const { child, said } = await startElsewhere();
    expect(said).toContain(`already running here (process ${process.pid})`);
    if (child.exitCode === null) await once(child, 'exit');
  });

  it('takes over the server that a killed process left running', async () => {
    const { child, said } = await startElsewhere();
    expect(said).toMatch(/^port \d+$/);
    await expect(start()).rejects.toThrow(`already running here (process ${child.pid})`);
    const before = postmaster();
    await killHard(child);
    const { adopted, port, adminUrl } = await start();
    expect(adopted).toBe(true);
    expect(`port ${port}`).toBe(said);
    expect(postmaster()).toBe(before);
    expect(await ask(adminUrl, 'select 1')).toBe(1);
  });

  it('recovers when both the process and the server were killed, committed rows included', async () => {
    const { child, said } = await startElsewhere();
    const password = readFileSync(`${dataDir}.password`, 'utf8');
    const url = `postgres://postgres:${password}@127.0.0.1:${said.slice(5)}/postgres`;
    await ask(url, "create table survivor as select 'here' as word");
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await killHard(child);
    const { adopted, adminUrl } = await start();
    expect(adopted).toBe(false);
    expect(postmaster()).not.toBe(killed);
    expect(await ask(adminUrl, 'select word from survivor')).toBe('here');
  });

  it('is not misled by a stale postmaster.pid whose number belongs to another process', async () => {
    await start();
    await stop();
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n1\n\n\n\nready\n`);
    const { adopted, adminUrl } = await start();
    expect(adopted).toBe(false);
    expect(await ask(adminUrl, 'select 1')).toBe(1);
  });

  it('is not misled by a lock whose process number was given to another process', async () => {
    writeFileSync(`${dataDir}.lock`, JSON.stringify({ pid: process.ppid, start: 'earlier' }));
    expect((await start()).adopted).toBe(false);
  });

  it('stops completely: no process, no lock', async () => {
    await start();
    expect(processesNaming(dataDir)).not.toHaveLength(0);
    await stop();
    await sleep(50);
    expect(processesNaming(dataDir)).toHaveLength(0);
    expect(readdirSync(temp).filter((name) => name.includes('.lock'))).toEqual([]);
  });

  it('refuses data of another major version in one sentence', async () => {
    const version = join(dataDir, 'PG_VERSION');
    writeFileSync(version, '17\n');
    const refused = startEmbedded({ dataDir });
    await expect(refused).rejects.toThrow(StartupProblem);
    await expect(refused).rejects.toThrow(/written by PostgreSQL 17 and this Sanad brings PostgreSQL 18/);
    writeFileSync(version, '18\n');
    await start();
  });

  it('says in one sentence where it cannot write', async () => {
    writeFileSync(join(temp, 'a-file'), '');
    const refused = startEmbedded({ dataDir: join(temp, 'a-file', 'postgres') });
    await expect(refused).rejects.toThrow(StartupProblem);
    await expect(refused).rejects.toThrow(/^Sanad cannot write to .+a-file .*SANAD_VAR\.$/);
  });
});
