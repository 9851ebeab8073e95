import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

let t: TestApp;
let association: string;
let manager: TestPerson;
let member: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  association = await t.world.association('FM', 'MA-FES', 'Association Essai');
  manager = await t.world.person(association, 'manager');
  member = await t.world.person(association, 'member');
  stranger = await t.world.person(await t.world.association('FM', 'MA-FES'), 'manager');
}, 60_000);
afterAll(() => t?.stop());
beforeEach(() => t.world.client.query('delete from login_attempt'));

const CHOSEN = 'une longue phrase bien choisie';
const newcomer = () => `new.${randomUUID().slice(0, 8)}@test.example.org`;
const invite = (by: Pick<TestPerson, 'token'>, email: string, body: object = {}) =>
  t
    .as(by, 'post', `/associations/${association}/invitations`)
    .send({ email, name: 'فاطمة', role: 'member', locale: 'ar', ...body });
const tokenFor = async (email: string): Promise<string> => {
  const { rows } = await t.world.client.query<{ text: string }>(
    "select text from mail_message where template = 'association_invitation' and to_address = $1 order by created_at desc",
    [email],
  );
  return /#token=([\w-]{43})$/m.exec(rows[0].text)![1];
};
const accept = (token: string, password: string = CHOSEN) =>
  t.as(null, 'post', '/member-invitations/acceptance').send({ token, password });
const end = (by: Pick<TestPerson, 'token'>, account: string, to: string | null) =>
  t.as(by, 'put', `/associations/${association}/members/${account}/mandate`).send({ to });
const today = () => new Date().toISOString().slice(0, 10);

test('a person invited by the manager looks, accepts once, and acts for the association', async () => {
  const email = newcomer();
  const { body: invitation } = await invite(manager, email).expect(201);
  expect(invitation).toMatchObject({ email, role: 'member', state: 'open', from: today(), to: null });
  const token = await tokenFor(email);
  const { body: seen } = await t.as(null, 'post', '/member-invitations/lookup').send({ token }).expect(200);
  expect(seen).toMatchObject({ email, associationFr: 'Association Essai', locale: 'ar', hasAccount: false });
  expect((await accept(token, 'court').expect(400)).body.errors[0].pointer).toBe('/password');
  const answers = await Promise.all([accept(token), accept(token)]);
  expect(answers.map((one) => one.status).sort()).toEqual([201, 404]);
  await accept(token).expect(404);
  const { body: session } = await t.as(null, 'post', '/sessions').send({ email, password: CHOSEN }).expect(201);
  expect(session.membership).toMatchObject({ role: 'member', associationId: association });
  await t.ask(session).expect(201);
  const { body: list } = await t.as(manager, 'get', `/associations/${association}/invitations`).expect(200);
  expect(list.items[0]).toMatchObject({ email, state: 'accepted' });
});

test('who has an account proves it, and a later invitation ends the earlier', async () => {
  await invite(manager, stranger.email).expect(201);
  const first = await tokenFor(stranger.email);
  await invite(manager, stranger.email).expect(201);
  const second = await tokenFor(stranger.email);
  await accept(first, PASSWORD).expect(404);
  await accept(second, CHOSEN).expect(401);
  await accept(second, PASSWORD).expect(201);
  await invite(manager, stranger.email).expect(409);
});

test('an invitation that was taken back or has run out is worth nothing', async () => {
  const email = newcomer();
  const { body } = await invite(manager, email).expect(201);
  await t.as(manager, 'delete', `/associations/${association}/invitations/${body.id}`).expect(204);
  await t.as(manager, 'delete', `/associations/${association}/invitations/${body.id}`).expect(404);
  await accept(await tokenFor(email)).expect(404);
  const late = newcomer();
  await invite(manager, late).expect(201);
  await t.world.client.query("update association_invitation set expires_at = now() - interval '1 s' where email = $1", [
    late,
  ]);
  await accept(await tokenFor(late)).expect(404);
  for (const token of ['x', 'A'.repeat(43)]) await accept(token).expect(404);
  for (const token of ['', null, []]) {
    await t.as(null, 'post', '/member-invitations/acceptance').send({ token, password: CHOSEN }).expect(400);
  }
});

test('a mandate that ends today ends now, sessions included; the last manager stays', async () => {
  const leaving = await t.world.person(association, 'member');
  await t.as(leaving, 'get', '/me').expect(200);
  expect((await end(manager, leaving.accountId, '2999-01-01').expect(400)).body.errors[0].pointer).toBe('/to');
  expect((await end(manager, leaving.accountId, '2100-01-01').expect(200)).body).toMatchObject({
    to: '2100-01-01',
    current: true,
  });
  await end(manager, leaving.accountId, null).expect(200);
  const ended = await end(manager, leaving.accountId, today()).expect(200);
  expect(ended.body).toMatchObject({ accountId: leaving.accountId, to: today(), current: false });
  await t.as(leaving, 'get', '/me').expect(401);
  await end(manager, leaving.accountId, today()).expect(404);
  expect((await end(manager, manager.accountId, today()).expect(409)).body.code).toBe('status_not_allowed');
  const supervisor = await t.world.staff('FM', 'supervisor');
  const second = await t.world.person(association, 'manager');
  await end(supervisor, second.accountId, today()).expect(200);
});

test('members, other associations and other hubs cannot', async () => {
  const email = newcomer();
  await invite(member, email).expect(403);
  const other = await t.world.person(await t.world.association('FM', 'MA-FES'), 'manager');
  await invite(other, email).expect(404);
  await end(other, member.accountId, today()).expect(404);
  await t.as(other, 'get', `/associations/${association}/invitations`).expect(404);
  await invite(await t.world.staff('MS', 'supervisor'), email).expect(404);
  await invite(await t.world.staff('FM', 'agent'), email).expect(403);
  await invite(manager, email, { role: 'supervisor' }).expect(400);
  await invite(manager, email, { from: '2026-05-02', to: '2026-05-01' }).expect(400);
  await invite(manager, email, { hubId: randomUUID() }).expect(400);
  const { rows } = await t.world.client.query('select 1 from association_invitation where email = $1', [email]);
  expect(rows).toEqual([]);
});
