import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded, type EmbeddedDatabase } from '@app/db/embedded';
import { runProgram, serverUser } from '@app/db/postgres-binaries';
import { Fleet } from '../support/fleet';
import { Ledger, Load } from '../support/load';
import { drained, verdict } from '../support/oracle';
import { TestRedis } from '../support/redis';
import { migrateForTests } from '../support/template';
import { runAsAdmin, urlFor } from '../support/test-server';
import { World, type TestPerson } from '../support/world';

const ENOUGH = 30;
export const LOGIN = { user: 'sanad_app', password: 'faults' };

/** A whole installation of its own, on a real cluster with fsync, for one file of faults. */
export class Rig {
  world: World;
  members: TestPerson[] = [];
  agents: TestPerson[] = [];
  fleet: Fleet;
  private ledgers = 0;

  private constructor(
    private readonly folder: string,
    readonly database: EmbeddedDatabase,
    readonly adminUrl: string,
    readonly appUrl: string,
    readonly redis: TestRedis | null,
  ) {}

  static async open({ redis = false, env = {} }: { redis?: boolean; env?: Record<string, string> } = {}): Promise<Rig> {
    const folder = mkdtempSync(path.join(tmpdir(), 'sanad-faults-'));
    chmodSync(folder, 0o755); // as root, the server runs as another user
    const database = await startEmbedded({
      dataDir: path.join(folder, 'postgres'),
      settings: { max_connections: '200' },
    });
    await runAsAdmin(database.adminUrl, 'create database sanad');
    const adminUrl = urlFor(database.adminUrl, 'sanad');
    await migrateForTests(adminUrl, LOGIN);
    const server = redis ? await TestRedis.start() : null;
    const rig = new Rig(folder, database, adminUrl, urlFor(adminUrl, 'sanad', LOGIN), server);
    rig.world = await World.create({ name: 'sanad', adminUrl, appUrl: rig.appUrl, drop: () => Promise.resolve() });
    rig.world.client.on('error', () => undefined); // some faults are the database's own
    const association = await rig.world.association('FM', 'MA-FES');
    for (let n = 0; n < 8; n += 1) {
      rig.members.push(await rig.world.person(association, 'member'));
      rig.agents.push(await rig.world.staff('FM', 'agent'));
    }
    rig.fleet = new Fleet({ DATABASE_URL: rig.appUrl, ...(server ? { REDIS_URL: rig.redisUrl(server) } : {}), ...env });
    return rig;
  }

  private redisUrl({ port }: TestRedis): string {
    return `redis://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    await this.fleet?.end();
    await this.world?.close().catch(() => undefined);
    await this.redis?.stop();
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** People at work, each acknowledgement in a file outside. */
  load(url: string, { users = 10, insistent = true } = {}): Run {
    const ledger = new Ledger(path.join(this.folder, `ledger-${(this.ledgers += 1)}.jsonl`));
    const load = new Load(ledger, this.members, this.agents, users, insistent);
    load.url = url;
    return new Run(this, ledger, load);
  }

  /** The database as after a crash; `start` recovers. */
  async stopDatabase(): Promise<void> {
    const { dataDir } = this.database;
    await runProgram('pg_ctl', ['stop', '-w', '-s', '-m', 'immediate', '-D', dataDir], serverUser(dataDir));
  }

  async startDatabase(): Promise<void> {
    const { dataDir } = this.database;
    const args = ['start', '-w', '-s', '-t', '60', '-D', dataDir, '-l', `${dataDir}.log`];
    const { code, output } = await runProgram('pg_ctl', args, serverUser(dataDir));
    if (code !== 0) throw new Error(`${output} ${readFileSync(`${dataDir}.log`, 'utf8').slice(-500)}`);
    await this.world.close().catch(() => undefined);
    const people = { hubs: this.world.hubs };
    this.world = Object.assign(await World.again(this.adminUrl), people);
  }
}

/** One stretch of load and what became of it. */
export class Run {
  constructor(
    private readonly rig: Rig,
    private readonly ledger: Ledger,
    readonly load: Load,
  ) {}

  /** Ends the load and compares; everything that follows from it must be done within `ms`. */
  async judge(ms = 60_000): Promise<Judgement> {
    // On a busy machine as long as it takes to mean something.
    await timed(() => Promise.resolve((this.load.statuses.get(201) ?? 0) >= ENOUGH), 60_000);
    await this.load.stop();
    const entries = this.ledger.close();
    const { lost, doubled } = await verdict(this.rig.world, entries, this.load.keys);
    const { left, dead, mails, tookMs } = await drained(this.rig.world, ms);
    if (left.length > 0) {
      const said = this.rig.fleet.processes.map((one) => `${one.kind}: ${one.output.slice(-1_500)}`);
      console.warn(`${left.length} are left, such as`, left.slice(0, 3), ...said);
    }
    const failed = [...this.load.statuses].filter(([status]) => status >= 500);
    return {
      acknowledged: entries.length,
      lost: lost.length,
      doubled: doubled.length,
      undone: left.length + dead.length + mails.length,
      drainMs: tookMs,
      errors: failed.filter(([status]) => status !== 503).reduce((sum, [, count]) => sum + count, 0),
      busy: failed.filter(([status]) => status === 503).reduce((sum, [, count]) => sum + count, 0),
      unanswered: this.load.unanswered.length,
      p95: quantile(
        this.load.times.map((one) => one.ms),
        0.95,
      ),
    };
  }
}

export interface Judgement {
  acknowledged: number;
  lost: number;
  doubled: number;
  undone: number;
  drainMs: number;
  errors: number;
  busy: number;
  unanswered: number;
  p95: number;
}

/** The promises that hold whatever happens. */
export function promises(judged: Judgement): Record<string, [number, number]> {
  expect(judged.acknowledged).toBeGreaterThanOrEqual(ENOUGH);
  return {
    [`of ${judged.acknowledged} acknowledged, lost:`]: [judged.lost, 0],
    'there twice:': [judged.doubled, 0],
    'not done or dead:': [judged.undone, 0],
    'answers 5xx other than 503:': [judged.errors, 0],
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** Waits until something is so; fails after `ms`, and tells how long it took. */
export async function timed(what: () => Promise<boolean>, ms: number): Promise<number> {
  const from = performance.now();
  while (!(await what().catch(() => false))) {
    if (performance.now() - from > ms) throw new Error(`not so within ${ms} ms: ${what.toString().slice(0, 200)}`);
    await sleep(25);
  }
  return Math.round(performance.now() - from);
}
