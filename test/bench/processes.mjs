import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../apps/all/node-flags.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const HERE = path.join(ROOT, 'test/bench');
const TICKS_PER_SECOND = 100; // USER_HZ of Linux
const children = new Set();

/** A helper process that answers one message at a time. */
export class Helper {
  constructor(file, args = []) {
    this.child = track(fork(path.join(HERE, file), args, { cwd: ROOT, stdio: 'inherit' }));
    this.child.on('message', (message) =>
      message.failed ? this.reject(new Error(message.failed)) : this.resolve(message),
    );
    this.child.on('exit', () => this.reject?.(new Error(`${file} ended.`)));
  }

  get pid() {
    return this.child.pid;
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      Object.assign(this, { resolve, reject });
      this.child.send(message);
    });
  }
}

/** Serves a helper's side: one answer for each message. */
export function answer(work) {
  process.on('message', (message) => {
    work(message).then(
      (result) => process.send(result),
      (error) => process.send({ failed: error.stack }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** Starts one of our programs on a port of its own and waits until it answers. */
export async function startProgram(name, databaseUrl, varDir) {
  const port = await freePort();
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1', SANAD_VAR: varDir };
  const file = path.join(ROOT, 'dist/apps', name, 'src/main.js');
  const extra = process.env.BENCH_NODE_FLAGS?.split(' ').filter(Boolean) ?? [];
  const flags = [...NODE_FLAGS, ...extra];
  const child = track(
    spawn(process.execPath, [...flags, file], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 900; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} did not start.`);
    if (
      await fetch(`${url}/api/v1/me`).then(
        () => true,
        () => false,
      )
    )
      return { name, pid: child.pid, url, child };
    await sleep(100);
  }
  throw new Error(`${name} does not answer.`);
}

export async function stopProgram({ child }) {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Ends what this run has started, and nothing else. */
export async function stopAll() {
  const running = [...children].filter((child) => child.exitCode === null && child.signalCode === null);
  const gone = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGTERM');
  const late = setTimeout(() => running.forEach((child) => child.kill('SIGKILL')), 10_000);
  await Promise.all(gone);
  clearTimeout(late);
}

function track(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** CPU seconds used so far by a process; for a postmaster, by its whole cluster, ended children included. */
export function cpuSeconds(pid, cluster = false) {
  const own = times(pid);
  if (!cluster) return own.self / TICKS_PER_SECOND;
  let ticks = own.self + own.reaped;
  for (const other of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const one = times(other);
      if (one.parent === pid) ticks += one.self + one.reaped;
    } catch {
      // ended meanwhile
    }
  }
  return ticks / TICKS_PER_SECOND;
}

function times(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1], self: fields[11] + fields[12], reaped: fields[13] + fields[14] };
}

/** Peak resident memory in MiB. */
export function peakMemory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024);
}
