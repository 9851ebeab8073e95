import { dateOfDay, dayNumber, localParts } from '@app/domain/zone';
import { LegalDeadlinesService } from '@app/features/tickets/legal-deadlines.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;
let foreign: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  foreign = await t.world.staff('MS', 'agent', []);
}, 60_000);
afterAll(() => t?.stop());

const today = (): string => localParts(new Date()).date;
const daysFromNow = (days: number): string => dateOfDay(dayNumber(today()) + days);
const asked = async (body: object = {}) => (await t.ask(member, { categoryCode: 'CRE.05', ...body }).expect(201)).body;
const list = (id: string, by = agent) => t.as(by, 'get', `/tickets/${id}/legal-deadlines`);
const set = (id: string, version: number, items: unknown, by = agent) =>
  t.as(by, 'put', `/tickets/${id}/legal-deadlines`).set('if-match', `"v${version}"`).send({ items });
const read = async (id: string, by = agent) => (await t.as(by, 'get', `/tickets/${id}`).expect(200)).body;
const eventsOf = async (id: string) =>
  (
    await t.world.client.query<{ type: string; data: object }>(
      `select type, data from event where ticket_id = $1 and type like 'legal.%' order by id`,
      [id],
    )
  ).rows;

test('the category names its delays with their basis; a day of the case gives the last day', async () => {
  const ticket = await asked();
  expect(ticket.nextLegalDeadline).toBeNull();
  const { body } = await list(ticket.id).expect(200);
  expect(body.items).toEqual([
    expect.objectContaining({
      item: 0,
      value: 60,
      unit: 'calendar_days',
      ref: 'L4190',
      articles: '23',
      confidence: 'high',
      from: null,
      on: null,
    }),
  ]);
  const answer = await set(ticket.id, ticket.version, [{ item: 0, from: today() }]).expect(200);
  const last = daysFromNow(60);
  expect(answer.body.items[0]).toMatchObject({ from: today(), on: last, near: false, passed: false });
  expect(answer.headers.etag).toBe(`"v${ticket.version + 1}"`);
  for (const who of [agent, member]) {
    expect((await read(ticket.id, who)).nextLegalDeadline).toBe(last);
    expect((await list(ticket.id, who).expect(200)).body.items[0].on).toBe(last);
  }
  const again = await set(ticket.id, ticket.version + 1, []).expect(200);
  expect(again.body.items[0]).toMatchObject({ from: null, on: null });
  expect((await read(ticket.id)).nextLegalDeadline).toBeNull();
});

test('what is near by law comes before every promise, in every page of the order, and is told once', async () => {
  const tickets = [
    await asked({ categoryCode: 'CRE.01' }),
    await asked(),
    await asked(),
    await asked({ categoryCode: 'CRE.01' }),
  ];
  const [, near, nearer] = tickets;
  // Sixty days that began 55 and 57 days ago.
  await set(near.id, near.version, [{ item: 0, from: daysFromNow(-55) }]).expect(200);
  await set(nearer.id, nearer.version, [{ item: 0, from: daysFromNow(-57) }]).expect(200);
  const order: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = `/tickets?sort=due&open=true&limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const { body } = await t.as(agent, 'get', query).expect(200);
    order.push(...body.items.map((item: { id: string }) => item.id));
    cursor = body.nextCursor;
  } while (cursor);
  expect(order.slice(0, 2)).toEqual([nearer.id, near.id]);
  expect(new Set(order).size).toBe(order.length);
  const legal = t.app.get(LegalDeadlinesService);
  await Promise.all([legal.sweep(), legal.sweep()]);
  const told = await t.until(async () => {
    const { rows } = await t.world.client.query<{ account_id: string }>(
      `select account_id from notification where ticket_id = $1 and kind = 'legal_near'`,
      [near.id],
    );
    return rows.length > 0 && rows;
  });
  expect(told).toEqual([{ account_id: supervisor.accountId }]);
  expect((await eventsOf(near.id)).map((event) => event.type)).toEqual(['legal.set', 'legal.near']);
  const { rows: mails } = await t.world.client.query(
    `select subject, text from mail_message where ticket_id = $1 and template = 'legal_near'`,
    [near.id],
  );
  expect(mails).toHaveLength(1);
  expect((await list(near.id)).body.items[0]).toMatchObject({ near: true, passed: false });
  // The version that people have read still holds.
  expect((await read(near.id)).version).toBe(near.version + 1);
});

test('a delay that is over already is noted as such; entering the same day again tells nobody twice', async () => {
  const ticket = await asked();
  await set(ticket.id, ticket.version, [{ item: 0, from: daysFromNow(-100) }]).expect(200);
  const legal = t.app.get(LegalDeadlinesService);
  await legal.sweep();
  await set(ticket.id, ticket.version + 1, [{ item: 0, from: daysFromNow(-100) }]).expect(200);
  await legal.sweep();
  expect((await eventsOf(ticket.id)).map((event) => event.type)).toEqual(['legal.set', 'legal.passed', 'legal.set']);
  expect((await list(ticket.id)).body.items[0]).toMatchObject({ passed: true });
});

test.each<[string, unknown, string]>([
  ['a day that does not exist', [{ item: 0, from: '2026-02-30' }], '/items/0/from'],
  ['no day', [{ item: 0, from: 'demain' }], '/items/0/from'],
  ['a delay that the category has not', [{ item: 7, from: '2026-11-23' }], '/items/0/item'],
  [
    'the same delay twice',
    [
      { item: 0, from: '2026-11-23' },
      { item: 0, from: '2026-11-24' },
    ],
    '/items/1/item',
  ],
  ['a number that is none', [{ item: 'x', from: '2026-11-23' }], '/items/0/item'],
  ['no list', 'x', '/items'],
  ['a foreign field', [{ item: 0, from: '2026-11-23', at: 1 }], '/items/0/at'],
])('%s is refused with its place', async (_, items, pointer) => {
  const ticket = await asked();
  const { body } = await set(ticket.id, ticket.version, items).expect(400);
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  expect(await eventsOf(ticket.id)).toEqual([]);
});

test('only the hub enters days, from the version it has read', async () => {
  const ticket = await asked();
  const items = [{ item: 0, from: today() }];
  await set(ticket.id, ticket.version, items, foreign).expect(404);
  await list(ticket.id, foreign).expect(404);
  await set(ticket.id, ticket.version, items, member).expect(403);
  await set(ticket.id, ticket.version + 1, items).expect(412);
  await t.as(agent, 'put', `/tickets/${ticket.id}/legal-deadlines`).send({ items }).expect(428);
});
