import { Module, type INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { ATTEMPT_OUTCOMES } from '@app/domain/calls/callback-rules';
import { CallbackAttempts } from '@app/features/calls/callback-attempts.service';
import { CallbackSweep } from '@app/features/calls/callback-sweep.service';
import { CallbacksService } from '@app/features/calls/callbacks.service';
import { CallsModule } from '@app/features/calls/calls.module';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { OffersService } from '@app/features/work/offers.service';
import { PresenceService } from '@app/features/work/presence.service';
import { WorkModule } from '@app/features/work/work.module';
import { WorkScene } from '../support/work';
import { startContext, testConfig } from '../support/processes';

@Module({ imports: [CallsModule, WorkModule] })
class Phone {}

let scene: WorkScene;
let apps: INestApplicationContext[];

beforeEach(async () => {
  scene = await WorkScene.open();
  const week = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  );
  const calendar = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
  await scene.arrange.rows('update calendar_version set definition = $1', [JSON.stringify(calendar)]);
  await scene.arrange.rows('insert into hub_telephony (hub_id, callbacks_per_slot) values ($1, 500)', [scene.hub.id]);
  apps = [];
  for (let i = 0; i < 2; i++) apps.push(await startContext(testConfig(scene.database.appUrl, { poolSize: 8 }), Phone));
}, 60_000);
afterEach(async () => {
  for (const app of apps) await app.close();
  await scene.close();
});

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const DUE_AT_ONCE = `update callback set next_try_at = now() - interval '1 s', window_from = least(window_from, now() - interval '1 s') where id = $1 and state = 'waiting'`;
const number = (n: number): string => `+2126850${String(n).padStart(5, '0')}`;
const ask = (app: INestApplicationContext, actor: Actor, n: number): Promise<unknown> =>
  app.get(CallbacksService).create(actor, { phone: number(n), language: 'fr' });

test('22: one open request for a number, however many ask for it at once', async () => {
  const actors = [await scene.agent('A'), await scene.agent('B')];
  const asked = Array.from({ length: 24 }, (_, i) => code(ask(apps[i % 2], actors[i % 2], i % 3)));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['done']));
  const rows = await scene.arrange.rows<{ e164: string; n: number }>(
    `select e164, count(*)::int as n from callback where state = 'waiting' group by 1 order by 1`,
  );
  expect(rows).toEqual([0, 1, 2].map((n) => ({ e164: number(n), n: 1 })));
});

test('22: never two attempts at once for a number, and none after it was reached, whoever dials from wherever', async () => {
  const actors: Actor[] = [];
  for (let i = 0; i < 6; i++) actors.push(await scene.agent(`Agent${i}`));
  for (let n = 0; n < 6; n++) await ask(apps[0], actors[0], n);
  const ids = (await scene.arrange.rows<{ id: string }>('select id from callback order by id')).map((row) => row.id);
  const outcomes = ATTEMPT_OUTCOMES.filter((one) => one !== 'given_up' && one !== 'refused' && one !== 'wrong_number');
  await Promise.all(
    actors.map(async (actor, at) => {
      const attempts = apps[at % 2].get(CallbackAttempts);
      for (let round = 0; round < 14; round++) {
        const id = ids[(round * 5 + at) % ids.length];
        if ((await code(attempts.begin(actor, id))) === 'done')
          await attempts.end(actor, id, outcomes[(round + at) % outcomes.length]);
        // The pause between attempts is over at once.
        await apps[at % 2].get(TenantDb).system((tx) => tx.sql(DUE_AT_ONCE, [id]));
      }
    }),
  );
  const overlaps = await scene.arrange.rows(
    `select 1 from callback_attempt a join callback_attempt b on b.e164 = a.e164 and b.id <> a.id and a.started_at < b.started_at and b.started_at < a.ended_at`,
  );
  expect(overlaps).toEqual([]);
  const after = await scene.arrange.rows(
    `select 1 from callback_attempt a join callback_attempt r on r.callback_id = a.callback_id and r.outcome = 'reached' where a.started_at > r.ended_at`,
  );
  expect(after).toEqual([]);
  const [{ n }] = await scene.arrange.rows<{ n: number }>('select count(*)::int as n from callback_attempt');
  expect(n).toBeGreaterThan(6);
  expect(await scene.broken()).toEqual([]);
}, 60_000);

test('22, 23: offered by two dispatchers, one after the other in the order of their wait, never twice; what is dialled by hand leaves the queue', async () => {
  const asker = await scene.agent('Asker');
  for (let n = 0; n < 8; n++) await ask(apps[0], asker, n);
  // Those that rang in vain keep the place that they waited for.
  await scene.arrange.rows(
    `update callback set source = 'missed_call', queued_at = requested_at - (right(e164, 1)::int * 60 + 60) * interval '1 s'`,
  );
  await Promise.all(apps.map((app) => app.get(CallbackSweep).tick()));
  expect(
    await scene.arrange.rows(`select count(*)::int as n from work_item where kind = 'callback' and state = 'queued'`),
  ).toEqual([{ n: 8 }]);
  const taker = await scene.agent('Taker');
  await apps[0].get(PresenceService).set(taker, 'available', null);
  const order: string[] = [];
  for (let i = 0; i < 8; i++) {
    await Promise.all(apps.map((app) => app.get(DispatcherService).dispatch(scene.hub.id)));
    const live = await scene.offers(`state = 'pending'`);
    expect(live).toHaveLength(1);
    await apps[i % 2].get(OffersService).accept(taker, live[0].id);
    const [{ id, e164 }] = await scene.arrange.rows<{ id: string; e164: string }>(
      'select b.id, b.e164 from callback b join work_item i on i.subject_id = b.id where i.id = $1', [live[0].itemId]); // prettier-ignore
    order.push(e164);
    const attempts = apps[i % 2].get(CallbackAttempts);
    expect(await code(attempts.begin(asker, id))).toBe('in_progress');
    await attempts.begin(taker, id);
    await attempts.end(taker, id, 'reached');
    const [hand] = await scene.arrange.rows<{ id: string }>(
      `select id from work_item where subject_id = $1 and state = 'wrap_up'`,
      [id],
    );
    await apps[0].get(OffersService).complete(taker, hand.id);
  }
  expect(order).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map(number));
  expect(await scene.broken()).toEqual([]);
}, 60_000);
