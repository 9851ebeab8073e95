import { CallbackStep } from '@app/features/calls/callback-step.service';
import { TestApp } from '../support/app';
import { phoneHub, type PhoneHub } from '../support/phone';
import type { TestPerson } from '../support/world';

let t: TestApp;
let hub: PhoneHub;
let agent: TestPerson;
let coordinator: TestPerson;
let associationId: string;
let numbers = 0;

/** Nobody of the hub writes a language, so that whatever comes waits. */
beforeAll(async () => {
  t = await TestApp.start();
  hub = await phoneHub(t, 'FM');
  agent = await t.world.staff('FM', 'agent', []);
  coordinator = await t.world.coordinator();
  associationId = await t.world.association('FM', 'MA-FES');
  await t.world.client.query('delete from agent_skill where hub_id = $1', [hub.hubId]);
}, 90_000);
afterAll(() => t?.stop());

async function asked(
  channel: 'phone' | 'email',
): Promise<{ id: string; openedAt: string; queue: string; e164: string }> {
  const e164 = `+2126850${String(60_000 + (numbers += 1)).padStart(5, '0')}`;
  const { body: contact } = await t
    .as(agent, 'post', '/contacts')
    .send({ name: `Demandeuse ${numbers}`, phones: [e164], associationId })
    .expect(201);
  const { body } = await t.ask(agent, { contactId: contact.id, associationId, channel }).expect(201);
  return { id: body.id, openedAt: body.openedAt, queue: body.queue.code, e164 };
}

async function setQueue(code: string, changes: object, status = 200) {
  const { body } = await t.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/queues`).expect(200);
  const queue = body.items.find((one: { code: string }) => one.code === code);
  const sent = t
    .as(hub.supervisor, 'patch', `/queues/${queue.id}`)
    .set('if-match', `"v${queue.version}"`)
    .send(changes);
  return (await sent.expect(status)).body;
}

interface Owed {
  source: string;
  ticket_id: string;
  queued_at: Date;
  e164: string;
}
const owed = async (ticket: string): Promise<Owed[]> =>
  (
    await t.world.client.query<Owed>('select source, ticket_id, queued_at, e164 from callback where ticket_id = $1', [
      ticket,
    ])
  ).rows;
const atOnce = { lower_level: 0, neighbour: 0, callback: 0 };

test('the last step of waiting: who asked by telephone is owed a call, once, at the place that the question waited for', async () => {
  const ticket = await asked('phone');
  const written = await asked('email');
  await t.app.get(CallbackStep).tick();
  expect(await owed(ticket.id)).toEqual([]);
  await setQueue(ticket.queue, { maxWaitSeconds: 60, relaxation: atOnce });
  const [callback] = await t.until(async () => {
    const rows = await owed(ticket.id);
    return rows.length > 0 && rows;
  });
  expect(callback).toMatchObject({ source: 'overflow', e164: ticket.e164 });
  expect(callback.queued_at.toISOString()).toBe(new Date(ticket.openedAt).toISOString());
  await t.app.get(CallbackStep).tick();
  expect(await owed(ticket.id)).toHaveLength(1);
  expect(await owed(written.id)).toEqual([]);
  const { body: history } = await t.as(agent, 'get', `/tickets/${ticket.id}/events`).expect(200);
  expect(JSON.stringify(history.items)).toContain('un rappel est promis');
  const { body: list } = await t.as(agent, 'get', '/callbacks').expect(200);
  expect(list.items).toEqual([expect.objectContaining({ ticketId: ticket.id, source: 'overflow' })]);
});

test('when steps open is data: of the programme, and of a queue, which may switch a step off', async () => {
  const ticket = await asked('phone');
  await setQueue(ticket.queue, { maxWaitSeconds: 60, relaxation: { ...atOnce, callback: null } });
  const kept = await setQueue(ticket.queue, { nameFr: 'File' });
  expect(kept.relaxation).toEqual({ ...atOnce, callback: null });
  await t.app.get(CallbackStep).tick();
  expect(await owed(ticket.id)).toEqual([]);
  const back = await setQueue(ticket.queue, { relaxation: null });
  expect(back).toMatchObject({ relaxation: null, maxWaitSeconds: 60 });
  const { body: now } = await t.as(hub.supervisor, 'get', '/routing/relaxation').expect(200);
  expect(now).toEqual({ relaxation: { lower_level: 7.5, neighbour: 15, callback: 30 }, version: 0 });
  await t.as(coordinator, 'put', '/routing/relaxation').send({ version: 0, relaxation: atOnce }).expect(200);
  await t.until(async () => (await owed(ticket.id)).length === 1);
  await t.as(coordinator, 'put', '/routing/relaxation').send({ version: 0, relaxation: atOnce }).expect(412);
});

test('steps in the wrong order and shares that are none are refused with a pointer, and nothing changes', async () => {
  const { body: before } = await t.as(coordinator, 'get', '/routing/relaxation').expect(200);
  const set = (relaxation: object) =>
    t.as(coordinator, 'put', '/routing/relaxation').send({ version: before.version, relaxation });
  const { body } = await set({ lower_level: 20, neighbour: 10, callback: 30 }).expect(400);
  expect(body.errors).toEqual([expect.objectContaining({ pointer: '/relaxation/neighbour', code: 'out_of_order' })]);
  const { body: tooMuch } = await set({ lower_level: 0, neighbour: 10, callback: 130 }).expect(400);
  expect(tooMuch.errors[0].pointer).toBe('/relaxation/callback');
  await set({ lower_level: 0 }).expect(400);
  const { queue } = await asked('phone');
  const refused = await setQueue(queue, { relaxation: { neighbour: 50, callback: 10 } }, 400);
  expect(refused.errors[0]).toMatchObject({ pointer: '/relaxation/callback', code: 'out_of_order' });
  await t
    .as(hub.supervisor, 'put', '/routing/relaxation')
    .send({ version: before.version, relaxation: atOnce })
    .expect(403);
  expect((await t.as(coordinator, 'get', '/routing/relaxation').expect(200)).body).toEqual(before);
});
