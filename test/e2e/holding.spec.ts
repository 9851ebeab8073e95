import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';
import { VerifyService } from '@app/features/reports/verify.service';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
}, 60_000);
afterAll(() => t?.stop());

interface Clock {
  id: string;
  holder_id: string;
  state: string;
  cycle: number;
  started_at: Date;
  met_at: Date | null;
}

const clocksOf = async (id: string): Promise<Clock[]> =>
  (
    await t.world.client.query<Clock>(
      `select id, holder_id, state, cycle, started_at, met_at from sla_clock where ticket_id = $1 and metric = 'holding' order by started_at`,
      [id],
    )
  ).rows;
const read = async (id: string, by = agent) => (await t.as(by, 'get', `/tickets/${id}`).expect(200)).body;
const asked = async () => (await t.ask(member, { categoryCode: 'CRE.01' }).expect(201)).body;
const act = async (method: 'put' | 'post' | 'patch', id: string, what: string, body: object, by = agent) => {
  const { version } = await read(id, by);
  return t.as(by, method, `/tickets/${id}${what}`).set('if-match', `"v${version}"`).send(body);
};
const held = (id: string, count = 1) =>
  t.until(async () => {
    const clocks = await clocksOf(id);
    return clocks.length === count && clocks;
  });

test('a hub’s time begins when it takes a ticket, counts by its policy and is not shown to the association', async () => {
  const ticket = await asked();
  await act('put', ticket.id, '/assignment', { assigneeId: 'me' });
  const [clock] = await held(ticket.id);
  expect(clock).toMatchObject({ holder_id: t.world.hubs.FM, state: 'running', cycle: 1 });
  const staff = await read(ticket.id);
  expect(staff.promise.holding).toMatchObject({ id: clock.id, metric: 'holding', state: 'running', breachedAt: null });
  // What is due to the association is not moved by it, also when the priority is.
  expect(staff.nextDueAt).toBe(ticket.nextDueAt);
  const before = staff.promise.holding.targetMinutes;
  const { body } = await act('patch', ticket.id, '', { priority: 'high' });
  expect(body.promise.holding.targetMinutes).toBeLessThan(before);
  expect(body.nextDueAt).toBe(body.promise.firstResponse.dueAt);
  const seen = await read(ticket.id, member);
  expect(seen.promise.holding).toBeNull();
  const history = (await t.as(member, 'get', `/tickets/${ticket.id}/events`).expect(200)).body.items;
  expect(JSON.stringify(history)).not.toMatch(/délai interne|الأجل الداخلي/);
});

test('an answer ends it; the breach that was due before is kept', async () => {
  const ticket = await asked();
  await act('put', ticket.id, '/assignment', { assigneeId: 'me' });
  const [clock] = await held(ticket.id);
  await t.write(agent, ticket.id, { body: 'Voici.' }).expect(201);
  const [ended] = await t.until(async () => {
    const clocks = await clocksOf(ticket.id);
    return clocks[0].state === 'met' && clocks;
  });
  expect(ended.id).toBe(clock.id);
  expect(ended.met_at!.getTime()).toBeGreaterThanOrEqual(ended.started_at.getTime());
});

test('the national level takes it over with a time of its own', async () => {
  const ticket = await asked();
  await act('put', ticket.id, '/assignment', { assigneeId: 'me' });
  await held(ticket.id);
  await act('post', ticket.id, '/escalations', { to: 'supervisor', reason: 'complexity' });
  await act('post', ticket.id, '/escalations', { to: 'national', reason: 'complexity' }, supervisor);
  const clocks = await held(ticket.id, 2);
  const { rows } = await t.world.client.query<{ id: string }>('select id from hub where is_national');
  expect(clocks.map(({ holder_id, state }) => ({ holder_id, state }))).toEqual([
    { holder_id: t.world.hubs.FM, state: 'met' },
    { holder_id: rows[0].id, state: 'running' },
  ]);
  expect(clocks[0].met_at).toEqual(clocks[1].started_at);
});

test('a late hub is told and named late in the log; the figures of the promise do not move, and everything verifies', async () => {
  const ticket = await asked();
  await act('put', ticket.id, '/assignment', { assigneeId: 'me' });
  const [clock] = await held(ticket.id);
  await t.world.client.query(
    `update deadline set due_at = now(), later_dues = array(select now() from unnest(later_dues)) where clock_id = $1`,
    [clock.id],
  );
  await t.until(async () => {
    const { rows } = await t.world.client.query(
      `select 1 from notification where ticket_id = $1 and kind = 'late' and data ->> 'metric' = 'holding'`,
      [ticket.id],
    );
    return rows.length > 0;
  });
  const findings = await t.app.get(VerifyService).verify();
  expect(findings).toEqual([]);
  const { rows } = await t.world.client.query(`select value from live_counter where metric = 'late' and value > 0`);
  expect(rows).toEqual([]);
});
