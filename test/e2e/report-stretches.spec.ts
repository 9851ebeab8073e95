import { VerifyService } from '@app/features/reports/verify.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let national: TestPerson;
let asked: string;
let climbed: string;
const today = () => new Date().toISOString().slice(0, 10);

interface Figure {
  metric: string;
  value: number | null;
  n: number;
  list: string;
}
interface Row {
  key: string;
  name: { fr: string } | null;
  figures: Figure[];
}

const report = async (by: string, person = supervisor) =>
  (await t.as(person, 'get', `/reports/tickets?from=${today()}&to=${today()}&by=${by}`).expect(200)).body;
const figure = (figures: Figure[], metric: string): Figure => figures.find((one) => one.metric === metric)!;
const listed = async (person: TestPerson, { list }: Figure): Promise<string[]> =>
  (await t.as(person, 'get', list).expect(200)).body.items.map((one: { id: string }) => one.id);
/** Again when somebody else, the dispatcher perhaps, has changed the ticket meanwhile. */
const act = (person: TestPerson, method: 'put' | 'post', id: string, what: string, body: object) =>
  t.until(async () => {
    const { version } = (await t.as(person, 'get', `/tickets/${id}`).expect(200)).body;
    const answer = await t.as(person, method, `/tickets/${id}${what}`).set('if-match', `"v${version}"`).send(body);
    if (answer.status === 412) return false;
    expect(answer.status).toBeLessThan(300);
    return answer;
  });

/** Answered by one, asked again, answered by another; a second ticket goes to the national level. */
beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  other = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  const { rows } = await t.world.client.query<{ code: string }>('select code from hub where is_national');
  national = await t.world.staff(rows[0].code, 'supervisor', []);
  asked = (await t.ask(member, { categoryCode: 'CRE.01' }).expect(201)).body.id;
  climbed = (await t.ask(member, { categoryCode: 'CRE.01' }).expect(201)).body.id;
  await act(agent, 'put', asked, '/assignment', { assigneeId: 'me' });
  await t.write(agent, asked, { body: 'Voici.' }).expect(201);
  await t.write(member, asked, { body: 'Et ensuite ?' }).expect(201);
  await t.write(other, asked, { body: 'Ensuite ceci.', force: true }).expect(201);
  await act(agent, 'put', climbed, '/assignment', { assigneeId: 'me' });
  await act(supervisor, 'post', climbed, '/escalations', { to: 'national', reason: 'complexity' });
  await t.until(async () => {
    const { body } = await t.as(supervisor, 'get', `/reports/tickets?from=${today()}&to=${today()}&by=hub`);
    const { total } = body;
    return figure(total, 'next_response_kept').n === 1 && figure(total, 'holding_kept').n >= 2 && total;
  });
}, 60_000);
afterAll(() => t?.stop());

test('next response: how long, how many in time, for who gave it', async () => {
  const { total, metrics } = await report('hub');
  expect(figure(total, 'next_response_kept')).toMatchObject({ value: 1, n: 1 });
  expect(figure(total, 'next_response_late')).toMatchObject({ value: 0 });
  for (const what of ['median', 'p90', 'calendar_median', 'calendar_p90']) {
    const one = figure(total, `next_response_${what}`);
    expect(one).toMatchObject({ n: 1, value: expect.any(Number) });
    expect(await listed(supervisor, one)).toEqual([asked]);
  }
  const named = metrics.find((one: Figure) => one.metric === 'next_response_kept');
  expect(named).toMatchObject({ counted: 'responses', formula: 'next_kept / (next_kept + next_late)' });
  const { rows } = await report('agent');
  const of = (person: TestPerson): Row => rows.find((one: Row) => one.key === person.accountId)!;
  expect(figure(of(agent).figures, 'created').n).toBe(1);
  expect(figure(of(agent).figures, 'next_response_kept').n).toBe(0);
  expect(figure(of(other).figures, 'created').n).toBe(0);
  const own = figure(of(other).figures, 'next_response_kept');
  expect(own.n).toBe(1);
  expect(await listed(supervisor, own)).toEqual([asked]);
  // Each sees the own ones alone.
  const mine = await report('half_hour', other);
  expect(figure(mine.total, 'next_response_kept').n).toBe(1);
  expect(mine.rows).toHaveLength(1);
  expect(await listed(other, figure(mine.rows[0].figures, 'next_response_kept'))).toEqual([asked]);
  expect(figure((await report('half_hour', agent)).total, 'next_response_kept').n).toBe(0);
});

test.each(['half_hour', 'hour', 'day', 'week', 'month', 'hub', 'region', 'channel', 'language', 'category', 'queue'])(
  'next response and time in hand by %s: the rows add up to the total',
  async (by) => {
    const { total, rows } = await report(by);
    for (const metric of ['next_response_kept', 'next_response_median', 'holding_median', 'holding_calendar_p90']) {
      const sum = rows.reduce((n: number, row: Row) => n + figure(row.figures, metric).n, 0);
      expect([metric, sum]).toEqual([metric, figure(total, metric).n]);
      expect(sum).toBeGreaterThan(0);
    }
    if (by === 'queue') expect(rows[0].name.fr.length).toBeGreaterThan(2);
  },
);

test('time in hand counts for the hub that had it, with the tickets behind it', async () => {
  const { total } = await report('hub');
  expect(figure(total, 'holding_kept')).toMatchObject({ value: 1 });
  expect((await listed(supervisor, figure(total, 'holding_calendar_median'))).sort()).toEqual([asked, climbed].sort());
  // The national level answers; its time is its own, though the ticket stays with its hub.
  await t.write(national, climbed, { body: 'Réponse nationale.', force: true }).expect(201);
  const ours = await t.until(async () => {
    const { body } = await t.as(national, 'get', `/reports/tickets?from=${today()}&to=${today()}&by=day`);
    return body.rows.length === 1 && body;
  });
  expect(figure(ours.total, 'created').value).toBe(0);
  const held = figure(ours.total, 'holding_calendar_median');
  expect(held.n).toBe(1);
  expect(await listed(national, held)).toEqual([climbed]);
});

test('the file holds them, and all agrees with the log', async () => {
  const ask = { from: today(), to: today(), by: 'hub', format: 'csv' };
  const { body } = await t.as(supervisor, 'post', '/reports/exports').send(ask).expect(202);
  await t.until(async () => (await t.as(supervisor, 'get', `/reports/exports/${body.id}`)).body.state === 'done');
  const { text } = await t.as(supervisor, 'get', `/reports/exports/${body.id}/file`).expect(200);
  expect(text).toContain('"Réponse suivante, médiane (temps ouvré) (minutes)"');
  expect(text).toContain('"Temps en main, médiane (temps ouvré) (minutes)"');
  expect(text).toContain('"first_kept / (first_kept + answered_late)"');
  expect((await t.app.get(VerifyService).report()).findings).toEqual([]);
});
