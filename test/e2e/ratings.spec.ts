import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let other: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES');
  member = await t.world.person(association, 'member');
  other = await t.world.person(await t.world.association('FM', 'MA-FES'), 'manager');
  agent = await t.world.staff('FM', 'agent');
  supervisor = await t.world.staff('FM', 'supervisor');
}, 60_000);
afterAll(() => t?.stop());

const rate = (by: Pick<TestPerson, 'token'>, ticket: string, body: object) =>
  t.as(by, 'put', `/tickets/${ticket}/rating`).send(body);
const answered = async (): Promise<{ id: string; reference: string }> => {
  const { body } = await t.ask(member, { subject: `Question ${randomUUID()}` }).expect(201);
  await t.write(agent, body.id, { body: 'Voici la réponse.' }).expect(201);
  return body;
};
const report = async (query: object = {}) =>
  (await t.as(supervisor, 'get', '/reports/ratings').query(query).expect(200)).body;

test('who asked gives one note after the answer, and may change it', async () => {
  const { body: fresh } = await t.ask(member).expect(201);
  expect((await t.as(member, 'get', `/tickets/${fresh.id}/rating`).expect(200)).body).toEqual({
    allowed: false,
    rating: null,
  });
  await rate(member, fresh.id, { score: 5 }).expect(409);
  const ticket = await answered();
  const before = await report();
  await rate(member, ticket.reference, { score: 2, reason: 'unclear', comment: 'لم أفهم' }).expect(200);
  await rate(member, ticket.id, { score: 4 }).expect(200);
  const { body } = await t.as(agent, 'get', `/tickets/${ticket.id}/rating`).expect(200);
  expect(body).toMatchObject({ allowed: true, rating: { score: 4, reason: null, comment: null } });
  const after = await report();
  expect(after.n).toBe(before.n + 1);
  expect(after.items[0]).toMatchObject({ reference: ticket.reference, score: 4, agent: { id: agent.accountId } });
  expect(after.byScore.reduce((sum: number, n: number) => sum + n, 0)).toBe(after.n);
  const history = await t.as(agent, 'get', `/tickets/${ticket.id}/events`).expect(200);
  const rated = history.body.items.filter((one: { type: string }) => one.type === 'ticket.rated');
  expect(rated.at(-1).text).toEqual({ fr: 'Réponse notée 4 sur 5', ar: 'نقطة الجواب: 4 من 5' });
});

test('the page behind the link of the mail shows, and saves only when asked to', async () => {
  const ticket = await answered();
  const mail = await t.until(async () => {
    const { rows } = await t.world.client.query<{ text: string; html: string }>(
      "select text, html from mail_message where ticket_id = $1 and template = 'answered'",
      [ticket.id],
    );
    return rows[0];
  });
  const token = /\/fr\/rate\/([\w-]{43})$/m.exec(mail.text)![1];
  expect(mail.html).toContain(`/fr/rate/${token}?score=5"`);
  const { body } = await t.as(null, 'get', `/ratings/${token}?`).expect(200);
  expect(body).toMatchObject({
    reference: ticket.reference,
    hub: { code: 'FM' },
    locale: 'fr',
    allowed: true,
    rating: null,
  });
  expect(JSON.stringify(body)).not.toContain('Question');
  await t.as(null, 'put', `/ratings/${token}`).send({ score: 5, reason: 'fast' }).expect(200);
  await t.as(null, 'put', `/ratings/${token}`).send({ score: 3 }).expect(200);
  const { body: again } = await t.as(member, 'get', `/tickets/${ticket.id}/rating`).expect(200);
  expect(again.rating.score).toBe(3);
  await t.world.client.query("update rating_link set expires_at = now() - interval '1 s' where ticket_id = $1", [
    ticket.id,
  ]);
  await t.as(null, 'get', `/ratings/${token}`).expect(404);
  await t
    .as(null, 'put', `/ratings/${'A'.repeat(43)}`)
    .send({ score: 1 })
    .expect(404);
  await t.as(null, 'put', '/ratings/short').send({ score: 1 }).expect(400);
});

test('a follower rates its own ticket', async () => {
  const { body: asked } = await t
    .as(null, 'post', '/portal/requests')
    .set('idempotency-key', randomUUID())
    .send({ body: 'Question', categoryCode: 'CRE.04', placeCode: 'MA-FES', preferredLanguage: 'fr' })
    .expect(201);
  const { body: follower } = await t
    .as(null, 'post', '/portal/follow')
    .send({ reference: asked.reference, code: asked.followUpCode });
  await t.write(agent, asked.reference, { body: 'Réponse' }).expect(201);
  await rate(follower, asked.reference, { score: 1, reason: 'wrong', comment: 'Non' }).expect(200);
  await rate(follower, asked.reference, { score: 2 }).expect(200);
  await rate(follower, (await answered()).id, { score: 2 }).expect(404);
});

test('others, staff and nonsense', async () => {
  const ticket = await answered();
  await rate(other, ticket.id, { score: 5 }).expect(404);
  await rate(agent, ticket.id, { score: 5 }).expect(403);
  for (const wrong of [
    { score: 0 },
    { score: 6 },
    { score: 4.5 },
    { score: '5' },
    {},
    { score: 5, reason: 'x' },
    { score: 5, comment: '\u200b' },
  ]) {
    await rate(member, ticket.id, wrong).expect(400);
  }
  await t.as(agent, 'get', '/reports/ratings').expect(403);
  const foreign = await t.world.staff('MS', 'supervisor');
  expect((await t.as(foreign, 'get', '/reports/ratings').expect(200)).body).toMatchObject({
    n: 0,
    average: null,
    items: [],
  });
});

test('the report pages, filters and averages what it counts', async () => {
  for (const score of [5, 5, 1]) await rate(member, (await answered()).id, { score }).expect(200);
  const all = await report({ limit: 100 });
  const scores = all.items.map((one: { score: number }) => one.score);
  expect(all.n).toBe(scores.length);
  expect(all.average).toBeCloseTo(scores.reduce((a: number, b: number) => a + b, 0) / scores.length, 1);
  const first = await report({ limit: 2 });
  const second = await report({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4));
  expect((await report({ score: 1 })).items.every((one: { score: number }) => one.score === 1)).toBe(true);
  expect(await report({ from: '2020-01-01', to: '2020-01-02' })).toMatchObject({ n: 0, items: [] });
});
