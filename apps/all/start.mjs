/**
 * Starts Sanad, built first when the sources are newer: `node apps/all/start.mjs [command] [arguments]`.
 * Plain JavaScript with nothing but Node, so that it can say what is missing.
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.mjs';
import { screensAreBuilt } from './screens.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.built');
const LOCK = path.join(ROOT, 'var', 'build.lock');
const NEST = path.join(ROOT, 'node_modules', '.bin', 'nest');
const LONGEST_BUILD_MS = 10 * 60_000;

const ENTRIES = {
  api: 'apps/api/src/main.js',
  realtime: 'apps/realtime/src/main.js',
  worker: 'apps/worker/src/main.js',
  connector: 'apps/connector/src/main.js',
  setup: 'apps/all/src/cli/setup.js',
  live: 'apps/all/src/cli/live.js',
  verify: 'apps/all/src/cli/verify.js',
  backup: 'apps/all/src/cli/backup.js',
  restore: 'apps/all/src/cli/restore.js',
  demo: 'apps/all/src/cli/demo.js',
  'demo:calls': 'apps/all/src/cli/demo-calls.js',
  simulate: 'apps/all/src/cli/simulate.js',
};
/** Whatever listens for browsers serves the sites too. */
const WITH_SCREENS = new Set(['apps/all/src/main.js', ENTRIES.api]);
/** The sites are built by themselves; a change in them is no change of the servers. */
const SCREENS = new Set(['portal', 'desk', 'ui']);
const COMMANDS = `Commands: none (everything in one process), ${Object.keys(ENTRIES).join(', ')}.`;

class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

let child;
let asked; // the first signal that asked us to stop

/** The terminal may send the signal to the child as well; it must take a second one calmly. */
function onSignal(signal) {
  if (asked !== undefined) return;
  asked = signal;
  if (child === undefined) process.exit(128 + constants.signals[signal]);
  child.kill(signal);
}

/** Runs node to its end in our process group; resolves to the exit code, as a shell would report it. */
function runNode(args, stdio) {
  return new Promise((resolve, reject) => {
    child = spawn(process.execPath, args, { cwd: ROOT, stdio });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      child = undefined;
      resolve({ code: code ?? 128 + constants.signals[signal], output });
    });
  });
}

function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Stop(`Sanad needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  if (!existsSync(path.join(ROOT, 'node_modules'))) {
    throw new Stop('The packages are not installed yet: run "npm ci" first.');
  }
}

/** Folders count too: their time changes when a file goes away. */
function newest(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || file.endsWith('.spec.ts')) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

function newestSource() {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => !SCREENS.has(name))
      .map((name) => path.join(ROOT, folder, name, 'src')),
  );
  const settings = ['config', 'nest-cli.json', 'tsconfig.json'].map((name) => path.join(ROOT, name));
  return Math.max(...[...sources, ...settings].map(newest));
}

const isBuilt = (entry) => serversAreBuilt(entry) && (!WITH_SCREENS.has(entry) || screensAreBuilt());
const serversAreBuilt = (entry) =>
  existsSync(path.join(DIST, entry)) && existsSync(STAMP) && Number(readFileSync(STAMP, 'utf8')) >= newestSource();

/** Waits while another process builds; a builder that died, or hangs, is not waited for. */
async function lockBuild() {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  const mine = `${LOCK}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    while (!tryLink(mine)) {
      if (isBuilderGone()) tryRename(LOCK, `${mine}.old`);
      else await sleep(200);
    }
  } finally {
    rmSync(mine, { force: true });
    rmSync(`${mine}.old`, { force: true });
  }
}

/** A hard link appears whole or not at all, and only one process can make it. */
function tryLink(mine) {
  try {
    linkSync(mine, LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function tryRename(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isBuilderGone() {
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > LONGEST_BUILD_MS) return true;
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

async function build(entry) {
  await lockBuild();
  try {
    if (isBuilt(entry)) return; // another process has just done it
    console.error('Building Sanad (first start, or changed sources) ...');
    if (!existsSync(NEST)) throw new Stop('The build tools are missing: run "npm ci" (without --omit=dev) first.');
    if (!serversAreBuilt(entry)) await buildServers(entry);
    if (WITH_SCREENS.has(entry)) await runBuild([path.join(ROOT, 'apps/all/screens.mjs'), '--if-older']);
  } finally {
    rmSync(LOCK, { force: true });
  }
}

async function buildServers(entry) {
  const startedAt = Date.now();
  await runBuild([NEST, 'build', 'all']);
  if (!existsSync(path.join(DIST, entry))) throw new Stop(`The build made no dist/${entry}.`);
  writeFileSync(STAMP, String(startedAt));
}

async function runBuild(args) {
  const { code, output } = await runNode(args, ['ignore', 'pipe', 'pipe']);
  if (asked !== undefined) throw new Stop('', code);
  if (code !== 0) throw new Stop(`${output.trim()}\nThe build failed.`);
}

async function main([command, ...rest]) {
  if (command === '--help' || command === '-h') throw new Stop(COMMANDS, 0);
  const named = command !== undefined && !command.startsWith('-');
  const entry = named ? Object.hasOwn(ENTRIES, command) && ENTRIES[command] : 'apps/all/src/main.js';
  if (!entry) throw new Stop(`There is no command "${command}". ${COMMANDS}`, 2);
  checkMachine();
  if (!isBuilt(entry)) await build(entry);
  if (asked !== undefined) return 0;
  const args = named || command === undefined ? rest : [command, ...rest];
  const { code } = await runNode([...NODE_FLAGS, path.join(DIST, entry), ...args], 'inherit');
  return code;
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  if (error.message) console.error(error.message);
  process.exitCode = error.code;
}
