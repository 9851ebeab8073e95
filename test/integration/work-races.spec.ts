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

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

test('two dispatchers, 50 agents, 1,000 items: nothing is offered twice and nobody gets more than fits', async () => {
  const other = await scene.process();
  for (let i = 0; i < 50; i++) await available(`Agent${i}`);
  await scene.items(1_000);
  const rounds = await Promise.all(
    [app, other, app, other].map((one) => one.get(DispatcherService).dispatch(scene.hub.id)),
  );
  expect(rounds.filter((one) => one !== null).reduce((sum, one) => sum! + one!, 0)).toBe(250);
  expect(await scene.broken()).toEqual([]);
  const loads = await scene.arrange.rows('select distinct capacity_used as n from agent_state');
  expect(loads).toEqual([{ n: 100 }]);
}, 60_000);

test('agents accept, decline and finish while two dispatchers work: every item ends once, in one pair of hands', async () => {
  const other = await scene.process();
  const agents = await Promise.all(Array.from({ length: 8 }, (_, i) => available(`Agent${i}`)));
  await scene.items(60);
  let stop = false;
  const dispatching = [app, other].map(async (one) => {
    while (!stop) await one.get(DispatcherService).tick();
  });
  const working = agents.map(async (actor, at) => {
    for (let round = 0; round < 25; round++) {
      for (const { id, itemId } of await scene.offers(`account_id = '${actor.accountId}' and state = 'pending'`)) {
        if ((round + at) % 5 === 0) await code(offers().decline(actor, id));
        else {
          await Promise.all([code(offers().accept(actor, id)), code(offers().accept(actor, id))]);
          await code(offers().complete(actor, itemId));
        }
      }
      await sleep(10);
    }
  });
  await Promise.all(working);
  stop = true;
  await Promise.all(dispatching);
  expect(await scene.broken()).toEqual([]);
  const ended = await scene.arrange.rows<{ n: number; distinct: number }>(
    `select count(*)::int as n, count(distinct data ->> 'itemId')::int as distinct from event where type = 'work.ended'`,
  );
  const [{ n: completed }] = await scene.arrange.rows<{ n: number }>(
    `select count(*)::int as n from work_item where state = 'completed'`,
  );
  expect(completed).toBeGreaterThan(20);
  expect(ended).toEqual([{ n: completed, distinct: completed }]);
}, 60_000);

test('take next gives the most urgent that fits, once to each who asks', async () => {
  const agents = [await available('A'), await available('B')];
  const [low, urgent] = [await scene.item({ priority: 'low' }), await scene.item({ priority: 'urgent' })];
  const taken = await Promise.all(agents.map((actor) => dispatcher().takeNext(actor)));
  expect(taken.map((one) => one?.itemId).sort()).toEqual([low, urgent].sort());
  expect(await dispatcher().takeNext(agents[0])).toBeNull();
  await presence().set(agents[1], 'offline', null);
  expect(await code(dispatcher().takeNext(agents[1]))).toBe('not_available');
  expect(await scene.broken()).toEqual([]);
});

test('twenty agents who ask at once, beside two dispatchers: each piece of work goes to one of them', async () => {
  const other = await scene.process();
  const agents: Actor[] = [];
  for (let i = 0; i < 20; i++) agents.push(await available(`Agent${i}`));
  await scene.items(60);
  const asked = agents.map((actor) =>
    dispatcher()
      .takeNext(actor)
      .catch((error: Error) => error.message),
  );
  await Promise.all([...asked, dispatcher(other).tick(), dispatcher().tick(), dispatcher(other).tick()]);
  expect(await scene.broken()).toEqual([]);
  const [{ n }] = await scene.arrange.rows<{ n: number }>(
    `select count(*)::int as n from work_item where state in ('offered', 'active')`,
  );
  const live = await scene.offers('ended_at is null');
  expect(new Set(live.map((one) => one.itemId)).size).toBe(n);
  expect(n).toBeGreaterThanOrEqual(20);
});

test('3, 15: who has left has nothing on offer, however the leaving and two dispatchers race', async () => {
  const other = await scene.process();
  const actor = await available('A');
  await scene.items(5);
  let met = 0;
  for (let round = 0; round < 60; round++) {
    await presence().set(actor, 'available', null);
    const leaving = sleep(round % 6).then(() => presence().set(actor, 'away', null));
    await Promise.all([dispatcher().dispatch(scene.hub.id), dispatcher(other).dispatch(scene.hub.id), leaving]);
    expect(await scene.offers(`state = 'pending'`)).toEqual([]);
    met = (await scene.offers()).length;
  }
  expect(met).toBeGreaterThan(20); // they did meet
  expect(await scene.broken()).toEqual([]);
});
