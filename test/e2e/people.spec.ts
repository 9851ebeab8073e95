import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let colleague: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let foreign: TestPerson;
let coordinator: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  colleague = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  other = await t.world.staff('MS', 'agent', []);
  foreign = await t.world.staff('MS', 'supervisor', []);
  coordinator = await t.world.coordinator();
}, 60_000);
afterAll(() => t?.stop());

interface Listed {
  accountId: string;
  email: string;
  version: number;
  role: string;
  status: string;
  openTickets: number;
  lastSignInAt: string | null;
}
const tag = (version: number) => `"v${version}"`;
const people = async (by: TestPerson, query = ''): Promise<Listed[]> =>
  (await t.as(by, 'get', `/accounts${query}`).expect(200)).body.items;
const version = async (by: TestPerson, of: { accountId: string }) =>
  (await people(by)).find((one) => one.accountId === of.accountId)!.version;
const act = async (by: TestPerson, of: { accountId: string }, what: string, body?: object) =>
  t
    .as(by, 'post', `/accounts/${of.accountId}/${what}`)
    .set('if-match', tag(await version(by, of)))
    .send(body);

async function given(to: TestPerson, restricted = false): Promise<string> {
  const asked = (await t.ask(member).expect(201)).body;
  if (restricted)
    await t.world.client.query(`update ticket set confidentiality = 'restricted' where id = $1`, [asked.id]);
  await t
    .as(supervisor, 'put', `/tickets/${asked.id}/assignment`)
    .set('if-match', tag(asked.version))
    .send({ assigneeId: to.accountId })
    .expect(restricted && to !== supervisor ? 400 : 200);
  return asked.id;
}
const assignee = async (id: string): Promise<string | null> =>
  (await t.world.client.query('select assignee_id from ticket where id = $1', [id])).rows[0].assignee_id;

/** The token that the latest mail to an address carries. */
const token = (email: string, nth = 1): Promise<string> =>
  t.until(async () => {
    const { rows } = await t.world.client.query<{ text: string }>(
      `select text from mail_message where to_address = $1 and template = 'invitation' order by created_at desc`,
      [email],
    );
    return rows.length >= nth && /#([\w-]{43})/.exec(rows[0].text)?.[1];
  });
const invite = (by: TestPerson, body: object) =>
  t.as(by, 'post', '/invitations').send({ name: 'Nadia', role: 'agent', ...body });

describe('the list', () => {
  test('holds one’s own people and nobody else', async () => {
    const ids = (await people(supervisor)).map((one) => one.accountId);
    expect(ids.sort()).toEqual([agent, colleague, supervisor].map((one) => one.accountId).sort());
    const programme = await people(coordinator);
    expect(programme.map((one) => one.role).sort()).toEqual(['coordinator', 'supervisor', 'supervisor']);
    for (const one of [agent, member]) await t.as(one, 'get', '/accounts').expect(403);
    const [found] = await people(supervisor, `?q=${encodeURIComponent(agent.email.toUpperCase())}`);
    expect(found).toMatchObject({ email: agent.email, role: 'agent', status: 'active', lastSignInAt: null });
  });

  test('is paged by name, and says when somebody was last here', async () => {
    const first = (await t.as(supervisor, 'get', '/accounts?limit=2').expect(200)).body;
    const next = (await t.as(supervisor, 'get', `/accounts?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
    expect([...first.items, ...next.items]).toHaveLength(3);
    expect(next.nextCursor).toBeNull();
    await t.as(foreign, 'get', `/accounts?limit=2&cursor=${first.nextCursor}`).expect(400);
    await t.as(null, 'post', '/sessions').send({ email: colleague.email, password: PASSWORD }).expect(201);
    expect((await people(supervisor, `?q=${colleague.email}`))[0].lastSignInAt).not.toBeNull();
  });
});

describe('invitations', () => {
  test('make an account, once, with a password that will do', async () => {
    const email = 'nadia@test.example.org';
    const invitation = (await invite(supervisor, { email, locale: 'ar', languages: ['ar'] }).expect(201)).body;
    expect(invitation).toMatchObject({ state: 'open', role: 'agent', hubId: t.world.hubs.FM });
    expect(JSON.stringify(invitation)).not.toMatch(/token/i);
    await invite(supervisor, { email }).expect(409);
    const secret = await token(email);
    const look = await t.as(null, 'post', '/invitations/lookup').send({ token: secret }).expect(200);
    expect(look.body).toMatchObject({ email, role: 'agent', hasAccount: false, locale: 'ar' });
    const accept = (password: string, given = secret) =>
      t.as(null, 'post', '/invitations/acceptance').send({ token: given, password });
    expect((await accept('Motdepasse2026!').expect(400)).body.errors[0].code).toBe('too_common');
    await accept(PASSWORD, `${secret.slice(0, -2)}AA`).expect(404);
    const both = await Promise.all([accept(PASSWORD), accept(PASSWORD)]);
    expect(both.map((one) => one.status).sort()).toEqual([201, 404]);
    const signedIn = await t.as(null, 'post', '/sessions').send({ email, password: PASSWORD }).expect(201);
    expect(signedIn.body.membership).toMatchObject({ role: 'agent', hubId: t.world.hubs.FM });
    const { rows } = await t.world.client.query('select skill_code from agent_skill where account_id = $1', [
      signedIn.body.accountId,
    ]);
    expect(rows).toEqual([{ skill_code: 'ar' }]);
    await invite(supervisor, { email }).expect(409);
  });

  test('a new mail ends the token before; one taken back or run out is good for nothing', async () => {
    const email = 'driss@test.example.org';
    const { id } = (await invite(supervisor, { email }).expect(201)).body;
    const old = await token(email);
    const step = (what: string, v: number, by = supervisor) =>
      t.as(by, 'post', `/invitations/${id}/${what}`).set('if-match', tag(v));
    await step('mail', 1, foreign).expect(404);
    expect((await step('mail', 1).expect(200)).body.version).toBe(2);
    const fresh = await token(email, 2);
    expect(fresh).not.toBe(old);
    await t.as(null, 'post', '/invitations/lookup').send({ token: old }).expect(404);
    await step('revocation', 1).expect(412);
    await step('revocation', 2).expect(200);
    await t.as(null, 'post', '/invitations/lookup').send({ token: fresh }).expect(404);
    await invite(supervisor, { email }).expect(201);
    const third = await token(email, 3);
    await t.world.client.query(`update invitation set expires_at = now() where email = $1`, [email]);
    await t.as(null, 'post', '/invitations/acceptance').send({ token: third, password: PASSWORD }).expect(404);
    await invite(supervisor, { email }).expect(201);
  });

  test('who has an account proves it and works in two hubs', async () => {
    const email = other.email;
    await invite(supervisor, { email, role: 'expert' }).expect(201);
    const secret = await token(email);
    const accept = (password: string) =>
      t.as(null, 'post', '/invitations/acceptance').send({ token: secret, password });
    expect((await accept('not the password').expect(401)).body.code).toBe('invalid_credentials');
    expect((await accept(PASSWORD).expect(201)).body.accountId).toBe(other.accountId);
    expect((await t.as(other, 'get', '/me').expect(200)).body.memberships).toHaveLength(2);
  });

  test('roles are given by those who may', async () => {
    const pointer = async (by: TestPerson, body: object) =>
      (await invite(by, { email: 'x@test.example.org', ...body }).expect(400)).body.errors[0].pointer;
    expect(await pointer(supervisor, { role: 'coordinator' })).toBe('/role');
    expect(await pointer(coordinator, { hubId: t.world.hubs.MS })).toBe('/role');
    expect(await pointer(coordinator, { role: 'supervisor' })).toBe('/hubId');
    expect(await pointer(supervisor, { role: 'manager' })).toBe('/role');
    await invite(supervisor, { email: 'x@test.example.org', hubId: t.world.hubs.MS }).expect(404);
    await invite(agent, { email: 'x@test.example.org' }).expect(403);
    for (const bad of ['', 'a'.repeat(42), null, ['a'], 'a'.repeat(43)]) {
      const answer = await t.as(null, 'post', '/invitations/lookup').send({ token: bad });
      expect([400, 404]).toContain(answer.status);
    }
    const made = await invite(coordinator, { email: 'y@test.example.org', role: 'supervisor', hubId: t.world.hubs.MS });
    expect(made.body).toMatchObject({ role: 'supervisor', hubId: t.world.hubs.MS });
  });
});

describe('roles', () => {
  test('a change signs out, and is made from what was read', async () => {
    const person = await t.world.staff('FM', 'agent', []);
    const change = (v: number, body: object, by = supervisor) =>
      t.as(by, 'patch', `/accounts/${person.accountId}`).set('if-match', tag(v)).send(body);
    await t.as(person, 'get', '/me').expect(200);
    expect((await change(1, { role: 'supervisor', cleared: true }).expect(200)).body).toMatchObject({
      role: 'supervisor',
      cleared: true,
      version: 2,
    });
    await t.as(person, 'get', '/me').expect(401);
    await change(1, { role: 'agent' }).expect(412);
    await change(2, { role: 'coordinator' }).expect(400);
    await change(2, { role: 'agent' }, foreign).expect(404);
    await change(2, { role: 'agent' }).expect(200);
  });

  test('the last supervisor stays, also when two leave at once', async () => {
    expect((await (await act(supervisor, supervisor, 'deactivation', {})).body).code).toBe('status_not_allowed');
    const second = await t.world.staff('FM', 'supervisor', []);
    const versions = [await version(supervisor, supervisor), await version(supervisor, second)];
    const demote = (by: TestPerson, of: TestPerson, v: number) =>
      t.as(by, 'patch', `/accounts/${of.accountId}`).set('if-match', tag(v)).send({ role: 'agent' });
    const both = await Promise.all([demote(supervisor, second, versions[1]), demote(second, supervisor, versions[0])]);
    expect(both.map((one) => one.status).filter((status) => status === 200)).toHaveLength(1);
    const { rows } = await t.world.client.query(
      `select account_id from membership where hub_id = $1 and role = 'supervisor'`,
      [t.world.hubs.FM],
    );
    expect(rows).toHaveLength(1);
    // Whoever is left, the tests go on with the one they know.
    await t.world.client.query(`update membership set role = 'supervisor' where account_id = $1`, [
      supervisor.accountId,
    ]);
    supervisor = { ...supervisor, token: await t.world.session(supervisor.accountId, supervisor.membershipId) };
    await t.world.client.query(`update membership set role = 'agent' where account_id = $1`, [second.accountId]);
  });
});

describe('leaving', () => {
  test('hands open tickets to a colleague, those it may not read to the queue, once', async () => {
    const leaver = await t.world.staff('FM', 'agent', [], true);
    const [plain, secret] = [await given(leaver), await given(leaver)];
    await t.world.client.query(`update ticket set confidentiality = 'restricted' where id = $1`, [secret]);
    const before = await version(supervisor, leaver);
    const answer = await act(supervisor, leaver, 'deactivation', { colleagueId: colleague.accountId });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { toColleague: 1, toQueue: 1, person: { status: 'inactive' } },
    ]);
    expect([await assignee(plain), await assignee(secret)]).toEqual([colleague.accountId, null]);
    await t.as(leaver, 'get', '/me').expect(401);
    await t.as(null, 'post', '/sessions').send({ email: leaver.email, password: PASSWORD }).expect(401);
    await t
      .as(supervisor, 'post', `/accounts/${leaver.accountId}/deactivation`)
      .set('if-match', tag(before))
      .send({})
      .expect(412);
    const events = (await t.as(supervisor, 'get', `/tickets/${plain}/events`).expect(200)).body.items;
    expect(events.filter((one: { type: string }) => one.type === 'ticket.assigned')).toHaveLength(2);
    expect((await act(supervisor, leaver, 'reactivation')).status).toBe(200);
    await t.as(null, 'post', '/sessions').send({ email: leaver.email, password: PASSWORD }).expect(201);
  });

  test('to nobody of another hub, nor to oneself', async () => {
    for (const colleagueId of [foreign.accountId, agent.accountId]) {
      const answer = await act(supervisor, agent, 'deactivation', { colleagueId });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, '/colleagueId']);
    }
    await t
      .as(foreign, 'post', `/accounts/${agent.accountId}/deactivation`)
      .set('if-match', tag(1))
      .send({})
      .expect(404);
    expect((await people(supervisor, `?q=${agent.email}`))[0].status).toBe('active');
  });

  test('one hub is left, the other goes on', async () => {
    const both = (await people(supervisor, `?q=${other.email}`))[0];
    expect(both.role).toBe('expert');
    expect((await act(supervisor, other, 'deactivation', {})).status).toBe(200);
    await t.as(other, 'get', '/me').expect(200);
  });
});
