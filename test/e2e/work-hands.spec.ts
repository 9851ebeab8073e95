import { ReferenceData } from '@app/features/directory/reference-data';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let supervisor: TestPerson;
let FM: string;

beforeAll(async () => {
  t = await TestApp.start();
  FM = t.world.hubs.FM;
  await t.world.client.query(
    `update setting set value = '{"default": "least_load", "hubs": {"FM": "offers"}}' where key = 'assignment_mode'`,
  );
  await t.world.client.query(`update routing_rule set required_skills = '[]' where hub_id = $1`, [FM]);
  await t.app.get(ReferenceData).reload();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
}, 60_000);
afterAll(() => t?.stop());

const choose = (person: TestPerson, presence: string, reason?: string) =>
  t.as(person, 'put', '/me/presence').send({ presence, reason });
const handsOf = async (person: TestPerson) => (await t.as(person, 'get', '/me/work').expect(200)).body.items;
const offerOf = (person: TestPerson) => t.until(async () => (await t.as(person, 'get', '/me/offers')).body.items[0]);

/** An agent with one question in hand. */
async function busy(): Promise<{ person: TestPerson; itemId: string; ticketId: string }> {
  const person = await t.world.staff('FM', 'agent');
  await choose(person, 'available').expect(200);
  await t.ask(member).expect(201);
  const offer = await offerOf(person);
  await t.as(person, 'post', `/offers/${offer.id}/accept`).expect(200);
  return { person, itemId: offer.itemId, ticketId: offer.ticketId };
}

const leave = (person: TestPerson) => choose(person, 'offline').expect(200);

test('work is laid aside and taken up again, by the one who has it only', async () => {
  const { person, itemId } = await busy();
  const other = await t.world.staff('FM', 'agent');
  const act = (who: TestPerson, what: string) => t.as(who, 'post', `/work/${itemId}/${what}`);
  expect((await act(person, 'hold').expect(200)).body.items).toEqual([
    expect.objectContaining({ id: itemId, state: 'held' }),
  ]);
  expect((await t.as(person, 'get', '/me/presence')).body).toMatchObject({ activity: 'held', capacityUsed: 20 });
  expect((await act(person, 'hold')).body.code).toBe('status_not_allowed');
  await act(other, 'resume').expect(404);
  expect((await act(person, 'resume').expect(200)).body.items[0].state).toBe('active');
  await act(person, 'complete').expect(200);
  await leave(person);
});

test('work goes to a colleague who is asked first, keeps its age, and its ticket is free meanwhile', async () => {
  const { person, itemId, ticketId } = await busy();
  await leave(person);
  const [colleague, other] = [await t.world.staff('FM', 'agent'), await t.world.staff('FM', 'agent')];
  await choose(other, 'available').expect(200);
  await choose(colleague, 'available').expect(200);
  const transfer = (to: object) => t.as(person, 'post', `/work/${itemId}/transfer`).send(to);
  await transfer({}).expect(400);
  expect((await transfer({ queueCode: 'NOWHERE' }).expect(400)).body.errors[0].pointer).toBe('/queueCode');
  expect((await transfer({ accountId: person.accountId }).expect(400)).body.errors[0].pointer).toBe('/accountId');
  expect((await transfer({ accountId: member.accountId }).expect(400)).body.errors[0].pointer).toBe('/accountId');
  expect((await transfer({ accountId: colleague.accountId, queueCode: 'ADMIN' }).expect(200)).body.items).toEqual([]);
  const offer = await offerOf(colleague);
  expect(offer).toMatchObject({ itemId, queueCode: 'ADMIN' });
  const { body: ticket } = await t.as(supervisor, 'get', `/tickets/${ticketId}`);
  expect([ticket.assignee, ticket.queue.code]).toEqual([null, 'ADMIN']);
  // The log of the move comes after it, and may have the offer made once more.
  await t.until(async () => {
    const { id } = await offerOf(colleague);
    return (await t.as(colleague, 'post', `/offers/${id}/accept`)).status === 200;
  });
  expect((await handsOf(colleague)).map((one: { id: string }) => one.id)).toEqual([itemId]);
  const { rows } = await t.world.client.query(
    'select queued_at = opened_at as same from work_item i join ticket t on t.id = i.ticket_id where i.id = $1',
    [itemId],
  );
  expect(rows).toEqual([{ same: true }]);
  await transfer({ queueCode: 'ADMIN' }).expect(404);
  for (const one of [colleague, other]) await leave(one);
});

test('a supervisor sends somebody away and says why: offers go back, it is logged, work in hand is finished first', async () => {
  const { person, itemId } = await busy();
  const direct = (who: TestPerson, body: object, hub = FM) =>
    t.as(who, 'put', `/hubs/${hub}/agents/${person.accountId}/presence`).send(body);
  await direct(supervisor, { presence: 'available', why: 'forgotten' }).expect(400);
  await direct(supervisor, { presence: 'offline' }).expect(400);
  await direct(supervisor, { presence: 'away', why: 'because' }).expect(400);
  await direct(person, { presence: 'offline', why: 'forgotten' }).expect(403);
  await direct(await t.world.staff('MS', 'supervisor'), { presence: 'offline', why: 'forgotten' }).expect(404);
  const { body } = await direct(supervisor, { presence: 'away', reason: 'lunch', why: 'at_request' }).expect(200);
  expect(body).toMatchObject({ presence: 'available', pendingPresence: 'away' });
  await t.as(person, 'post', `/work/${itemId}/complete`).expect(200);
  expect((await t.as(person, 'get', '/me/presence')).body.presence).toBe('away');
  const { rows } = await t.world.client.query(
    `select data ->> 'by' as by, data ->> 'why' as why from event where type = 'presence.changed' and data ->> 'accountId' = $1 and data ? 'why'`,
    [person.accountId],
  );
  expect(rows).toEqual([{ by: supervisor.accountId, why: 'at_request' }]);
});

test('reasons of absence are a hub’s own, and one out of use cannot be chosen', async () => {
  const create = (body: object) => t.as(supervisor, 'post', `/hubs/${FM}/presence-reasons`).send(body);
  const { body: reason } = await create({
    code: 'garden',
    nameFr: 'Jardin',
    nameAr: 'الحديقة',
    productive: false,
  }).expect(201);
  await create({ code: 'garden', nameFr: 'Jardin', nameAr: 'الحديقة', productive: false }).expect(409);
  const agent = await t.world.staff('FM', 'agent');
  await choose(agent, 'away', 'garden').expect(200);
  await choose(await t.world.staff('MS', 'agent'), 'away', 'garden').expect(400);
  const change = (version: number, body: object) =>
    t.as(supervisor, 'patch', `/presence-reasons/${reason.id}`).set('if-match', `"v${version}"`).send(body);
  expect((await change(1, { active: false }).expect(200)).body).toMatchObject({ active: false, version: 2 });
  await change(1, { active: true }).expect(412);
  await choose(agent, 'available').expect(200);
  await choose(agent, 'away', 'garden').expect(400);
  const { body: list } = await t.as(agent, 'get', `/hubs/${FM}/presence-reasons`).expect(200);
  const national = list.items.find((one: { code: string }) => one.code === 'lunch');
  expect(national.hubId).toBeNull();
  await t
    .as(supervisor, 'patch', `/presence-reasons/${national.id}`)
    .set('if-match', '"v1"')
    .send({ active: false })
    .expect(404);
});

test('who was lost for long is signed off', async () => {
  const person = await t.world.staff('FM', 'agent');
  await choose(person, 'available').expect(200);
  const ago = (column: string, minutes: number) =>
    t.world.client.query(
      `update agent_state set ${column} = clock_timestamp() - $2 * interval '1 minute' where account_id = $1`,
      [person.accountId, minutes],
    );
  await ago('heartbeat_at', 2);
  const presence = async () =>
    (await t.world.client.query('select presence from agent_state where account_id = $1', [person.accountId])).rows[0]
      .presence;
  await t.until(async () => (await presence()) === 'disconnected');
  await ago('since', 11);
  await t.until(async () => (await presence()) === 'offline');
});

test('a supervisor reads why work waits, in both languages', async () => {
  await t.world.client.query(
    `delete from agent_state_log; delete from offer; delete from work_item; delete from agent_state`,
  );
  const { body: asked } = await t.ask(member).expect(201);
  const waiting = async (who: TestPerson) =>
    (await t.as(who, 'get', `/hubs/${FM}/waiting`)).body.items?.find(
      (one: { ticketId: string }) => one.ticketId === asked.id,
    );
  const alone = await t.until(async () => {
    const item = await waiting(supervisor);
    return item?.why === 'nobody_present' && item;
  });
  expect(alone.text).toEqual({ fr: 'aucun conseiller disponible', ar: 'لا يوجد مستشار متاح' });
  const arabic = await t.world.staff('FM', 'agent', ['ar']);
  await choose(arabic, 'available').expect(200);
  const lacking = await t.until(async () => {
    const item = await waiting(supervisor);
    return item?.why === 'missing_skill' && item;
  });
  expect([lacking.missingSkills, lacking.relaxation]).toEqual([['fr'], 'best_fit']);
  await t.as(arabic, 'get', `/hubs/${FM}/waiting`).expect(403);
  await t.as(await t.world.staff('MS', 'supervisor'), 'get', `/hubs/${FM}/waiting`).expect(404);
});
