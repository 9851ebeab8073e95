import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { OffersService } from '@app/features/work/offers.service';
import { PresenceService } from '@app/features/work/presence.service';
import { WorkScene } from '../support/work';

let scene: WorkScene;
let app: INestApplicationContext;

beforeEach(async () => {
  scene = await WorkScene.open();
  app = await scene.process();
});
afterEach(() => scene?.close());

const dispatcher = (one = app): DispatcherService => one.get(DispatcherService);
const offers = (): OffersService => app.get(OffersService);
const presence = (): PresenceService => app.get(PresenceService);

async function available(name: string, options: Parameters<WorkScene['agent']>[1] = {}): Promise<Actor> {
  const actor = await scene.agent(name, options);
  await presence().set(actor, 'available', null);
  return actor;
}

async function offered(name = 'A'): Promise<{ actor: Actor; itemId: string; offerId: string }> {
  const actor = await available(name);
  const itemId = await scene.item();
  await dispatcher().tick();
  const [{ id: offerId }] = await scene.offers(`item_id = '${itemId}' and state = 'pending'`);
  return { actor, itemId, offerId };
}

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

test('the second accept, one of somebody else and one too late have no effect and say so', async () => {
  const { actor, itemId, offerId } = await offered();
  const stranger = await available('B');
  expect(await code(offers().accept(stranger, offerId))).toBe('not_found');
  const both = await Promise.all([code(offers().accept(actor, offerId)), code(offers().accept(actor, offerId))]);
  expect(both.sort()).toEqual(['done', 'offer_closed']);
  expect(await scene.stateOf(itemId)).toMatchObject({ state: 'active', accountId: actor.accountId });
  expect(await code(offers().decline(actor, offerId))).toBe('offer_closed');

  const late = await scene.item();
  await dispatcher().tick();
  const [{ id, accountId }] = await scene.offers(`item_id = '${late}'`);
  await scene.arrange.rows(
    `update offer set offered_at = now() - interval '2 h', expires_at = now() - interval '1 ms' where id = $1`,
    [id],
  );
  const holder = accountId === actor.accountId ? actor : stranger;
  expect(await code(offers().accept(holder, id))).toBe('offer_closed');
  expect(await code(offers().decline(holder, id))).toBe('offer_closed');
  expect(await scene.stateOf(late)).toMatchObject({ state: 'offered', accountId: null });
  expect(await scene.broken()).toEqual([]);
});

test('an offer that runs out goes back to its place; the agent is not responding until it says otherwise', async () => {
  const { actor, itemId, offerId } = await offered();
  const { queuedAt } = await scene.stateOf(itemId);
  await scene.arrange.rows(`update offer set offered_at = now() - interval '2 h', expires_at = now() where id = $1`, [
    offerId,
  ]);
  await dispatcher().tick();
  expect(await scene.stateOf(itemId)).toMatchObject({ state: 'queued', queuedAt });
  expect(await presence().get(actor)).toMatchObject({ presence: 'not_responding', capacityUsed: 0 });
  await presence().set(actor, 'available', null);
  await dispatcher().tick();
  // Nobody else is there, and the cool-down still lasts.
  expect((await scene.stateOf(itemId)).state).toBe('queued');
  const other = await available('B');
  await dispatcher().tick();
  expect(await scene.offers(`state = 'pending'`)).toMatchObject([{ itemId, accountId: other.accountId }]);
});

test('without a sign of life for 30 s nothing new comes, after 90 s offers go back and work stays', async () => {
  const { actor, itemId, offerId } = await offered();
  await offers().accept(actor, offerId);
  await scene.item();
  await dispatcher().tick();
  const silent = (seconds: number) =>
    scene.arrange.rows(`update agent_state set heartbeat_at = now() - $1 * interval '1 s'`, [seconds]);
  await silent(31);
  await scene.item();
  await dispatcher().tick();
  expect(await scene.offers(`state = 'pending'`)).toHaveLength(1);
  expect((await presence().get(actor)).presence).toBe('available');
  await silent(91);
  await dispatcher().tick();
  expect((await presence().get(actor)).presence).toBe('disconnected');
  expect(await scene.offers(`state = 'rescinded' and reason = 'disconnected'`)).toHaveLength(1);
  expect((await scene.stateOf(itemId)).state).toBe('active');
  expect(await scene.broken()).toEqual([]);
});

test('leaving takes back what is on offer, waits for the work in hand, and drops nothing', async () => {
  const { actor, itemId, offerId } = await offered();
  await offers().accept(actor, offerId);
  const next = await scene.item();
  await dispatcher().tick();
  const view = await presence().set(actor, 'away', 'lunch');
  expect(view).toMatchObject({
    presence: 'available',
    pendingPresence: 'away',
    activity: 'busy',
    receivesOffers: false,
  });
  expect(await scene.offers(`item_id = '${next}'`)).toMatchObject([{ state: 'rescinded', reason: 'presence' }]);
  await dispatcher().tick();
  expect((await scene.stateOf(next)).state).toBe('queued');
  await offers().complete(actor, itemId);
  expect(await presence().get(actor)).toMatchObject({ presence: 'away', pendingPresence: null, activity: 'idle' });
});

test('wrap-up keeps the points until the agent or the limit ends it, and nothing comes in between', async () => {
  const actor = await available('A');
  const [first, second] = [await scene.item({ wrap_up_seconds: 60 }), await scene.item({ wrap_up_seconds: 60 })];
  await dispatcher().tick();
  for (const { id } of await scene.offers()) await offers().accept(actor, id);
  expect(await offers().complete(actor, first)).toBe('wrap_up');
  await scene.item();
  await dispatcher().tick();
  expect(await scene.offers(`state = 'pending'`)).toEqual([]);
  expect(await offers().complete(actor, first)).toBe('completed');
  await dispatcher().tick();
  expect(await scene.offers(`state = 'pending'`)).toHaveLength(1);
  await offers().complete(actor, second);
  await scene.arrange.rows(`update work_item set wrap_up_until = now() where id = $1`, [second]);
  await dispatcher().tick();
  expect((await scene.stateOf(second)).state).toBe('completed');
  expect(await code(offers().complete(actor, second))).toBe('status_not_allowed');
  expect(await scene.broken()).toEqual([]);
});

test('a call interrupts tasks, which cost nothing meanwhile and go on after it', async () => {
  const { actor, itemId, offerId } = await offered();
  await offers().accept(actor, offerId);
  const waiting = await scene.item();
  await dispatcher().tick();
  const call = await scene.item({ kind: 'call', cost: 100, offer_seconds: 20, max_wait_seconds: 600 });
  await dispatcher().tick();
  expect(await scene.stateOf(itemId)).toMatchObject({ state: 'held', accountId: actor.accountId });
  expect((await scene.stateOf(waiting)).state).toBe('queued');
  expect((await presence().get(actor)).capacityUsed).toBe(100);
  const [{ id }] = await scene.offers(`item_id = '${call}'`);
  await offers().decline(actor, id);
  expect((await scene.stateOf(itemId)).state).toBe('active');
  expect(await scene.broken()).toEqual([]);
});

test('the log of presence has no gap and no overlap, and the database refuses either', async () => {
  const actor = await available('A');
  for (const to of ['away', 'available', 'training', 'meeting', 'available', 'offline'] as const) {
    await presence().set(actor, to, null);
  }
  const [{ n, gaps, logged, since }] = await scene.arrange.rows<Record<string, unknown>>(
    `select count(*)::int as n, count(*) filter (where follows_at is null)::int as gaps,
       sum(extract(epoch from coalesce(to_at, now()) - from_at))::float8 as logged, extract(epoch from now() - min(from_at))::float8 as since
     from agent_state_log`,
  );
  expect([n, gaps]).toEqual([8, 1]);
  expect(logged).toBeCloseTo(since as number, 4);
  const forge = (set: string) =>
    code(scene.arrange.rows(`update agent_state_log set ${set} where presence = 'meeting'`));
  expect(await forge(`from_at = from_at + interval '1 ms', follows_at = from_at + interval '1 ms'`)).toMatch(
    /23503|23514/,
  );
  expect(await forge(`to_at = to_at + interval '1 s'`)).toMatch(/23P01|23503/);
});

test('what a killed dispatcher was doing is free for the next one at once', async () => {
  await available('A');
  const itemId = await scene.item();
  // A dispatcher that dies in the middle of its transaction: the lock of the hub, the agent and the item are held.
  await scene.arrange.rows('begin');
  await scene.arrange.rows('select pg_advisory_xact_lock(4202, hashtext($1))', [scene.hub.id]);
  await scene.arrange.rows('select 1 from agent_state for update');
  await scene.arrange.rows(`update work_item set state = 'offered' where id = $1`, [itemId]);
  const [{ pid }] = await scene.arrange.rows<{ pid: number }>('select pg_backend_pid() as pid');
  expect(await dispatcher().tick()).toBe(0);
  scene.arrange.client.on('error', () => undefined);
  await killBackend(pid);
  while ((await dispatcher().tick()) === 0) await sleep(50);
  await scene.reconnect();
  expect((await scene.stateOf(itemId)).state).toBe('offered');
  expect(await scene.broken()).toEqual([]);
});

async function killBackend(pid: number): Promise<void> {
  await scene.asAdmin((client) => client.query('select pg_terminate_backend($1)', [pid]));
}
