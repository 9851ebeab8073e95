import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let coordinator: TestPerson;
let supervisor: TestPerson;
let agent: TestPerson;
let stranger: TestPerson;
let reference: string;
let ticketId: string;

beforeAll(async () => {
  t = await TestApp.start();
  coordinator = await t.world.coordinator();
  supervisor = await t.world.staff('FM', 'supervisor');
  agent = await t.world.staff('FM', 'agent');
  stranger = await t.world.staff('MS', 'supervisor');
  const member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const { body } = await t.ask(member, { subject: 'Un sujet secret' }).expect(201);
  [reference, ticketId] = [body.reference, body.id];
  const person = `/accounts/${agent.accountId}`;
  await t.as(supervisor, 'patch', person).set('if-match', '"v1"').send({ cleared: true }).expect(200);
  const sealed = () => t.world.client.query('select 1 from event_seal limit 1').then(({ rows }) => rows.length > 0);
  await t.until(async () => (await sealed()) && (await pageOf(supervisor)).seal.state === 'sealed');
}, 60_000);
afterAll(() => t?.stop());

async function pageOf(person: TestPerson, query = '') {
  const { body } = await t.as(person, 'get', `/audit${query}`).expect(200);
  return body as {
    items: {
      id: string;
      type: string;
      hubId: string;
      actor: { id: string; name: string } | null;
      person: { id: string; name: string } | null;
      ticket: { reference: string } | null;
      details: { label: { fr: string }; before: { fr: string } | null; after: { fr: string } | null }[];
      words: { fr: string; ar: string };
      sealed: boolean;
    }[];
    nextCursor: string | null;
    seal: { state: string; brokenSeals: string[] };
  };
}

test('a supervisor reads who did what in the hub, with what it changed', async () => {
  const { items } = await pageOf(supervisor, '?type=account');
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    type: 'account.role-changed',
    actor: { id: supervisor.accountId, name: 'supervisor FM' },
    person: { id: agent.accountId, name: 'agent FM' },
    sealed: true,
  });
  expect(items[0].details).toEqual([
    expect.objectContaining({
      label: expect.objectContaining({ fr: 'Dossiers confidentiels' }),
      before: expect.objectContaining({ fr: 'non' }),
      after: expect.objectContaining({ fr: 'oui' }),
    }),
  ]);
});

test('the story of a ticket is found by its reference, in its own hub alone', async () => {
  const { items } = await pageOf(supervisor, `?ticket=${reference.toLowerCase()}`);
  expect(items.map((one) => one.type)).toContain('ticket.created');
  expect(items.every((one) => one.ticket?.reference === reference)).toBe(true);
  expect(JSON.stringify(items)).not.toContain('secret');
  for (const ticket of [reference, ticketId]) await t.as(stranger, 'get', `/audit?ticket=${ticket}`).expect(404);
  expect((await pageOf(stranger)).items.filter((one) => one.hubId !== stranger.hubId)).toEqual([]);
  const refused = await t.as(coordinator, 'get', `/audit?ticket=${reference}`).expect(400);
  expect(refused.body.errors[0].pointer).toBe('?ticket');
});

test('a coordinator reads how the programme is run, and no ticket', async () => {
  const { items } = await pageOf(coordinator);
  expect(items.map((one) => one.type)).toContain('account.role-changed');
  expect(items.filter((one) => one.ticket || /^(ticket|clock|contact|association)/.test(one.type))).toEqual([]);
  expect((await pageOf(coordinator, '?type=ticket')).items).toEqual([]);
  const rows = await t.world.client.query<{ n: number }>(
    `begin; set local role sanad_national; select count(*)::int as n from event where ticket_id is not null or association_id is not null; rollback`,
  );
  expect((rows as unknown as { rows: { n: number }[] }[])[2].rows[0].n).toBe(0);
});

test('pages follow each other without a gap, and a cursor is of its list', async () => {
  const all = (await pageOf(supervisor, '?limit=100')).items.map((one) => one.id);
  const first = await pageOf(supervisor, '?limit=2');
  const second = await pageOf(supervisor, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map((one) => one.id)).toEqual(all.slice(0, 4));
  await t.as(stranger, 'get', `/audit?cursor=${first.nextCursor}`).expect(400);
});

test('periods are local days, and one that is over shows nothing new', async () => {
  expect((await pageOf(supervisor, '?from=2020-01-01&to=2020-12-31')).items).toEqual([]);
  await t.as(supervisor, 'get', '/audit?from=2026-02-30').expect(400);
  await t.as(supervisor, 'get', '/audit?from=2026-03-02&to=2026-03-01').expect(400);
  await t.as(await t.world.staff('FM', 'agent'), 'get', '/audit').expect(403);
  const { body } = await t.as(coordinator, 'get', '/audit/types').expect(200);
  expect(body.items.map((one: { type: string }) => one.type)).not.toContain('ticket.created');
});

test('the state says how the program does, to coordinators alone', async () => {
  const { body } = await t.as(coordinator, 'get', '/system').expect(200);
  expect(body.database.migrations).toBe(body.database.knownMigrations);
  expect(body.zone.right).toBe(true);
  expect(body.queues.every((one: { depth: number | null }) => one.depth !== null)).toBe(true);
  expect(body.disk.freeBytes).toBeGreaterThan(0);
  expect(body.seal.lastSealedAt).not.toBeNull();
  await t.as(supervisor, 'get', '/system').expect(403);
  await t.as(supervisor, 'post', '/system/outbox/requeue').send({}).expect(403);
});

test('what was given up is tried again once somebody says so, and that is noted', async () => {
  const { client } = t.world;
  const dead = `update outbox set done_at = null, dead_at = now(), attempts = 8, last_error = 'ETIMEDOUT'
    where (event_id, consumer) in (select event_id, consumer from outbox where consumer = 'notification' and done_at is not null limit 1)`;
  expect((await client.query(dead)).rowCount).toBe(1);
  const { body: before } = await t.as(coordinator, 'get', '/system').expect(200);
  expect(before.outbox.find((one: { dead: number }) => one.dead > 0)).toMatchObject({
    consumer: 'notification',
    dead: 1,
    errors: ['ETIMEDOUT'],
  });
  await t.as(coordinator, 'post', '/system/outbox/requeue').send({ consumer: 'ships' }).expect(400);
  const done = await t.as(coordinator, 'post', '/system/outbox/requeue').send({ consumer: 'notification' }).expect(200);
  expect(done.body).toEqual({ requeued: 1, left: 0 });
  await t.until(async () => {
    const { rows } = await client.query('select 1 from outbox where done_at is null');
    return rows.length === 0;
  });
  const { items } = await pageOf(coordinator, '?type=outbox.requeued');
  expect(items).toMatchObject([{ actor: { id: coordinator.accountId }, details: expect.any(Array) }]);
});

test('a changed log is seen on the page that shows it', async () => {
  const page = await pageOf(supervisor, '?type=account');
  await t.world.client.query(`update event set data = data || '{"x": 1}' where id = $1`, [page.items[0].id]);
  const broken = await pageOf(supervisor, '?type=account');
  expect(broken.seal.state).toBe('broken');
  expect(broken.seal.brokenSeals).toHaveLength(1);
});
