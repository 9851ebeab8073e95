import { unzipSync } from 'fflate';
import type { Response } from 'supertest';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let stranger: TestPerson;
let coordinator: TestPerson;
let answered: string;
const today = () => new Date().toISOString().slice(0, 10);
const report = (query: string) => `/reports/tickets?from=2026-01-01&to=${today()}&${query}`;

interface Figure {
  metric: string;
  value: number | null;
  n: number;
  few: boolean;
  list: string | null;
}

const countedOf = (body: { metrics: { metric: string; counted: string }[] }, { metric }: Figure): string =>
  body.metrics.find((one) => one.metric === metric)!.counted;
const figure = (figures: Figure[], metric: string): Figure => figures.find((one) => one.metric === metric)!;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', ['fr', 'ar'], true);
  other = await t.world.staff('FM', 'agent', ['fr', 'ar'], true);
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
  stranger = await t.world.staff('MS', 'supervisor');
  coordinator = await t.world.coordinator();
  const asked = await Promise.all([1, 2, 3].map(() => t.ask(member).expect(201)));
  answered = asked[0].body.id;
  await t.write(agent, answered, { body: 'Voici la réponse.', force: true }).expect(201);
  await t.until(async () => {
    const { rows } = await t.world.client.query<{ n: number }>(
      'select count(*)::int as n from ticket_fact where first_calendar_s is not null',
    );
    return rows[0].n === 1;
  });
}, 60_000);
afterAll(() => t?.stop());

test('a supervisor sees the own hub: every figure with its definition and the very tickets behind it', async () => {
  const { body } = await t.as(supervisor, 'get', report('by=channel')).expect(200);
  expect(body).toMatchObject({ by: 'channel', hubId: t.world.hubs.FM });
  for (const { name, definition, formula } of body.metrics) {
    expect(formula).toMatch(/^[a-z_]+( \/ .+)?$|^quantile/);
    expect(name.ar).toMatch(/\p{Script=Arabic}/u);
    expect(definition.fr.length).toBeGreaterThan(10);
    expect(definition.ar).toMatch(/\p{Script=Arabic}/u);
  }
  expect(body.rows).toHaveLength(1);
  expect(body.rows[0]).toMatchObject({ key: 'portal', name: { fr: 'Portail', ar: 'البوابة' } });
  expect(figure(body.total, 'created')).toMatchObject({ value: 3, n: 3, few: true });
  expect(figure(body.total, 'answered')).toMatchObject({ value: 1 });
  expect(figure(body.total, 'first_response_kept')).toMatchObject({ value: 1, n: 1, few: true });
  expect(figure(body.total, 'resolution_kept')).toMatchObject({ value: null, n: 0 });
  expect(figure(body.total, 'resolution_median').value).toBeNull();
  const ofTickets = (one: Figure) => countedOf(body, one) === 'tickets';
  for (const { list, n } of [...body.total, ...body.rows[0].figures].filter(ofTickets) as Figure[]) {
    const { body: page } = await t.as(supervisor, 'get', list!).expect(200);
    expect(page.items).toHaveLength(n);
  }
  const behind = await t.as(supervisor, 'get', figure(body.total, 'answered').list!).expect(200);
  expect(behind.body.items.map((one: { id: string }) => one.id)).toEqual([answered]);
  for (const one of body.backlog) {
    const { body: page } = await t.as(supervisor, 'get', one.list).expect(200);
    expect(page.items).toHaveLength(one.open);
  }
  expect(body.backlog[0]).toMatchObject({ fromDays: 0, toDays: 1, open: 3 });
});

test.each(['day', 'week', 'month', 'hub', 'region', 'language', 'category', 'queue', 'agent'])(
  'by %s, one figure only',
  async (by) => {
    const { body } = await t.as(supervisor, 'get', report(`by=${by}&metric=created`)).expect(200);
    const sum = body.rows.reduce((n: number, row: { figures: Figure[] }) => n + row.figures[0].value!, 0);
    expect(sum).toBe(by === 'agent' ? 1 : 3);
    expect(body.rows[0].figures).toHaveLength(1);
    const { body: page } = await t.as(supervisor, 'get', body.rows[0].figures[0].list).expect(200);
    expect(page.items).toHaveLength(body.rows[0].figures[0].n);
    if (by === 'agent') expect(body.rows[0].name.fr).toBe('agent FM');
  },
);

test.each(['half_hour', 'hour'])('by %s of opening, for a few days: its row opens its list', async (by) => {
  const days = `from=${today()}&to=${today()}`;
  const { body } = await t.as(supervisor, 'get', `/reports/tickets?${days}&by=${by}`).expect(200);
  expect(figure(body.total, 'created').value).toBe(3);
  let listed = 0;
  for (const row of body.rows) {
    expect(row.key).toMatch(by === 'hour' ? /^\d{4}-\d\d-\d\dT\d\d:00$/ : /^\d{4}-\d\d-\d\dT\d\d:[03]0$/);
    for (const { list, n } of (row.figures as Figure[]).filter((one) => countedOf(body, one) === 'tickets')) {
      const { body: page } = await t.as(supervisor, 'get', list!).expect(200);
      expect(page.items).toHaveLength(n);
    }
    listed += figure(row.figures, 'created').n;
  }
  expect(listed).toBe(3);
  const mine = await t.as(agent, 'get', `/reports/tickets?${days}&by=${by}`).expect(200);
  expect(figure(mine.body.rows[0].figures, 'created').value).toBe(1);
  const all = await t.as(coordinator, 'get', `/reports/tickets?${days}&by=${by}`).expect(200);
  expect(figure(all.body.total, 'created')).toMatchObject({ value: 3, list: null });
  const { body: refused } = await t.as(supervisor, 'get', report(`by=${by}`)).expect(400);
  expect(refused.errors[0]).toMatchObject({ code: 'out_of_range' });
  await t
    .as(supervisor, 'post', '/reports/exports')
    .send({ from: '2026-01-01', to: today(), by, format: 'csv' })
    .expect(400);
});

test('the list is paged, and its cursor is good for nothing else', async () => {
  const link = `/reports/tickets/list?from=2026-01-01&to=${today()}&metric=created`;
  const first = await t.as(supervisor, 'get', `${link}&limit=2`).expect(200);
  const cursor = encodeURIComponent(first.body.nextCursor);
  const second = await t.as(supervisor, 'get', `${link}&limit=2&cursor=${cursor}`).expect(200);
  expect(first.body.items.length + second.body.items.length).toBe(3);
  expect(second.body.nextCursor).toBeNull();
  await t.as(supervisor, 'get', `${link}&by=channel&key=portal&cursor=${cursor}`).expect(400);
});

test('the programme sees figures of all hubs, no people and no tickets', async () => {
  const { body } = await t.as(coordinator, 'get', report('by=hub')).expect(200);
  expect(body.hubId).toBeNull();
  expect(body.rows.map((row: { key: string }) => row.key)).toEqual([t.world.hubs.FM]);
  expect([...body.total, ...body.rows[0].figures].filter((one: Figure) => one.list !== null)).toEqual([]);
  expect(body.backlog[0]).toMatchObject({ open: 3, list: null });
  const one = await t.as(coordinator, 'get', report(`by=category&hubId=${t.world.hubs.MS}`)).expect(200);
  expect(one.body).toMatchObject({ hubId: t.world.hubs.MS, rows: [] });
  expect(figure(one.body.total, 'first_response_kept').value).toBeNull();
  await t.as(coordinator, 'get', report('by=agent')).expect(403);
  await t.as(coordinator, 'get', `/reports/tickets/list?from=2026-01-01&to=${today()}&metric=created`).expect(403);
});

test('an agent sees what the agent answered, and nobody else’s', async () => {
  const own = await t.as(agent, 'get', report('by=agent')).expect(200);
  expect(figure(own.body.total, 'created').value).toBe(1);
  expect(own.body.rows.map((row: { key: string }) => row.key)).toEqual([agent.accountId]);
  expect(own.body).not.toHaveProperty('backlog');
  const list = await t.as(agent, 'get', figure(own.body.total, 'created').list!).expect(200);
  expect(list.body.items.map((one: { id: string }) => one.id)).toEqual([answered]);
  const stolen = await t.as(other, 'get', figure(own.body.total, 'created').list!).expect(200);
  expect(stolen.body.items).toEqual([]);
  const none = await t.as(other, 'get', report('by=day')).expect(200);
  expect(figure(none.body.total, 'created').value).toBe(0);
  await t.as(agent, 'get', report('by=category')).expect(403);
});

test('another hub is not there, members and strangers see nothing', async () => {
  const { body } = await t.as(stranger, 'get', report('by=day')).expect(200);
  expect(figure(body.total, 'created').value).toBe(0);
  await t.as(stranger, 'get', report(`by=day&hubId=${t.world.hubs.FM}`)).expect(404);
  await t.as(member, 'get', report('by=day')).expect(403);
  await t.as(null, 'get', report('by=day')).expect(401);
  await t.as(supervisor, 'get', '/reports/tickets?from=2026-02-30&to=2026-03-01&by=day').expect(400);
  await t.as(supervisor, 'get', '/reports/tickets?from=2024-01-01&to=2026-03-01&by=day').expect(400);
});

test('staffing: both models, neighbours, advice in both languages', async () => {
  const { body } = await t.as(supervisor, 'get', '/reports/staffing?calls=30&aht=300&patience=120').expect(200);
  expect(body).toMatchObject({ traffic: 2.5, needed: 5 });
  expect(body.options.map((one: { agents: number; roster: number }) => [one.agents, one.roster])).toEqual([
    [4, 6],
    [5, 8],
    [6, 9],
  ]);
  expect(body.options[0].erlangC.serviceLevel).toBeCloseTo(0.711, 3);
  expect(body.options[0].erlangA.abandonment).toBeCloseTo(0.096, 3);
  expect(body.advice[0].fr).toContain('5 conseiller(s) en ligne, 8 au planning : 89 %');
  expect(body.advice[0].ar).toMatch(/\p{Script=Arabic}/u);
  const alone = await t.as(coordinator, 'get', '/reports/staffing?calls=2&aht=60').expect(200);
  expect(alone.body.options[0]).toMatchObject({ erlangA: null, warnings: ['few_agents'] });
  expect(alone.body.advice).toHaveLength(2);
  expect(alone.body.pooling).toBeNull();
  const both = await t.as(supervisor, 'get', '/reports/staffing?calls=30&aht=300&otherCalls=30').expect(200);
  expect(both.body.pooling).toEqual({ separately: [5, 5], pooled: 8, saved: 2 });
  await t.as(agent, 'get', '/reports/staffing?calls=30&aht=300').expect(403);
  await t.as(supervisor, 'get', '/reports/staffing?calls=-1&aht=300').expect(400);
  await t.as(supervisor, 'get', '/reports/staffing?calls=10000&aht=7200').expect(400);
});

test('a forecast is refused before there are two weeks of history', async () => {
  const { body } = await t.as(supervisor, 'get', '/reports/forecast').expect(400);
  expect(body.errors[0]).toMatchObject({ code: 'too_little_history' });
  await t.as(coordinator, 'get', '/reports/forecast').expect(400);
  await t.world.client.query(
    `update ticket_fact set day = day - 21 where ticket_id = (select min(ticket_id::text)::uuid from ticket_fact where ticket_id <> $1)`,
    [answered],
  );
  const later = await t.as(coordinator, 'get', `/reports/forecast?hubId=${t.world.hubs.FM}`).expect(200);
  expect(later.body).toMatchObject({ hubId: t.world.hubs.FM, source: 'tickets' });
  expect(later.body.intervals).toEqual([expect.objectContaining({ days: 3, expected: 1 / 3, least: 0, most: 1 })]);
  await t.as(stranger, 'get', `/reports/forecast?hubId=${t.world.hubs.FM}`).expect(404);
});

test('the wall: own hub with what comes next, sums of all for the programme', async () => {
  const { body } = await t.as(agent, 'get', '/reports/wallboard').expect(200);
  expect(body).toMatchObject({
    hubId: t.world.hubs.FM,
    open: 3,
    late: 0,
    firstResponseToday: { kept: 1, late: 0, share: 1 },
  });
  expect(body.resolutionToday).toMatchObject({ share: null });
  expect(body.byLanguage).toEqual([expect.objectContaining({ key: 'fr', open: 3 })]);
  expect(body.byQueue).toHaveLength(1);
  const dues = body.nextToBreach.map((one: { nextDueAt: string }) => one.nextDueAt);
  expect(dues).toHaveLength(2); // the answered one waits for nobody of the hub
  expect(dues).toEqual([...dues].sort());
  const all = await t.as(coordinator, 'get', '/reports/wallboard').expect(200);
  expect(all.body).toMatchObject({ hubId: null, open: 3 });
  expect(all.body.byHub).toEqual([expect.objectContaining({ key: t.world.hubs.FM, open: 3 })]);
  expect(all.body).not.toHaveProperty('nextToBreach');
  await t.as(stranger, 'get', `/reports/wallboard?hubId=${t.world.hubs.FM}`).expect(404);
  await t.as(member, 'get', '/reports/wallboard').expect(403);
});

test.each(['csv', 'xlsx'])(
  'a report as %s: asked for, written by a worker, fetched by who asked',
  async (format) => {
    const asked = await t
      .as(supervisor, 'post', '/reports/exports')
      .send({ from: '2026-01-01', to: today(), by: 'category', metrics: ['created', 'first_response_kept'], format })
      .expect(202);
    const route = `/reports/exports/${asked.body.id}`;
    const done = await t.until(async () => {
      const { body } = await t.as(supervisor, 'get', route).expect(200);
      return body.state === 'done' && body;
    });
    expect(done).toMatchObject({ progress: 100, fileName: `sanad-category-2026-01-01-${today()}.${format}` });
    const file = await t.as(supervisor, 'get', `${route}/file`).buffer(true).parse(binary).expect(200);
    expect(file.headers['content-disposition']).toContain(done.fileName);
    const content = file.body as Buffer;
    if (format === 'csv') {
      expect(content.toString()).toMatch(/^\uFEFF"Groupe";"Nom";"Dossiers ouverts \(dossiers\)"/);
      expect(content.toString()).toMatch(/"CRE.04";"[^"]+";"3";"3";"1";"1"\r\n/);
    } else expect(Object.keys(unzipSync(new Uint8Array(content)))).toContain('xl/worksheets/sheet1.xml');
    await t.as(stranger, 'get', route).expect(404);
    await t.as(stranger, 'get', `${route}/file`).expect(404);
  },
  30_000,
);

function binary(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)));
  response.on('end', () => done(null, Buffer.concat(parts)));
}

test('exports: nobody waits for a refusal', async () => {
  const ask = (person: TestPerson, body: object) =>
    t
      .as(person, 'post', '/reports/exports')
      .send({ from: '2026-01-01', to: today(), by: 'hub', format: 'csv', ...body });
  await ask(agent, {}).expect(403);
  await ask(coordinator, { by: 'agent' }).expect(403);
  await ask(supervisor, { hubId: t.world.hubs.MS }).expect(404);
  await ask(supervisor, { from: '2026-02-30' }).expect(400);
  await ask(supervisor, { format: 'pdf' }).expect(400);
  await ask(coordinator, {}).expect(202);
});
