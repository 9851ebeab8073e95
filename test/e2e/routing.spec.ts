import { Client } from 'pg';
import { RerouteService } from '@app/features/routing/reroute.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let supervisor: TestPerson;
let coordinator: TestPerson;
let agent: TestPerson;
let member: TestPerson;
let FM: string;

beforeAll(async () => {
  t = await TestApp.start();
  FM = t.world.hubs.FM;
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
  coordinator = await t.world.coordinator();
  agent = await t.world.staff('FM', 'agent');
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
}, 60_000);
afterAll(() => t?.stop());

interface Rule {
  id?: string;
  version?: number;
  position?: number;
  conditions: { field: string; op: string; values: string[] }[];
  queueCode: string;
}

async function rules(): Promise<{ etag: string; rules: Rule[] }> {
  const answer = await t.as(supervisor, 'get', `/hubs/${FM}/routing-rules`).expect(200);
  const drafts = answer.body.rules.map(plain);
  return { etag: answer.headers.etag, rules: drafts };
}

const plain = ({ version: _v, position: _p, ...rule }: Rule): Rule => rule;

const ruleOf = (queueCode: string, field: string, ...values: string[]): Rule & Record<string, unknown> => ({
  conditions: [{ field, op: 'in', values }],
  queueCode,
  requiredSkills: [],
  reasonFr: 'Essai',
  reasonAr: 'تجربة',
});

test('a supervisor tries a rule on history, publishes it, and the next question follows it', async () => {
  await t.ask(member, { categoryCode: 'CRE.04' }).expect(201);
  await t.ask(member, { categoryCode: 'FIN.01' }).expect(201);
  const before = await rules();
  const draft = [ruleOf('INFO', 'category', 'CRE.04'), ...before.rules];

  const { body: dry } = await t
    .as(supervisor, 'post', '/routing/dry-run')
    .send({ hubId: FM, rules: draft })
    .expect(200);
  expect(dry).toMatchObject({ tickets: 2, touched: 1 });
  expect(dry.items).toEqual([
    expect.objectContaining({
      categoryCode: 'CRE.04',
      before: expect.objectContaining({ queueCode: 'LEGAL' }),
      after: expect.objectContaining({ queueCode: 'INFO' }),
    }),
  ]);
  expect((await rules()).etag).toBe(before.etag);

  const put = (etag: string) =>
    t.as(supervisor, 'put', `/hubs/${FM}/routing-rules`).set('if-match', etag).send({ rules: draft });
  const { body: published, headers } = await put(before.etag).expect(200);
  expect([published.version, headers.etag, published.rules.length]).toEqual([2, '"v2"', draft.length]);
  expect(published.rules[1]).toMatchObject({ id: before.rules[0].id, version: 1, position: 2 });
  expect((await put(before.etag)).status).toBe(412);

  const { body: asked } = await t.ask(member, { categoryCode: 'CRE.04' }).expect(201);
  expect(asked.routing.fr).toBe('Pôle de la région ; Essai');
  expect((await t.as(supervisor, 'get', `/tickets/${asked.id}`)).body.queue.code).toBe('INFO');
  const { body: versions } = await t.as(coordinator, 'get', `/hubs/${FM}/routing-rules/versions`).expect(200);
  expect(versions.items.map((one: { version: number }) => one.version)).toEqual([2]);
  const { rows } = await t.world.client.query(`select data from event where type = 'routing.changed'`);
  expect(rows).toEqual([{ data: { what: 'rules', version: 2 } }]);
});

test('rules that cannot be are refused whole, each with its place', async () => {
  const { etag, rules: good } = await rules();
  const bad = [
    ruleOf('NOWHERE', 'kind', 'legal'),
    ruleOf('INFO', 'kind', 'poetry'),
    {
      ...ruleOf('INFO', 'kind', 'legal'),
      requiredSkills: [{ skill: 'magic', level: 1 }],
      id: '00000000-0000-7000-8000-000000000000',
    },
    ...good,
  ];
  const { body } = await t
    .as(supervisor, 'put', `/hubs/${FM}/routing-rules`)
    .set('if-match', etag)
    .send({ rules: bad })
    .expect(400);
  const pointers = body.errors.map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`);
  expect(pointers).toEqual([
    '/rules/0/queueCode unknown',
    '/rules/1/conditions/0/values/0 unknown',
    '/rules/2/requiredSkills/0/skill unknown',
  ]);
  expect((await rules()).etag).toBe(etag);
});

test('the programme sees figures of a dry run and no tickets; others see nothing', async () => {
  const { rules: own } = await rules();
  const send = (who: TestPerson) => t.as(who, 'post', '/routing/dry-run').send({ hubId: FM, rules: own.slice(1) });
  const { body } = await send(coordinator).expect(200);
  expect(body).toMatchObject({ touched: 1 + 1 });
  expect(body.items).toBeUndefined();
  await send(agent).expect(403);
  await send(await t.world.staff('MS', 'supervisor')).expect(404);
  await t.as(supervisor, 'get', `/hubs/${t.world.hubs.MS}/queues`).expect(404);
});

test('queues: settings change with their version, and overflow never goes round in a circle', async () => {
  const { body } = await t.as(supervisor, 'get', `/hubs/${FM}/queues`).expect(200);
  const [legal, admin] = ['LEGAL', 'ADMIN'].map((code) =>
    body.items.find((one: { code: string }) => one.code === code),
  );
  expect(legal).toMatchObject({ capacityCost: 20, offerTimeoutSeconds: 14_400, version: 1 });
  const change = (queue: { id: string }, version: number, to: object) =>
    t.as(supervisor, 'patch', `/queues/${queue.id}`).set('if-match', `"v${version}"`).send(to);
  await change(legal, 1, { overflowCode: 'ADMIN' }).expect(400);
  const { body: changed } = await change(legal, 1, {
    overflowCode: 'ADMIN',
    overflowAfterSeconds: 600,
    maxWaitSeconds: null,
  }).expect(200);
  expect(changed).toMatchObject({ overflowCode: 'ADMIN', maxWaitSeconds: null, capacityCost: 20, version: 2 });
  const loop = await change(admin, 1, { overflowCode: 'LEGAL', overflowAfterSeconds: 600 }).expect(400);
  expect(loop.body.errors).toEqual([expect.objectContaining({ pointer: '/overflowCode', code: 'loop' })]);
  await change(legal, 1, { nameFr: 'x' }).expect(412);
  await change(legal, 2, { overflowCode: null }).expect(200);
  const add = () =>
    t.as(supervisor, 'post', `/hubs/${FM}/queues`).send({ code: 'NIGHT', nameFr: 'Nuit', nameAr: 'الليل' });
  await add().expect(201);
  await add().expect(409);
});

describe('what waits follows the rules that are published', () => {
  let chief: TestPerson;
  let asking: TestPerson;
  let MS: string;
  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    (await t.world.client.query<T>(sql, values)).rows;
  const asked = async (categoryCode: string): Promise<{ id: string; version: number }> =>
    (await t.ask(asking, { categoryCode }).expect(201)).body;
  const queueOf = async (id: string): Promise<string> =>
    (await t.as(chief, 'get', `/tickets/${id}`).expect(200)).body.queue.code;
  const routed = (ids: string[]) =>
    rows<{ ticket_id: string; data: Record<string, unknown> }>(
      `select ticket_id, data from event where type = 'ticket.routed' and ticket_id = any ($1) order by id`,
      [ids],
    );
  const publish = async (draft: (rules: Rule[]) => Rule[]): Promise<Rule[]> => {
    const { body, headers } = await t.as(chief, 'get', `/hubs/${MS}/routing-rules`).expect(200);
    const known = body.rules.map(plain);
    const answer = await t
      .as(chief, 'put', `/hubs/${MS}/routing-rules`)
      .set('if-match', headers.etag)
      .send({ rules: draft(known) })
      .expect(200);
    return answer.body.rules;
  };
  /** Processes that still decide by the old rules are waited for; here there is one, and it knows. */
  const due = () =>
    rows(`update routing_rule_set set published_at = published_at - interval '10 s' where done_at is null`);
  const followed = () =>
    t.until(async () => {
      const { body } = await t.as(chief, 'get', `/hubs/${MS}/routing-rules/versions`).expect(200);
      const [newest] = body.items;
      return newest.reroutedAt !== null && newest;
    }, 20_000);

  beforeAll(async () => {
    MS = t.world.hubs.MS;
    chief = await t.world.staff('MS', 'supervisor', ['fr', 'ar'], true);
    asking = await t.world.person(await t.world.association('MS', 'MA-MAR'), 'member');
    await t.as(chief, 'put', `/hubs/${MS}/assignment-mode`).send({ mode: 'offers' }).expect(200);
  });

  it('to its queue and its work, with the reason in both languages; what somebody has in hand stays', async () => {
    const [moves, held, other] = [await asked('CRE.04'), await asked('CRE.04'), await asked('FIN.01')];
    const was = await queueOf(moves.id);
    await t
      .as(chief, 'put', `/tickets/${held.id}/assignment`)
      .set('if-match', `"v${held.version}"`)
      .send({ assigneeId: 'me' })
      .expect(200);
    const work = () =>
      rows<{ code: string; required: { skill: string }[]; cost: number }>(
        `select q.code, i.required, i.cost from work_item i join queue q on q.id = i.queue_id where i.ticket_id = $1`,
        [moves.id],
      );
    await t.until(async () => (await work()).length === 1, 20_000);
    const rule = {
      ...ruleOf('INFO', 'category', 'CRE.04'),
      requiredSkills: [{ skill: 'tax', level: 2 }],
    };
    const { body: dry } = await t
      .as(chief, 'post', '/routing/dry-run')
      .send({
        hubId: MS,
        rules: [rule, ...(await t.as(chief, 'get', `/hubs/${MS}/routing-rules`)).body.rules.map(plain)],
      })
      .expect(200);
    expect(dry.items.map((one: { id: string }) => one.id).sort()).toEqual([moves.id, held.id].sort());
    const [published] = await publish((known) => [rule, ...known]);
    await due();
    expect(await followed()).toMatchObject({ version: 2, rerouted: 1 });
    expect([was, await queueOf(moves.id), await queueOf(held.id), await queueOf(other.id)]).toEqual([
      'LEGAL',
      'INFO',
      'LEGAL',
      'ADMIN',
    ]);
    expect(await routed([moves.id, held.id, other.id])).toEqual([
      {
        ticket_id: moves.id,
        data: expect.objectContaining({ why: 'new_rules', ruleId: published.id, ruleVersion: 1 }),
      },
    ]);
    const { body: history } = await t.as(chief, 'get', `/tickets/${moves.id}/events`).expect(200);
    expect(history.items.map((one: { text: object }) => one.text)).toContainEqual({
      fr: 'Dossier réorienté : nouvelles règles du pôle ; Essai',
      ar: 'أعيد توجيه الملف: قواعد جديدة للقطب؛ تجربة',
    });
    const { settings } = (
      await rows<{ settings: { capacityCost: number } }>(
        `select settings from queue where hub_id = $1 and code = 'INFO'`,
        [MS],
      )
    )[0];
    const [item] = await t.until(async () => {
      const found = await work();
      return found[0].code === 'INFO' && found;
    }, 20_000);
    expect(item.cost).toBe(settings.capacityCost);
    expect(item.required).toContainEqual(expect.objectContaining({ skill: 'tax' }));
  });

  it('each once, also when the worker dies on the way', async () => {
    t.app.get(RerouteService).batch = 1;
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push((await asked('FIN.01')).id);
    // Its work is in place, so that nothing but the rules touches the tickets.
    await t.until(async () => {
      const items = await rows('select 1 from work_item where ticket_id = any ($1)', [ids]);
      return items.length === ids.length;
    }, 20_000);
    const holder = new Client({ connectionString: t.database.adminUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from ticket where id = $1 for update', [ids[2]]);
    await publish((known) => [ruleOf('INFO', 'category', 'FIN.01'), ...known]);
    await due();
    const [{ pid }] = await t.until(async () => {
      const found = await rows<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from ticket where id = any%'`,
      );
      return found.length > 0 && found;
    }, 20_000);
    expect((await routed(ids)).map((one) => one.ticket_id)).toEqual(ids.slice(0, 2));
    await rows('select pg_terminate_backend($1)', [pid]);
    await holder.query('rollback');
    await holder.end();
    expect(await followed()).toMatchObject({ version: 3 });
    expect((await routed(ids)).map((one) => one.ticket_id)).toEqual(ids);
    for (const id of ids) expect(await queueOf(id)).toBe('INFO');
  });

  it('one that is refused stays, and holds no other back', async () => {
    t.app.get(RerouteService).batch = 200;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await asked('FIN.02')).id);
    await t.until(async () => {
      const items = await rows('select 1 from work_item where ticket_id = any ($1)', [ids]);
      return items.length === ids.length;
    }, 20_000);
    const was = await queueOf(ids[1]);
    await rows(
      `create function refuse_ticket() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await rows(
      `create trigger refuse_ticket before update on ticket for each row when (new.id = '${ids[1]}' and new.queue_id <> old.queue_id)
       execute function refuse_ticket()`,
    );
    await publish((known) => [ruleOf('INFO', 'category', 'FIN.02'), ...known]);
    await due();
    expect(await followed()).toMatchObject({ version: 4, rerouted: 2 });
    await rows('drop trigger refuse_ticket on ticket');
    expect((await routed(ids)).map((one) => one.ticket_id)).toEqual([ids[0], ids[2]]);
    expect([await queueOf(ids[0]), await queueOf(ids[1]), await queueOf(ids[2])]).toEqual(['INFO', was, 'INFO']);
  });
});

test('skills of an agent change as one list', async () => {
  const { body } = await t.as(supervisor, 'get', `/hubs/${FM}/skills`).expect(200);
  const mine = body.items.find((one: { accountId: string }) => one.accountId === agent.accountId);
  expect(mine).toMatchObject({
    version: 1,
    skills: [
      { skill: 'ar', level: 3 },
      { skill: 'fr', level: 3 },
    ],
  });
  const put = (skills: object[], version = 1) =>
    t
      .as(supervisor, 'put', `/hubs/${FM}/agents/${agent.accountId}/skills`)
      .set('if-match', `"v${version}"`)
      .send({ skills });
  const { body: refused } = await put([
    { skill: 'magic', level: 1 },
    { skill: 'tax', level: 9 },
  ]).expect(400);
  expect(refused.errors.map((one: { code: string }) => one.code)).toEqual([
    'unknown',
    'out_of_range',
    'language_required',
  ]);
  const { body: changed } = await put([
    { skill: 'fr', level: 2 },
    { skill: 'tax', level: 3 },
  ]).expect(200);
  expect(changed).toMatchObject({
    version: 2,
    skills: [
      { skill: 'fr', level: 2 },
      { skill: 'tax', level: 3 },
    ],
  });
  await put([{ skill: 'fr', level: 2 }]).expect(412);
  await t
    .as(supervisor, 'put', `/hubs/${FM}/agents/${member.accountId}/skills`)
    .set('if-match', '"v1"')
    .send({ skills: [{ skill: 'fr', level: 2 }] })
    .expect(404);
});

test('a hub chooses how its tickets find somebody, and goes back to the default', async () => {
  const mode = (who: TestPerson, to: string) => t.as(who, 'put', `/hubs/${FM}/assignment-mode`).send({ mode: to });
  expect((await t.as(supervisor, 'get', `/hubs/${FM}/assignment-mode`)).body).toEqual({
    hubId: FM,
    mode: 'least_load',
    inherited: true,
  });
  expect((await mode(supervisor, 'offers').expect(200)).body).toEqual({ hubId: FM, mode: 'offers', inherited: false });
  expect((await mode(coordinator, 'default').expect(200)).body).toEqual({
    hubId: FM,
    mode: 'least_load',
    inherited: true,
  });
  await mode(supervisor, 'lottery').expect(400);
});
