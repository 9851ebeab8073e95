import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { applyWorkEvent, emptyPicture, type WorkEvent } from '@app/domain/work/work-log';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { IntakeService } from '@app/features/work/intake.service';
import { OffersService } from '@app/features/work/offers.service';
import { ReferenceData } from '@app/features/directory/reference-data';
import { PresenceService } from '@app/features/work/presence.service';
import type { LoggedEvent } from '@app/platform/consumer';
import type { TestHub } from '../support/tickets';
import { WorkScene } from '../support/work';

let scene: WorkScene;
let app: INestApplicationContext;

beforeEach(async () => {
  scene = await WorkScene.open();
  app = await scene.process();
});
afterEach(() => scene?.close());

const tick = (): Promise<number> => app.get(DispatcherService).tick();
const offers = (): OffersService => app.get(OffersService);

async function available(name: string, options: Parameters<WorkScene['agent']>[1] = {}, hub?: TestHub): Promise<Actor> {
  const actor = await scene.agent(name, options, hub);
  await app.get(PresenceService).set(actor, 'available', null);
  return actor;
}

const take = (ticketId: string): Promise<void> =>
  app
    .get(TenantDb)
    .system((tx) => app.get(IntakeService).take(tx, { type: 'ticket.created', ticketId, data: {} } as LoggedEvent));

interface Row {
  hubId: string;
  assigneeId: string | null;
  status: string;
  state: string;
  hops: number;
  queuedAt: Date;
  openedAt: Date;
}

async function rowOf(ticketId: string): Promise<Row> {
  const [row] = await scene.arrange.rows<Row>(
    `select t.hub_id as "hubId", t.assignee_id as "assigneeId", t.status, i.state, i.hops, i.queued_at as "queuedAt", t.opened_at as "openedAt"
     from ticket t left join work_item i on i.ticket_id = t.id where t.id = $1 order by i.id desc limit 1`,
    [ticketId],
  );
  return row;
}

async function offerOf(ticketId: string): Promise<{ id: string; accountId: string } | undefined> {
  const [one] = await scene.arrange.rows<{ id: string; accountId: string }>(
    `select o.id, o.account_id as "accountId" from offer o join work_item i on i.id = o.item_id where i.ticket_id = $1 and o.state = 'pending'`,
    [ticketId],
  );
  return one;
}

async function wait(ticketId: string, seconds: number): Promise<void> {
  await scene.arrange.rows(`update work_item set queued_at = queued_at - $2 * interval '1 s' where ticket_id = $1`, [
    ticketId,
    seconds,
  ]);
}

it('as long as a hub does not ask for offers its tickets are given to the least loaded', async () => {
  await scene.arrange.rows(`update setting set value = '{"default": "least_load", "hubs": {"FM": "offers"}}'`);
  const actor = await available('A');
  const ticketId = await scene.arrange.ticket(scene.hub);
  await take(ticketId);
  expect(await rowOf(ticketId)).toMatchObject({ assigneeId: actor.accountId, state: null });
  await scene.arrange.rows(`delete from setting`);
  const other = await scene.arrange.ticket(scene.hub);
  await take(other);
  expect((await rowOf(other)).assigneeId).toBe(actor.accountId);
});

it('one ticket is one piece of work, however often it is announced, with the time it came', async () => {
  const ticketId = await scene.arrange.ticket(scene.hub);
  await Promise.all([take(ticketId), take(ticketId), take(ticketId)]);
  expect(await scene.arrange.rows('select state from work_item')).toEqual([{ state: 'queued' }]);
  const { queuedAt, openedAt } = await rowOf(ticketId);
  expect(queuedAt).toEqual(openedAt);
  // A ticket that nobody announced is found.
  const lost = await scene.arrange.ticket(scene.hub);
  await tick();
  expect((await rowOf(lost)).state).toBe('queued');
});

it('12, 13: neither the requester, nor somebody without clearance or language, gets it, however long it waits', async () => {
  const requester = await available('R', { cleared: true });
  await available('Uncleared');
  await available('French', { cleared: true, languages: ['fr'] });
  const ticketId = await scene.arrange.ticket(scene.hub, {
    restricted: true,
    language: 'ar',
    requesterId: requester.accountId,
  });
  await take(ticketId);
  for (const seconds of [0, 10_000, 100_000]) {
    await wait(ticketId, seconds);
    await tick();
    expect(await offerOf(ticketId)).toBeUndefined();
  }
  const able = await available('Able', { cleared: true });
  await tick();
  expect((await offerOf(ticketId))?.accountId).toBe(able.accountId);
});

it('the agent of the matter before is asked first', async () => {
  const [first, knows] = [await available('A'), await available('B')];
  expect(first.accountId < knows.accountId).toBe(true);
  const before = await scene.arrange.ticket(scene.hub, { assigneeId: knows.accountId });
  await scene.arrange.rows(`update ticket set status = 'closed', closed_at = now() where id = $1`, [before]);
  const ticketId = await scene.arrange.ticket(scene.hub);
  await scene.arrange.rows('update ticket set follow_up_of = $2 where id = $1', [ticketId, before]);
  await take(ticketId);
  await tick();
  expect((await offerOf(ticketId))?.accountId).toBe(knows.accountId);
});

it('14: a neighbour helps by agreement and after waiting; the ticket comes over with its clock, the hub keeps sight', async () => {
  const neighbour = await scene.arrange.hub('FM');
  await app.get(ReferenceData).reload();
  const helper = await available('Helper', {}, neighbour);
  const ticketId = await scene.arrange.ticket(scene.hub);
  await scene.arrange.clock(scene.hub, ticketId, '2027-01-01');
  await take(ticketId);
  await wait(ticketId, 10_000);
  await tick();
  expect(await offerOf(ticketId)).toBeUndefined();
  await scene.arrange.rows(
    `insert into hub_agreement values (gen_random_uuid(), $1, $2, '{overflow}', '{LEGAL}', '[2020-01-01,)')`,
    [scene.hub.id, neighbour.id],
  );
  const { queuedAt } = await rowOf(ticketId);
  await tick();
  // Leaving gives it back to the hub it came from, and returning brings it again.
  await app.get(PresenceService).set(helper, 'away', null);
  expect(await rowOf(ticketId)).toMatchObject({ hubId: scene.hub.id, state: 'queued' });
  expect(await scene.broken()).toEqual([]);
  await app.get(PresenceService).set(helper, 'available', null);
  await tick();
  const offer = (await offerOf(ticketId))!;
  await offers().accept(helper, offer.id);
  expect(await rowOf(ticketId)).toMatchObject({
    hubId: neighbour.id,
    assigneeId: helper.accountId,
    status: 'open',
    state: 'active',
    hops: 1,
    queuedAt,
  });
  const loans = await scene.arrange.rows('select grantee_id as id, hub_id as "hubId" from ticket_grant');
  expect(loans).toEqual([{ id: scene.hub.id, hubId: neighbour.id }]);
  const clocks = await scene.arrange.rows(
    'select hub_id as "hubId", started_at < now() as begun, state from sla_clock',
  );
  expect(clocks).toEqual([{ hubId: neighbour.id, begun: true, state: 'running' }]);
  const visited = await scene.arrange.rows('select visited_hubs as hubs, origin_hub_id as origin from work_item');
  expect(visited).toEqual([{ hubs: [scene.hub.id], origin: scene.hub.id }]);
  expect(await scene.broken()).toEqual([]);
});

it('a ticket that moves to another hub takes its work along, in its place; the offer is taken back', async () => {
  const neighbour = await scene.arrange.hub('FM');
  const actor = await available('A');
  const ticketId = await scene.arrange.ticket(scene.hub);
  await take(ticketId);
  await tick();
  const { queuedAt } = await rowOf(ticketId);
  const offer = (await offerOf(ticketId))!;
  await scene.arrange.rows('update ticket set hub_id = $2, queue_id = $3 where id = $1', [
    ticketId,
    neighbour.id,
    neighbour.queueId,
  ]);
  await take(ticketId);
  expect(await rowOf(ticketId)).toMatchObject({ hubId: neighbour.id, state: 'queued', queuedAt });
  await expect(offers().accept(actor, offer.id)).rejects.toMatchObject({ code: 'offer_closed' });
  expect(await scene.broken()).toEqual([]);
});

it('put back by hand, a ticket waits again in its place; answered, its work is complete', async () => {
  const actor = await available('A');
  const [first, second] = [await scene.arrange.ticket(scene.hub), await scene.arrange.ticket(scene.hub)];
  for (const id of [first, second]) await take(id);
  await tick();
  for (const id of [first, second]) await offers().accept(actor, (await offerOf(id))!.id);
  const { queuedAt } = await rowOf(first);
  await scene.arrange.rows('update ticket set assignee_id = null where id = $1', [first]);
  await scene.arrange.rows(`update ticket set status = 'answered' where id = $1`, [second]);
  await app.get(PresenceService).set(actor, 'away', null);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  await tick();
  expect(await rowOf(first)).toMatchObject({ state: 'queued', queuedAt, assigneeId: null });
  expect((await rowOf(second)).state).toBe('completed');
  expect((await app.get(PresenceService).get(actor)).presence).toBe('away');
  expect(await scene.broken()).toEqual([]);
});

it('20: the log replayed from nothing gives what the tables hold', async () => {
  const actors = [await available('A'), await available('B'), await available('C')];
  for (let i = 0; i < 12; i++) await take(await scene.arrange.ticket(scene.hub));
  for (let round = 0; round < 6; round++) {
    await tick();
    const pending = await scene.offers(`state = 'pending'`);
    for (const [at, one] of pending.entries()) {
      const actor = actors.find((person) => person.accountId === one.accountId)!;
      if ((at + round) % 4 === 0) await offers().decline(actor, one.id);
      else if ((at + round) % 4 < 3) await offers().accept(actor, one.id);
    }
    const hands = await scene.arrange.rows<{ id: string; accountId: string }>(
      `select id, account_id as "accountId" from work_item where state = 'active' limit 2`,
    );
    for (const { id, accountId } of hands) {
      await offers().complete(
        actors.find((person) => person.accountId === accountId)!,
        id,
      );
    }
    await app.get(PresenceService).set(actors[round % 3], round % 2 ? 'available' : 'meeting', null);
  }
  const picture = emptyPicture();
  const log = await scene.arrange.rows<WorkEvent>('select type, data from event order by id');
  for (const event of log) applyWorkEvent(picture, event);
  const items = await scene.arrange.rows<{ id: string; state: string; accountId: string | null }>(
    'select id, state, account_id as "accountId" from work_item',
  );
  expect(picture.items).toEqual(new Map(items.map(({ id, state, accountId }) => [id, { state, accountId }])));
  const decided = await scene.offers();
  expect(picture.offers).toEqual(new Map(decided.map(({ id, state }) => [id, state === 'pending' ? null : state])));
  const people = await scene.arrange.rows<{ id: string; presence: string }>(
    'select account_id as id, presence from agent_state',
  );
  expect(picture.presence).toEqual(new Map(people.map(({ id, presence }) => [id, presence])));
  expect(picture.outcomes.get('completed')).toBe(items.filter((item) => item.state === 'completed').length);
  expect(picture.outcomes.get('completed')).toBeGreaterThan(5);
  expect(await scene.broken()).toEqual([]);
});
