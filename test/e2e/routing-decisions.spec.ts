import { ReferenceData } from '@app/features/directory/reference-data';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
}, 60_000);
afterAll(() => t?.stop());

interface Line {
  type: string;
  text: { fr: string; ar: string };
  data: Record<string, unknown>;
}

async function history(person: TestPerson, ticketId: string): Promise<Line[]> {
  return (await t.as(person, 'get', `/tickets/${ticketId}/events`).expect(200)).body.items;
}

const read = async (ticketId: string) =>
  (
    await t.world.client.query(
      `select hub_id as "hubId", assignee_id as "assigneeId", queue_id as "queueId", (select code from queue q where q.id = t.queue_id) as queue from ticket t where id = $1`,
      [ticketId],
    )
  ).rows[0];

const age = (ticketId: string) =>
  t.world.client.query(`update ticket set opened_at = opened_at - interval '20 days' where id = $1`, [ticketId]);

test('an agent never gets a case of an association it belongs to, nor one whose contact it is', async () => {
  const association = await t.world.association('FM', 'MA-FES');
  const asker = await t.world.person(association, 'member');
  const [insider, contact] = [await t.world.staff('FM', 'agent'), await t.world.staff('FM', 'agent')];
  await t.world.client.query(
    `insert into membership (id, account_id, kind, role, hub_id, association_id, valid) values (gen_random_uuid(), $1, 'association', 'member', $2, $3, '[2020-01-01,2021-01-01)')`,
    [insider.accountId, t.world.hubs.FM, association],
  );
  await t.world.client.query(
    `with c as (insert into contact (id, hub_id, association_id, name, folded, created_at) values (gen_random_uuid(), $1, $2, 'C', 'c', now()) returning id)
     insert into contact_email (id, contact_id, hub_id, association_id, email) select gen_random_uuid(), id, $1, $2, upper($3) from c`,
    [t.world.hubs.FM, association, contact.email],
  );
  const { body: asked } = await t.ask(asker).expect(201);
  const line = await t.until(async () =>
    (await history(supervisor, asked.id)).find((one) => one.type === 'work.waits'),
  );
  expect(line.data).toEqual({ why: 'in_conflict', missingSkills: [] });
  expect(line.text).toEqual({ fr: 'Attend encore : conflit d’intérêts', ar: 'ما زال في الانتظار: تضارب المصالح' });
  expect((await read(asked.id)).assigneeId).toBeNull();

  const { body: refused } = await t
    .as(supervisor, 'put', `/tickets/${asked.id}/assignment`)
    .set('if-match', '"v1"')
    .send({ assigneeId: insider.accountId })
    .expect(400);
  expect(refused.errors).toEqual([expect.objectContaining({ pointer: '/assigneeId', code: 'conflict_of_interest' })]);

  const stranger = await t.world.staff('FM', 'agent');
  const { body: again } = await t.ask(asker).expect(201);
  await t.until(async () => (await read(again.id)).assigneeId === stranger.accountId);
  const assigned = (await history(supervisor, again.id)).find((one) => one.type === 'ticket.assigned')!;
  expect(assigned.text.fr).toBe('Dossier attribué : seul conseiller qui convient');
  for (const person of [insider, contact, stranger]) {
    await t.world.client.query(`update account set status = 'disabled' where id = $1`, [person.accountId]);
  }
});

test('a hub never handles a case about the association that manages it: the national hub answers', async () => {
  const association = await t.world.association('FM', 'MA-FES');
  const asker = await t.world.person(association, 'member');
  const manages = (id: string | null) =>
    t.world.client.query('update hub set managing_association_id = $1 where code = $2', [id, 'FM']);
  await manages(association);
  await t.app.get(ReferenceData).reload();
  const { body: asked } = await t.ask(asker).expect(201);
  expect((await read(asked.id)).hubId).toBe(t.world.hubs.NT);
  expect(asked.routing.fr).toContain('géré par cette association');
  await t.as(supervisor, 'get', `/tickets/${asked.id}`).expect(404);
  const { body: mine } = await t.as(asker, 'get', `/tickets/${asked.id}`).expect(200);
  expect(mine.id).toBe(asked.id);
  const others = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const { body: other } = await t.ask(others).expect(201);
  expect((await read(other.id)).hubId).toBe(t.world.hubs.FM);

  // By name, as long as the hub names no id.
  await manages(null);
  await t.world.client.query(
    `update hub set managing_name_fr = (select name_fr from association where id = $1) where code = 'FM'`,
    [association],
  );
  await t.app.get(ReferenceData).reload();
  const { body: named } = await t.ask(asker).expect(201);
  expect((await read(named.id)).hubId).toBe(t.world.hubs.NT);
});

test('what nobody of the hub can take goes to a neighbour that has agreed, with its clocks, and the hub keeps sight', async () => {
  const asker = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const helper = await t.world.staff('MS', 'agent', ['ar']);
  const question = { body: 'مضت أربعة وسبعون يوما على الوصل المؤقت. ماذا نفعل؟', subject: 'تأخر الوصل' };
  const { body: fresh } = await t.ask(asker, question).expect(201);
  const { body: asked } = await t.ask(asker, question).expect(201);
  await t.until(async () => (await history(supervisor, asked.id)).some((one) => one.type === 'work.waits'));
  await age(asked.id);
  await t.until(async () => (await read(asked.id)).assigneeId === helper.accountId);
  expect((await read(asked.id)).hubId).toBe(t.world.hubs.MS);
  expect((await read(fresh.id)).hubId).toBe(t.world.hubs.FM);
  const { rows } = await t.world.client.query('select distinct hub_id as id from deadline where ticket_id = $1', [
    asked.id,
  ]);
  expect(rows).toEqual([{ id: t.world.hubs.MS }]);
  const words = (await history(supervisor, asked.id)).map((one) => one.text.fr);
  expect(words).toEqual(
    expect.arrayContaining([
      'Dossier réorienté : renfort d’un pôle voisin',
      'Dossier attribué : renfort d’un pôle voisin',
    ]),
  );
});

test('what waits too long in a queue goes over to the next one, once', async () => {
  const { rows } = await t.world.client.query(
    `update queue set overflow_code = 'ADMIN', overflow_after_seconds = 600 where code = 'INFO' and hub_id = $1 returning id`,
    [t.world.hubs.NT],
  );
  const asker = await t.world.person(await t.world.association('FM', 'MA-RAB'), 'member');
  const { body: asked } = await t.ask(asker, { categoryCode: 'PRG.01' }).expect(201);
  expect((await read(asked.id)).queueId).toBe(rows[0].id);
  await age(asked.id);
  await t.until(async () => (await read(asked.id)).queue === 'ADMIN');
  const { rows: events } = await t.world.client.query(
    `select data ->> 'why' as why from event where ticket_id = $1 and type = 'ticket.routed'`,
    [asked.id],
  );
  expect(events).toEqual([{ why: 'queue_overflow' }]);
});
