import { VerifyService } from '@app/features/reports/verify.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent');
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
}, 60_000);
afterAll(() => t?.stop());

test('live figures: the own hub for its staff, any hub without people for the programme, nothing for others', async () => {
  const { FM, MS } = t.world.hubs;
  const coordinator = await t.world.coordinator();
  const stranger = await t.world.staff('MS', 'supervisor');
  const own = await t.as(agent, 'get', `/hubs/${FM}/live`).expect(200);
  expect(own.body).toMatchObject({
    hubId: FM,
    open: 0,
    waiting: 0,
    longestWaitSince: null,
    atRisk: 0,
    late: 0,
    byAgent: [],
  });
  const programme = await t.as(coordinator, 'get', `/hubs/${MS}/live`).expect(200);
  expect(programme.body).not.toHaveProperty('byAgent');
  await t.as(stranger, 'get', `/hubs/${FM}/live`).expect(404);
  await t.as(coordinator, 'get', '/hubs/019e0000-0000-7000-8000-000000000000/live').expect(404);
  await t.as(agent, 'get', '/hubs/nonsense/live').expect(400);
  await t.as(member, 'get', `/hubs/${FM}/live`).expect(403);
  await t.as(null, 'get', `/hubs/${FM}/live`).expect(401);
});

/** Reads the version, then acts on it, again when somebody (the assignment, say) was faster. */
async function act(method: 'put' | 'post' | 'patch', ticket: string, what: string, body: object): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const { headers } = await t.as(supervisor, 'get', `/tickets/${ticket}`).expect(200);
    const { status, body: answer } = await t
      .as(supervisor, method, `/tickets/${ticket}${what}`)
      .set('if-match', headers.etag)
      .send(body);
    if (status === 412) continue;
    if (status >= 400) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    return;
  }
  throw new Error(`${what}: always stale`);
}

test('whatever people do, tickets, figures, clocks and seals agree with the log', async () => {
  const status = (to: string) => (id: string) => act('put', id, '/status', { status: to });
  const lives: ((id: string) => Promise<unknown>)[][] = [
    [],
    [status('pending'), status('open'), status('resolved')],
    [status('resolved'), status('open'), status('pending'), status('resolved')],
    [status('pending'), (id) => act('patch', id, '', { priority: 'urgent' }), status('open')],
    [
      (id) => t.write(supervisor, id, { body: 'Voici.', outcome: 'pending', force: true }).expect(201),
      status('resolved'),
      status('closed'),
    ],
    [status('resolved'), status('closed'), status('open')],
    [
      (id) => t.write(supervisor, id, { body: 'Voici.', force: true }).expect(201),
      (id) => t.write(member, id, { body: 'Merci, et alors ?' }).expect(201),
    ],
    [
      (id) => act('put', id, '/assignment', { assigneeId: supervisor.accountId }),
      (id) => act('put', id, '/assignment', { assigneeId: null }),
    ],
    [(id) => act('post', id, '/routing', {})],
  ];
  await Promise.all(
    lives.map(async (acts) => {
      const { body } = await t.ask(member).expect(201);
      for (const one of acts) await one(body.id);
    }),
  );
  const verifier = t.app.get(VerifyService);
  const report = await t.until(async () => {
    const { rows } = await t.world.client.query<{ sealed: number }>(
      'select coalesce(sum(events), 0)::int as sealed from event_seal',
    );
    return rows[0].sealed > 20 && verifier.report();
  });
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({ tickets: lives.length, differences: 0 });
  expect(report.clocks).toBeGreaterThan(lives.length * 2); // reopened ones were promised anew
}, 60_000);

test('the list behind each figure of the wall holds what it counts', async () => {
  const [late, warned] = await Promise.all([t.ask(member).expect(201), t.ask(member).expect(201)]);
  // The next step of both is due now; of the first one all steps.
  await t.world.client.query(`update deadline set due_at = now() where ticket_id = any ($1) and kind = 'warn'`, [
    [late.body.id, warned.body.id],
  ]);
  await t.world.client.query(
    `update deadline set later_dues = array_fill(now(), array[cardinality(later_dues)]) where ticket_id = $1`,
    [late.body.id],
  );
  const listed = async (query: Record<string, string>): Promise<string[]> => {
    const { body } = await t.as(supervisor, 'get', '/tickets').query({ open: 'true', limit: 100, ...query });
    return body.items.map((one: { id: string }) => one.id);
  };
  const open = (await listed({})).length;
  await t.until(async () => {
    const { body } = await t.as(supervisor, 'get', '/reports/wallboard').expect(200);
    return body.late === 1 && body.atRisk === 1 && body.open === open;
  });
  expect(await listed({ due: 'breached' })).toEqual([late.body.id]);
  expect(await listed({ due: 'at_risk' })).toEqual([warned.body.id]);
});
