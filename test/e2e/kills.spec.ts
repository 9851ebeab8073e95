import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestApp } from '../support/app';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { Ledger, Load, type Entry } from '../support/load';
import { ask, drained, verdict } from '../support/oracle';
import { Program } from '../support/program';
import { World, type TestPerson } from '../support/world';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 2);
const USERS = 20;
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
/** Random numbers that a seed repeats. */
let state = SEED;
const random = (): number => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;

let folder: string;
beforeAll(() => {
  console.info(`kills: KILL_SEED=${SEED}`);
  folder = mkdtempSync(path.join(tmpdir(), 'sanad-kills-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface People {
  members: TestPerson[];
  agents: TestPerson[];
}

async function peopleOf(world: World): Promise<People> {
  const association = await world.association('FM', 'MA-FES');
  const several = (count: number, make: () => Promise<TestPerson>) => Promise.all(Array.from({ length: count }, make));
  return {
    members: await several(4, () => world.person(association, 'member')),
    agents: await several(4, () => world.staff('FM', 'agent')),
  };
}

async function compare(world: World, entries: Entry[], keys: string[]): Promise<void> {
  expect(await verdict(world, entries, keys)).toEqual({ lost: [], doubled: [] });
}

/** Everything that followed from what happened is done, and each question has its confirmation once. */
async function allDone(world: World): Promise<void> {
  const { left, dead, mails } = await drained(world);
  expect({ left, dead, mails }).toEqual({ left: [], dead: [], mails: [] });
}

describe('the program is killed', () => {
  let database: TestDatabase;
  let world: World;
  let people: People;
  let program: Program | null = null;
  const start = async (): Promise<Program> =>
    (program = await Program.start({ DATABASE_URL: database.appUrl, SANAD_VAR: path.join(folder, 'var') }));

  beforeAll(async () => {
    database = await createTestDatabase();
    world = await World.create(database);
    people = await peopleOf(world);
    await start();
  }, 300_000);
  afterAll(async () => {
    await program?.kill();
    await world?.close();
    await database?.drop();
  });

  test(`${ROUNDS} times with kill -9 at any moment: nothing acknowledged is lost, nothing is there twice, all work is done`, async () => {
    const ledger = new Ledger(path.join(folder, 'kills.jsonl'));
    const load = new Load(ledger, people.members, people.agents, USERS, true);
    const restarts: number[] = [];
    load.url = program!.url;
    for (let round = 1; round <= ROUNDS; round += 1) {
      await sleep(1_000 + random() * 2_000);
      load.url = null;
      await program!.kill();
      load.url = (await start()).url;
      restarts.push(Math.round(program!.startMs));
    }
    await sleep(1_000);
    await load.stop();
    const entries = ledger.close();
    console.info(
      `kills: ${entries.length} acknowledged, ${load.unanswered.length} unanswered, restarts in ms: ${restarts.join(', ')}`,
    );
    expect(entries.length).toBeGreaterThan(30);
    expect(load.unanswered.length).toBeGreaterThan(0);
    expect([...load.statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    await compare(world, entries, load.keys);
    await allDone(world);
  }, 300_000);

  test('with SIGTERM under load: every request that was begun is answered, the others have no effect', async () => {
    const ledger = new Ledger(path.join(folder, 'terms.jsonl'));
    const load = new Load(ledger, people.members, people.agents, USERS, false);
    load.url = program!.url;
    await sleep(1_500);
    const from = performance.now();
    const code = await program!.stop();
    const ms = performance.now() - from;
    await sleep(200);
    await load.stop();
    const entries = ledger.close();
    console.info(
      `stop: ${Math.round(ms)} ms, ${entries.length} acknowledged, statuses ${JSON.stringify([...load.statuses])}`,
    );
    expect(code).toBe(0);
    expect(ms).toBeLessThan(30_000);
    expect(entries.length).toBeGreaterThan(20);
    expect([...load.statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    // Never accepted: refused, or reset while still waiting to be accepted.
    expect(
      [...new Set(load.unanswered.map((one) => one.error))].filter(
        (one) => !['ECONNREFUSED', 'ECONNRESET'].includes(one),
      ),
    ).toEqual([]);
    const turnedAway = load.unanswered.map((one) => one.key).filter(Boolean);
    const begun = await ask(world, `select key from idempotency where key = any ($1)`, [turnedAway]);
    expect(begun).toEqual([]);
    await compare(world, entries, load.keys);
    load.url = (await start()).url;
    await allDone(world);
  }, 120_000);
});

describe('the database connections are killed', () => {
  const SECONDS = Number(process.env.KILL_SECONDS ?? 6);
  let t: TestApp;
  let people: People;
  beforeAll(async () => {
    t = await TestApp.start();
    people = await peopleOf(t.world);
  }, 60_000);
  afterAll(() => t?.stop());

  test(`a random one each 150 ms for ${SECONDS} s: acknowledged writes are there, each deadline fires once`, async () => {
    const ledger = new Ledger(path.join(folder, 'backends.jsonl'));
    const load = new Load(ledger, people.members, people.agents, USERS, true);
    load.url = t.url;
    let killed = 0;
    const end = Date.now() + SECONDS * 1_000;
    // On a busy machine as long as it takes to mean something.
    while (Date.now() < end || killed <= 10 || (load.statuses.get(201) ?? 0) <= 30) {
      const backends = await ask<{ pid: number }>(
        t.world,
        `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> '' and backend_type = 'client backend' order by pid`,
      );
      if (backends.length > 0) {
        const { pid } = backends[Math.floor(random() * backends.length)];
        await ask(t.world, 'select pg_terminate_backend($1)', [pid]);
        killed += 1;
      }
      // Promises of the last questions run out while connections die.
      await ask(
        t.world,
        `update deadline set due_at = clock_timestamp() + interval '1 second' where due_at > clock_timestamp() + interval '10 seconds'
           and clock_id in (select clock_id from deadline where due_at is not null order by clock_id desc limit 2)`,
      );
      await sleep(150);
    }
    await load.stop();
    const entries = ledger.close();
    console.info(
      `backends: ${killed} killed, ${entries.length} acknowledged, statuses ${JSON.stringify([...load.statuses])}`,
    );
    expect(killed).toBeGreaterThan(10);
    expect(entries.length).toBeGreaterThan(30);
    expect([...load.statuses.keys()].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    await compare(t.world, entries, load.keys);
    // At most 5 s late, or after recovery.
    await t.until(
      async () =>
        (await ask(t.world, `select 1 from deadline where due_at < clock_timestamp() - interval '5 seconds'`))
          .length === 0,
    );
    const fired = await ask<{ n: number }>(
      t.world,
      `select count(*)::int as n from event where type in ('clock.breached', 'clock.warned') group by type, data ->> 'clockId'`,
    );
    expect(fired.length).toBeGreaterThan(5);
    expect(fired.filter((row) => row.n !== 1)).toEqual([]);
    await allDone(t.world);
  }, 120_000);
});
