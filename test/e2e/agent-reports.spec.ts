import { v7 as uuid } from 'uuid';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let agent: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let stranger: TestPerson;
let coordinator: TestPerson;
let hub: string;
/** Yesterday: a whole day that lies behind. */
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const instant = (time: string): Date => new Date(`${day}T${time}:00Z`);

interface Figure {
  metric: string;
  value: number | null;
  n: number;
  list: string | null;
}
interface Row {
  key: string;
  name: { fr: string } | null;
  figures: Figure[];
}

const figure = (figures: Figure[], metric: string): Figure => figures.find((one) => one.metric === metric)!;
const report = async (by: string, person = supervisor, days = { from: day, to: day }) =>
  (await t.as(person, 'get', `/reports/agents?from=${days.from}&to=${days.to}&by=${by}`).expect(200)).body;
const plan = (person: TestPerson, account: string, body: object) =>
  t.as(person, 'put', `/hubs/${hub}/agents/${account}/plans/${day}`).send(body);
const work = (from: string, to: string, what = 'work') => ({ from, to, what });

/** A day as the tables hold it: at work from nine to twelve with a pause, then gone; one ticket in hand from 9:30 to 10:30. */
async function dayOf(account: string): Promise<void> {
  const { client, hubs } = t.world;
  const [{ id: reason }] = (
    await client.query<{ id: string }>(`select id from presence_reason where hub_id is null and code = 'break'`)
  ).rows;
  await client.query(
    `insert into agent_state (account_id, hub_id, presence, since, idle_since) values ($1, $2, 'offline', $3, $3)`,
    [account, hub, instant('12:00')],
  );
  const states: [string, string | null, string, string | null][] = [
    ['available', null, '09:00', '11:00'],
    ['away', reason, '11:00', '11:15'],
    ['available', null, '11:15', '12:00'],
    ['offline', null, '12:00', null],
  ];
  for (const [presence, why, from, to] of states) {
    await client.query(
      `insert into agent_state_log (id, account_id, hub_id, presence, reason_id, from_at, to_at, follows_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [uuid(), account, hub, presence, why, instant(from), to && instant(to), from === '09:00' ? null : instant(from)],
    );
  }
  const item = uuid();
  const [{ id: queue }] = (
    await client.query<{ id: string }>('select id from queue where hub_id = $1 limit 1', [hubs.FM])
  ).rows;
  await client.query(
    `insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, account_id, priority, cost, offer_seconds, max_wait_seconds, queued_at, state_at)
     values ($1, $2, $2, 'email', $1, $3, 'completed', $4, 'normal', 20, 30, 600, $5, $6)`,
    [item, hub, queue, account, instant('09:00'), instant('10:30')],
  );
  await client.query(
    `insert into offer (id, item_id, hub_id, account_id, state, offered_at, expires_at, decided_at, ended_at) values ($1, $2, $3, $4, 'accepted', $5, $6, $7, $8)`,
    [uuid(), item, hub, account, instant('09:20'), instant('13:00'), instant('09:30'), instant('10:30')],
  );
}

beforeAll(async () => {
  t = await TestApp.start();
  hub = t.world.hubs.FM;
  agent = await t.world.staff('FM', 'agent');
  other = await t.world.staff('FM', 'agent');
  supervisor = await t.world.staff('FM', 'supervisor');
  stranger = await t.world.staff('MS', 'supervisor');
  coordinator = await t.world.coordinator();
  await dayOf(agent.accountId);
}, 60_000);
afterAll(() => t?.stop());

test('time of people: each figure with its formula and the stretches behind it', async () => {
  const { total, rows, metrics } = await report('agent');
  const value = (metric: string): number | null => figure(total, metric).value;
  expect([value('logged'), value('handle'), value('ring'), value('idle'), value('paused')]).toEqual([
    180, 60, 10, 95, 15,
  ]);
  expect(value('occupancy')).toBeCloseTo(60 / 155, 5);
  expect(value('utilisation')).toBeCloseTo(60 / 165, 5);
  expect(value('adherence')).toBeNull();
  expect(rows.map((row: Row) => [row.key, row.name?.fr])).toEqual([[agent.accountId, 'agent FM']]);
  for (const { name, definition, formula } of metrics) {
    expect([name.ar, definition.ar].join()).toMatch(/\p{Script=Arabic}/u);
    expect(formula).toMatch(/^[a-z_]+/);
  }
  for (const one of [...total, ...rows[0].figures] as Figure[]) {
    const { body } = await t.as(supervisor, 'get', one.list!).expect(200);
    expect(body).toMatchObject({ more: false });
    expect(body.items).toHaveLength(one.n);
  }
  const { body } = await t.as(supervisor, 'get', figure(total, 'handle').list!).expect(200);
  expect(body.items).toEqual([
    expect.objectContaining({
      accountId: agent.accountId,
      name: 'agent FM',
      from: instant('09:30').toISOString(),
      to: instant('10:30').toISOString(),
      doing: 'handle',
      presence: 'available',
    }),
  ]);
});

test.each(['half_hour', 'hour', 'day', 'week', 'month'])('by %s: the rows add up to the total', async (by) => {
  const { total, rows } = await report(by);
  for (const metric of ['logged', 'handle', 'idle']) {
    const sum = rows.reduce((n: number, row: Row) => n + figure(row.figures, metric).value!, 0);
    expect([metric, sum]).toEqual([metric, figure(total, metric).value]);
  }
  const last = figure(rows.at(-1)!.figures, 'logged');
  const { body } = await t.as(supervisor, 'get', last.list!).expect(200);
  expect(body.items).toHaveLength(last.n);
  if (by === 'half_hour')
    expect(rows.map((row: Row) => row.key.slice(11))).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00', '11:30']);
});

test('adherence to the plan; an exception that was agreed to replaces it, and both versions are kept', async () => {
  const spans = [work('09:00', '12:00'), work('12:00', '13:00', 'break'), work('13:00', '14:00')];
  await plan(supervisor, agent.accountId, { version: 0, spans, why: 'roster' }).expect(200);
  const before = (await report('agent')).rows[0].figures;
  // 165 of 240 minutes of work, and the break all of it.
  expect(figure(before, 'adherence').value).toBeCloseTo((165 + 60) / 300, 5);
  expect(figure(before, 'conformance').value).toBeCloseTo(165 / 240, 5);
  await plan(supervisor, agent.accountId, { version: 0, spans, why: 'leave' }).expect(412);
  await plan(supervisor, agent.accountId, { version: 1, spans: spans.slice(0, 2), why: 'leave' }).expect(200);
  const { figures } = (await report('agent')).rows[0];
  expect(figure(figures, 'adherence').value).toBeCloseTo((165 + 60) / 240, 5);
  const { body } = await t.as(agent, 'get', `/hubs/${hub}/plans?from=${day}&to=${day}`).expect(200);
  expect(body.items.map((one: { version: number; why: string }) => [one.version, one.why])).toEqual([
    [1, 'roster'],
    [2, 'leave'],
  ]);
  const { body: none } = await t.as(other, 'get', `/hubs/${hub}/plans?from=${day}&to=${day}`).expect(200);
  expect(none.items).toEqual([]);
  const { list } = figure(figures, 'adherence');
  const { body: behind } = await t.as(supervisor, 'get', list!).expect(200);
  expect(behind.items.filter((one: { asPlanned: boolean }) => !one.asPlanned)).toEqual([
    expect.objectContaining({
      from: instant('11:00').toISOString(),
      to: instant('11:15').toISOString(),
      planned: 'work',
    }),
  ]);
});

test('a plan that cannot be is refused with a pointer, and nothing of it is kept', async () => {
  const refused = async (spans: object[], pointer: string, code: string) => {
    const { body } = await plan(supervisor, other.accountId, { version: 0, spans, why: 'roster' }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
  };
  await refused([work('09:00', '12:00'), work('11:00', '13:00')], '/spans/1/from', 'overlap');
  await refused([work('09:00', '09:00')], '/spans/0/to', 'empty');
  await refused([work('12:00', '09:00')], '/spans/0/to', 'inverted');
  await plan(supervisor, other.accountId, { version: 0, spans: [work('9h', '12:00')], why: 'roster' }).expect(400);
  await plan(supervisor, stranger.accountId, { version: 0, spans: [], why: 'roster' }).expect(404);
  await plan(agent, agent.accountId, { version: 0, spans: [], why: 'roster' }).expect(403);
  await plan(stranger, agent.accountId, { version: 2, spans: [], why: 'roster' }).expect(404);
  const { body } = await t.as(supervisor, 'get', `/hubs/${hub}/plans?from=${day}&to=${day}`).expect(200);
  expect(body.items.filter((one: { accountId: string }) => one.accountId === other.accountId)).toEqual([]);
});

test('an agent sees the own time, the programme sums without people, another hub nothing', async () => {
  expect((await report('agent', agent)).rows).toHaveLength(1);
  expect((await report('day', other)).rows).toEqual([]);
  const sums = await report('day', coordinator);
  expect(figure(sums.total, 'handle')).toMatchObject({ value: 60, list: null });
  await t.as(coordinator, 'get', `/reports/agents?from=${day}&to=${day}&by=agent`).expect(403);
  await t.as(coordinator, 'get', `/reports/agents/list?from=${day}&to=${day}&by=day&metric=handle`).expect(403);
  expect((await report('day', stranger)).rows).toEqual([]);
  await t.as(supervisor, 'get', `/reports/agents?from=2026-01-01&to=${day}&by=day`).expect(400);
});

test('the file holds them', async () => {
  const ask = { report: 'agents', from: day, to: day, by: 'agent', format: 'csv' };
  const { body } = await t.as(supervisor, 'post', '/reports/exports').send(ask).expect(202);
  const done = await t.until(async () => {
    const { body: now } = await t.as(supervisor, 'get', `/reports/exports/${body.id}`).expect(200);
    return now.state === 'done' && now;
  });
  expect(done.fileName).toBe(`sanad-agents-agent-${day}-${day}.csv`);
  const { text } = await t.as(supervisor, 'get', `/reports/exports/${body.id}/file`).expect(200);
  expect(text).toContain('"Taux d\'occupation (part)"');
  expect(text).toContain('"handle / (handle + idle)"');
  await t
    .as(supervisor, 'post', '/reports/exports')
    .send({ ...ask, by: 'channel' })
    .expect(400);
});
