import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openTenantDb } from '../support/tenant-db';
import { Arrange } from '../support/tickets';
import { actorOf, arrangeSide, type Side } from '../support/two-hubs';

let database: TestDatabase;
let arrange: Arrange;
let source: DataSource;
let db: TenantDb;
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  database = await createTestDatabase();
  arrange = await Arrange.open(database.adminUrl);
  [ours, theirs] = [await arrangeSide(arrange, 'AA'), await arrangeSide(arrange, 'BB')];
  ({ db, source } = await openTenantDb(database.appUrl, 4));
}, 60_000);
afterAll(async () => {
  await source?.destroy();
  await arrange?.close();
  await database?.drop();
});

const hubsSeen = async (tx: TenantTx): Promise<string[]> =>
  (await tx.query<{ id: string }>('hubs-seen', 'select distinct hub_id as id from ticket order by 1')).map(
    (row) => row.id,
  );

describe('role and scope end with the transaction', () => {
  it('2,000 mixed requests on 4 connections: nobody ever sees a row of another', async () => {
    const people: [Actor, string[]][] = [ours, theirs].flatMap((side): [Actor, string[]][] => [
      [actorOf(side, 'agent'), [side.hub.id]],
      [actorOf(side, 'supervisor'), [side.hub.id]],
      [actorOf(side, 'member'), [side.hub.id]],
      [actorOf(side, 'manager'), [side.hub.id]],
      [actorOf(side, 'expert'), []],
      [actorOf(side, 'system'), [ours.hub.id, theirs.hub.id].sort()],
    ]);
    let wrong = 0;
    let failed = 0;
    const one = async (index: number): Promise<void> => {
      const [actor, expected] = people[index % people.length];
      const work = async (tx: TenantTx): Promise<void> => {
        if (JSON.stringify(await hubsSeen(tx)) !== JSON.stringify(expected)) wrong += 1;
        if (index % 5 === 1) throw new Error('the handler failed');
        if (index % 5 === 2) await tx.sql('select nonsense');
        if (index % 5 === 3) await tx.em.transaction((em) => em.query('select 1'));
        if (index % 5 === 4) await tx.sql(`select set_config('app.hub_id', $1, true)`, [theirs.hub.id]);
      };
      await db.run(actor, work).catch(() => (failed += 1));
    };
    const queue = Array.from({ length: 2_000 }, (_, index) => index);
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        for (let index = queue.pop(); index !== undefined; index = queue.pop()) await one(index);
      }),
    );
    expect({ wrong, failed }).toEqual({ wrong: 0, failed: 800 });
  }, 60_000);

  it('leaves connections that may read nothing', async () => {
    const runners = Array.from({ length: 4 }, () => source.createQueryRunner());
    try {
      for (const runner of runners) {
        const [row] = await runner.query(
          `select current_setting('role') as role, current_setting('app.hub_id', true) as hub, current_setting('app.account_id', true) as account`,
        );
        expect([row.role, row.hub || null, row.account || null]).toEqual(['none', null, null]);
        await expect(runner.query('select * from ticket')).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      for (const runner of runners) await runner.release();
    }
  });

  it('a nested transaction neither commits the outer one nor drops the role', async () => {
    const id = ours.ticketId;
    const failing = db.run(actorOf(ours, 'agent'), async (tx) => {
      await tx.em.transaction((em) => em.query(`update ticket set subject = 'written inside' where id = $1`, [id]));
      const [who] = await tx.sql<{ role: string }>(`select current_user as role`);
      expect(who.role).toBe('sanad_hub');
      expect(await hubsSeen(tx)).toEqual([ours.hub.id]);
      throw new Error('the outer work fails');
    });
    await expect(failing).rejects.toThrow('the outer work fails');
    expect(await arrange.rows('select subject from ticket where id = $1', [id])).toEqual([{ subject: 'Le récépissé' }]);
  });

  it('a nested one that fails gives back only its own part', async () => {
    await db.run(actorOf(ours, 'agent'), async (tx) => {
      await tx.sql(`update ticket set tags = '{kept}' where id = $1`, [ours.ticketId]);
      const inner = tx.em.transaction(async (em) => {
        await em.query(`update ticket set tags = '{lost}' where id = $1`, [ours.ticketId]);
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
    });
    expect(await arrange.rows('select tags from ticket where id = $1', [ours.ticketId])).toEqual([{ tags: ['kept'] }]);
  });
});

describe('errors', () => {
  const raise = (code: string): string => `do $$ begin raise exception 'x' using errcode = '${code}'; end $$`;

  it.each(['40001', '40P01'])('%s is tried again, three times at most', async (code) => {
    let attempts = 0;
    const thrice = db.run(actorOf(ours, 'agent'), async (tx) => {
      attempts += 1;
      if (attempts < 4) await tx.sql(raise(code));
      return attempts;
    });
    expect(await thrice).toBe(4);
    attempts = 0;
    const never = db.run(actorOf(ours, 'agent'), async (tx) => {
      attempts += 1;
      await tx.sql(raise(code));
    });
    await expect(never).rejects.toMatchObject({ code });
    expect(attempts).toBe(4);
  });

  it('any other error is not tried again', async () => {
    let attempts = 0;
    const failing = db.run(actorOf(ours, 'agent'), async (tx) => {
      attempts += 1;
      await tx.sql(raise('23505'));
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(attempts).toBe(1);
  });

  it('the COMMIT of a failed transaction is an error, though the server answers it with ROLLBACK', async () => {
    const swallowing = db.run(actorOf(ours, 'agent'), async (tx) => {
      await tx.sql(`update ticket set tags = '{acknowledged}' where id = $1`, [ours.ticketId]);
      await tx.sql('select nonsense').catch(() => undefined);
      return 'done';
    });
    await expect(swallowing).rejects.toThrow('could not commit');
    expect(await arrange.rows('select tags from ticket where id = $1', [ours.ticketId])).not.toEqual([
      { tags: ['acknowledged'] },
    ]);
  });

  it('a broken connection does not come back, neither killed at work nor at rest', async () => {
    const killed = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        db.run(actorOf(ours, 'agent'), async (tx) => {
          const [{ pid }] = await tx.sql<{ pid: number }>('select pg_backend_pid() as pid');
          await arrange.rows('select pg_terminate_backend($1)', [pid]);
          return hubsSeen(tx);
        }),
      ),
    );
    expect(killed.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    const all = () => Promise.all(Array.from({ length: 12 }, () => db.run(actorOf(ours, 'agent'), hubsSeen)));
    expect((await all()).flat()).toEqual(Array(12).fill(ours.hub.id));
    await arrange.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sanad'`,
    );
    await sleep(100);
    expect((await all()).flat()).toEqual(Array(12).fill(ours.hub.id));
  });

  it('scope that is not an id never reaches the server', async () => {
    const actor = { ...actorOf(ours, 'agent'), hubId: `x', true); drop table ticket; --` };
    await expect(db.run(actor, hubsSeen)).rejects.toThrow('is not an id');
    expect(await db.run(actorOf(ours, 'agent'), hubsSeen)).toEqual([ours.hub.id]);
  });

  it('without scope no row is there', async () => {
    for (const role of ['agent', 'supervisor', 'member', 'manager', 'expert'] as const) {
      const nobody = { ...actorOf(ours, role), accountId: '', hubId: null, associationId: null };
      expect(await db.run(nobody, hubsSeen)).toEqual([]);
    }
  });
});

describe('deadlocks', () => {
  it('two transactions that lock each other both succeed', async () => {
    const [one, other] = [await arrange.ticket(ours.hub), await arrange.ticket(ours.hub)];
    let arrived = 0;
    const touch = async (ids: string[]): Promise<void> =>
      db.run(actorOf(ours, 'agent'), async (tx) => {
        await tx.sql('update ticket set version = version + 1 where id = $1', [ids[0]]);
        arrived += 1;
        while (arrived < 2) await sleep(5);
        await tx.sql('update ticket set version = version + 1 where id = $1', [ids[1]]);
      });
    await Promise.all([touch([one, other]), touch([other, one])]);
    expect(await arrange.rows('select version from ticket where id = any ($1)', [[one, other]])).toEqual([
      { version: 3 },
      { version: 3 },
    ]);
    expect(arrived).toBe(3);
  });

  it('a storm of 50 clients on 5 tickets: at most one act in a thousand is refused, none is lost or doubled', async () => {
    const tickets = await arrange.tickets(ours.hub, 5);
    // Every deadlock found costs its waiters this long; at the default second, 50 clients run into their lock timeout instead.
    await arrange.rows(`alter database ${database.name} set deadlock_timeout = '100ms'`);
    const storm = await openTenantDb(database.appUrl, 50);
    const refused: unknown[] = [];
    let done = 0;
    let attempts = 0;
    const client = async (seed: number): Promise<void> => {
      for (let round = 0; round < 60; round += 1) {
        // Each act locks one ticket; one in 40 locks a second one, in no order.
        const first = tickets[(seed + round) % 5];
        const second = (seed * 7 + round) % 40 === 0 ? tickets[(seed * 3 + round + 2) % 5] : first;
        try {
          await storm.db.run(actorOf(ours, 'agent'), async (tx) => {
            attempts += 1;
            await tx.sql('select from ticket where id = $1 for update', [first]);
            await tx.sql('update ticket set version = version + 1 where id = $1', [second]);
          });
          done += 1;
        } catch (error) {
          refused.push((error as { code?: string }).code);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: 50 }, (_, seed) => client(seed)));
    } finally {
      await storm.source.destroy();
    }
    const [{ sum }] = await arrange.rows<{ sum: number }>(
      'select sum(version - 1)::int as sum from ticket where id = any ($1)',
      [tickets],
    );
    expect(attempts).toBeGreaterThan(3_000); // it was a storm
    expect(sum).toBe(done);
    expect(refused.length > attempts / 1_000 ? { attempts, refused } : null).toBeNull();
  }, 60_000);
});

describe('the last statement leaves together with COMMIT', () => {
  const mark = (tx: TenantTx): Promise<number> => tx.affected(`update association set commune = 'marked'`);
  const marked = async (): Promise<number> =>
    (await arrange.rows<{ n: number }>(`select count(*)::int as n from association where commune = 'marked'`))[0].n;

  it('and its own error undoes the work before it; the connection serves on', async () => {
    const work = async (tx: TenantTx): Promise<unknown> => {
      expect(await mark(tx)).toBeGreaterThan(0);
      return tx.last('one-by-zero', 'select 1 / $1::int', [0]);
    };
    await expect(db.system(work)).rejects.toMatchObject({ code: '22012' });
    expect(await marked()).toBe(0);
    expect(await db.system((tx) => tx.last('one-by-one', 'select 1 / $1::int as n', [1]))).toEqual([{ n: 1 }]);
  });

  it('and commits what came before', async () => {
    await db.system(async (tx) => (await mark(tx), tx.last('nothing', 'select 1')));
    expect(await marked()).toBeGreaterThan(0);
    await arrange.rows('update association set commune = null');
  });

  it('and refuses to lose an event', async () => {
    const work = async (tx: TenantTx): Promise<unknown> => {
      tx.emit({ type: 'contact.changed', hubId: ours.hub.id });
      return tx.last('nothing', 'select 1');
    };
    await expect(db.system(work)).rejects.toThrow('Events would be lost.');
  });
});
