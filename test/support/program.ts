import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
/** A first start may have to build. */
const LONGEST_START_MS = 240_000;

/** The real program as people start it, in a process group of its own so that a kill leaves nobody behind. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<unknown[]>,
    readonly url: string,
    readonly startMs: number,
  ) {}

  static async start(env: { DATABASE_URL: string; SANAD_VAR: string }): Promise<Program> {
    const from = performance.now();
    const child = spawn(process.execPath, ['apps/all/start.mjs'], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: '0',
        LOG_LEVEL: 'silent',
        SANAD_DEMO_AGENT: 'off',
        REDIS_URL: process.env.TEST_REDIS_URL,
        ...env,
      },
    });
    const ended = once(child, 'exit');
    const url = await address(child, ended);
    return new Program(child, ended, url, performance.now() - from);
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.child.pid!, 'SIGKILL');
    await this.ended;
  }

  /** As an operator would; the exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    const [code] = await this.ended;
    return code as number | null;
  }
}

function address(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), LONGEST_START_MS);
    void ended.then(() => reject(new Error(`ended before it was ready:\n${output}`))).finally(() => clearTimeout(late));
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output = (output + chunk).slice(-20_000);
        const [, port] = /API +http:\/\/localhost:(\d+)/.exec(output) ?? [];
        if (!port) return;
        clearTimeout(late);
        resolve(`http://127.0.0.1:${port}`);
      });
    }
  });
}
