import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './redis';

const ROOT = path.resolve(__dirname, '../..');
const LONGEST_START_MS = 60_000;

export type Kind = 'api' | 'realtime' | 'worker' | 'all';

export interface ProcessOptions {
  /** On top of those of the fleet. */
  env?: Record<string, string>;
  /** Of node, such as `['--require', file]`. */
  flags?: string[];
  port?: number;
}

/** One of the real programs, as built, under a pid of its own. */
export class FleetProcess {
  readonly url: string;
  output = '';
  private readonly ended: Promise<unknown[]>;

  constructor(
    readonly kind: Kind,
    readonly port: number,
    readonly child: ChildProcess,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.ended = once(child, 'exit');
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (this.output = (this.output + chunk).slice(-50_000)));
    }
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Status of /api/ready or /api/live; 0 when nothing answers. */
  async status(route: 'ready' | 'live'): Promise<number> {
    const signal = AbortSignal.timeout(5_000);
    return fetch(`${this.url}/api/${route}`, { signal }).then(
      (answer) => answer.status,
      () => 0,
    );
  }

  async untilReady(): Promise<this> {
    const end = Date.now() + LONGEST_START_MS;
    while ((await this.status('live')) !== 200) {
      if (!this.running || Date.now() > end) throw new Error(`${this.kind} did not start:\n${this.output}`);
      await sleep(25);
    }
    return this;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    if (this.running) this.child.kill('SIGKILL');
    await this.ended;
  }

  /** As an operator would; the exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    const [code] = await this.ended;
    return code as number | null;
  }
}

/** The programs of one installation; ends what it has started and nothing else. */
export class Fleet {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'sanad-fleet-'));
  readonly processes: FleetProcess[] = [];

  constructor(private readonly env: Record<string, string>) {}

  async start(kind: Kind, { env = {}, flags = [], port }: ProcessOptions = {}): Promise<FleetProcess> {
    const at = port ?? (await freePort());
    const file = path.join(ROOT, 'dist/apps', kind, 'src/main.js');
    const child = spawn(process.execPath, [...flags, file], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        HOST: '127.0.0.1',
        PORT: String(at),
        METRICS_PORT: String(at),
        LOG_LEVEL: 'warn',
        SANAD_VAR: this.folder,
        SANAD_DRAIN: '0',
        SANAD_DEMO_AGENT: 'off',
        ...this.env,
        ...env,
      },
    });
    const started = new FleetProcess(kind, at, child);
    this.processes.push(started);
    return started.untilReady();
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.splice(0).map((one) => one.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
