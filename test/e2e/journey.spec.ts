import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES');
  member = await t.world.person(association, 'member');
  agent = await t.world.staff('FM', 'agent');
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
}, 60_000);
afterAll(() => t?.stop());

test('a question asked in Arabic is promised, assigned, answered and told', async () => {
  const asked = await t
    .ask(member, { subject: 'تأخر الوصل النهائي', body: 'مضت أربعة وسبعون يوما على الوصل المؤقت. ماذا نفعل؟' })
    .expect(201);
  expect(asked.body.reference).toMatch(/^FM-\d\d-\d{6}-\d$/);
  expect(asked.body).toMatchObject({ status: 'new', language: 'ar', kind: 'legal', hub: { code: 'FM' }, version: 1 });
  expect(asked.headers.etag).toBe('"v1"');
  const { firstResponse, resolution } = asked.body.promise;
  expect(new Date(firstResponse.dueAt).getTime()).toBeGreaterThan(Date.now());
  expect(firstResponse.dueLocal).toMatch(/\+00:00$/);
  expect(new Date(resolution.dueAt) > new Date(firstResponse.dueAt)).toBe(true);
  expect(asked.body.routing.ar).toContain('قطب');

  const taken = await t.until(async () => {
    const { body } = await t.as(agent, 'get', `/tickets/${asked.body.id}`).expect(200);
    return body.assignee && body;
  });
  expect(taken).toMatchObject({ status: 'open', assignee: { id: agent.accountId } });

  const answer = await t
    .write(agent, asked.body.reference, { body: 'يمكنكم العمل بالوصل المؤقت وفق قانونكم الأساسي.' })
    .expect(201);
  expect(answer.body).toMatchObject({ direction: 'rtl', authorKind: 'staff' });
  expect(answer.body.legalNotice).toContain('محام');

  const after = await t.as(member, 'get', `/tickets/${asked.body.id}`).expect(200);
  expect(after.body.status).toBe('answered');
  expect(after.body.promise.firstResponse.state).toBe('met');
  expect(after.body.promise.resolution.state).toBe('paused');
  const messages = await t.as(member, 'get', `/tickets/${asked.body.id}/messages`).expect(200);
  expect(messages.body.items.map((one: { authorKind: string }) => one.authorKind)).toEqual(['requester', 'staff']);

  const mails = await t.until(async () => {
    const { rows } = await t.world.client.query(
      'select template, language from mail_message where sent_at is not null order by created_at',
    );
    return rows.length >= 2 && rows;
  });
  expect(mails).toEqual([
    { template: 'received', language: 'ar' },
    { template: 'answered', language: 'ar' },
  ]);

  const history = await t.as(agent, 'get', `/tickets/${asked.body.id}/events`).expect(200);
  expect(history.body.items[0].text.fr).toContain('Pôle de la région');

  const figures = await t.until(async () => {
    const { body } = await t.as(supervisor, 'get', `/hubs/${t.world.hubs.FM}/live`).expect(200);
    return body.waiting === 0 && body.open === 1 && body;
  });
  expect(figures.byAgent).toEqual([expect.objectContaining({ accountId: agent.accountId, open: 1 })]);
});
