import { io, type Socket } from 'socket.io-client';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let supervisor: TestPerson;
const sockets: Socket[] = [];

beforeAll(async () => {
  t = await TestApp.start();
  await t.world.client.query(
    `update setting set value = '{"default": "least_load", "hubs": {"FM": "offers"}}' where key = 'assignment_mode'`,
  );
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await t?.stop();
});
afterEach(async () => {
  // Each test begins with its own people only.
  for (const agent of staff.splice(0)) await choose(agent, 'offline');
  await t.world.client.query(`update ticket set status = 'closed', closed_at = now() where status in ('new', 'open')`);
  await t.until(async () => {
    const { rows } = await t.world.client.query(
      `select 1 from work_item where state in ('queued', 'offered', 'accepted', 'active', 'held', 'wrap_up')`,
    );
    return rows.length === 0;
  });
});

interface Offer {
  id: string;
  itemId: string;
  reference: string;
  ticketId: string;
  queuedAt: string;
}
const staff: TestPerson[] = [];

async function agent(hub = 'FM', skills = ['assoc_law']): Promise<TestPerson> {
  const person = await t.world.staff(hub, 'agent');
  for (const skill of skills) {
    await t.world.client.query('insert into agent_skill values ($1, $2, $3, 3)', [
      person.accountId,
      t.world.hubs[hub],
      skill,
    ]);
  }
  staff.push(person);
  return person;
}

const choose = (person: TestPerson, presence: string, reason?: string) =>
  t.as(person, 'put', '/me/presence').send({ presence, ...(reason ? { reason } : {}) });

async function offersOf(person: TestPerson): Promise<Offer[]> {
  return (await t.as(person, 'get', '/me/offers').expect(200)).body.items;
}

const anOffer = (person: TestPerson, ms?: number): Promise<Offer> =>
  t.until(async () => (await offersOf(person))[0], ms);

const ticketOf = async (reference: string) => (await t.as(supervisor, 'get', `/tickets/${reference}`)).body;

test('a question is offered within a second, heard on the socket, accepted, assigned and answered', async () => {
  const person = await agent();
  const heard: string[] = [];
  const socket = io(t.url, { auth: { token: person.token }, transports: ['websocket'] });
  sockets.push(socket);
  socket.on('event', (event: { type: string }) => heard.push(event.type));
  await t.until(async () => socket.connected);
  expect((await choose(person, 'available').expect(200)).body).toMatchObject({
    presence: 'available',
    activity: 'idle',
    capacityUsed: 0,
    receivesOffers: true,
  });
  const { body: asked } = await t.ask(member).expect(201);
  await t.until(async () => {
    const { rows } = await t.world.client.query('select 1 from work_item where ticket_id = $1', [asked.id]);
    return rows.length > 0;
  });
  const offer = await anOffer(person);
  expect(offer).toMatchObject({ reference: asked.reference, kind: 'ticket_task', queueCode: 'LEGAL', language: 'fr' });
  await t.until(async () => heard.includes('offer.made'));
  expect((await ticketOf(asked.reference)).assignee).toBeNull();

  const { body: hands } = await t.as(person, 'post', `/offers/${offer.id}/accept`).expect(200);
  expect(hands.items).toMatchObject([{ id: offer.itemId, state: 'active', reference: asked.reference }]);
  expect(await ticketOf(asked.reference)).toMatchObject({ status: 'open', assignee: { id: person.accountId } });
  const again = await t.as(person, 'post', `/offers/${offer.id}/accept`).expect(409);
  expect(again.body.code).toBe('offer_closed');

  await choose(person, 'away', 'lunch').expect(200);
  await t.write(person, asked.reference, { body: 'Vous pouvez agir avec le récépissé provisoire.' }).expect(201);
  // The answer ends the work, and with it what the agent had chosen takes effect.
  await t.until(async () => (await t.as(person, 'get', '/me/presence')).body.presence === 'away');
  expect((await t.as(person, 'get', '/me/work')).body.items).toEqual([]);

  const { body: history } = await t.as(supervisor, 'get', `/tickets/${asked.id}/events`).expect(200);
  const types = history.items.map((one: { type: string }) => one.type);
  expect(types).toEqual(expect.arrayContaining(['work.queued', 'offer.made', 'offer.accepted', 'work.ended']));
  const { body: own } = await t.as(member, 'get', `/tickets/${asked.id}/events`);
  expect(JSON.stringify(own)).not.toContain('offer.');
});

test('declined, the question goes to a colleague with the time it came; the first hears no more of it', async () => {
  const [first, second] = [await agent(), await agent()];
  await choose(first, 'available').expect(200);
  const { body: asked } = await t.ask(member).expect(201);
  const offer = await anOffer(first);
  await t.as(second, 'post', `/offers/${offer.id}/accept`).expect(404);
  await t.as(first, 'post', `/offers/${offer.id}/decline`).expect(204);
  await t.as(first, 'post', `/offers/${offer.id}/decline`).expect(409);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await offersOf(first)).toEqual([]);
  await choose(second, 'available').expect(200);
  const next = await anOffer(second, 1_500);
  expect(next).toMatchObject({ itemId: offer.itemId, queuedAt: offer.queuedAt, reference: asked.reference });
});

test('take next, complete, and what the supervisor sees', async () => {
  const person = await agent();
  expect((await t.as(person, 'post', '/work/next').expect(409)).body.code).toBe('not_available');
  await choose(person, 'meeting').expect(200);
  const { body: asked } = await t.ask(member).expect(201);
  await t.until(async () => {
    const { rows } = await t.world.client.query(`select 1 from work_item where state = 'queued'`);
    return rows.length > 0;
  });
  await choose(person, 'available').expect(200);
  const beat = await t.as(person, 'post', '/me/presence/heartbeat').expect(200);
  expect(beat.body).toMatchObject({ presence: 'available', receivesOffers: true });
  await choose(person, 'away', 'nowhere').expect(400);
  const hands = await t.until(async () => {
    const { body } = await t.as(person, 'post', '/work/next');
    const [offer] = await offersOf(person);
    // The dispatcher may have been faster.
    if (offer) await t.as(person, 'post', `/offers/${offer.id}/accept`);
    return body.items?.length > 0 && body.items;
  });
  expect(hands).toMatchObject([{ reference: asked.reference, state: 'active' }]);
  const { body: seen } = await t.as(supervisor, 'get', `/hubs/${t.world.hubs.FM}/agents`).expect(200);
  expect(seen.items.find((one: { accountId: string }) => one.accountId === person.accountId)).toMatchObject({
    presence: 'available',
    activity: 'busy',
    capacityUsed: 20,
    items: 1,
  });
  expect((await t.as(person, 'post', `/work/${hands[0].id}/complete`).expect(200)).body).toEqual({
    state: 'completed',
  });
  await t.as(person, 'post', `/work/${hands[0].id}/complete`).expect(409);
});

test('24: agents of another hub neither see nor touch the work, and their tickets go on as before', async () => {
  const [person, stranger] = [await agent(), await agent('MS')];
  await choose(stranger, 'available').expect(200);
  await choose(person, 'available').expect(200);
  await t.ask(member).expect(201);
  const offer = await anOffer(person);
  expect(await offersOf(stranger)).toEqual([]);
  await t.as(stranger, 'post', `/offers/${offer.id}/accept`).expect(404);
  await t.as(stranger, 'post', `/work/${offer.itemId}/complete`).expect(404);
  const other = await t.world.staff('MS', 'supervisor');
  await t.as(other, 'get', `/hubs/${t.world.hubs.FM}/agents`).expect(404);
  await t.as(person, 'get', `/hubs/${t.world.hubs.FM}/agents`).expect(403);
  await t.as(member, 'get', '/me/presence').expect(403);

  const elsewhere = await t.world.person(await t.world.association('MS', 'MA-SAF'), 'member');
  const { body: asked } = await t.ask(elsewhere).expect(201);
  await t.until(async () => {
    const { body } = await t.as(stranger, 'get', `/tickets/${asked.id}`);
    return body.assignee?.id === stranger.accountId;
  });
  const { rows } = await t.world.client.query('select 1 from work_item where ticket_id = $1', [asked.id]);
  expect(rows).toEqual([]);
});

test('claimed by hand, a question leaves the queue and the offer is taken back', async () => {
  const person = await agent();
  await choose(person, 'available').expect(200);
  const { body: asked } = await t.ask(member).expect(201);
  const offer = await anOffer(person);
  const { body: ticket } = await t.as(supervisor, 'get', `/tickets/${asked.id}`);
  await t
    .as(supervisor, 'put', `/tickets/${asked.id}/assignment`)
    .set('if-match', `"v${ticket.version}"`)
    .send({ assigneeId: 'me' })
    .expect(200);
  await t.until(async () => (await offersOf(person)).length === 0);
  expect((await t.as(person, 'post', `/offers/${offer.id}/accept`)).body.code).toBe('offer_closed');
  expect((await t.as(person, 'get', '/me/presence')).body.capacityUsed).toBe(0);
});
