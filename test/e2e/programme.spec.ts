import { TakeoverService } from '@app/features/administration/takeover.service';
import { localParts } from '@app/domain/zone';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let coordinator: TestPerson;
let supervisor: TestPerson;
let agent: TestPerson;
let member: TestPerson;
const today = localParts(new Date()).date;
const tag = (version: number) => `"v${version}"`;

beforeAll(async () => {
  t = await TestApp.start();
  coordinator = await t.world.coordinator();
  supervisor = await t.world.staff('FM', 'supervisor', []);
  agent = await t.world.staff('FM', 'agent', []);
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
}, 60_000);
afterAll(() => t?.stop());

interface Hub {
  id: string;
  code: string;
  status: string;
  version: number;
}
const hubs = async (): Promise<Hub[]> => (await t.as(coordinator, 'get', '/programme/hubs').expect(200)).body.items;
const hub = async (code: string): Promise<Hub> => (await hubs()).find((one) => one.code === code)!;
const change = (
  route: string,
  version: number,
  body: object,
  by = coordinator,
  method: 'patch' | 'put' | 'post' = 'patch',
) => t.as(by, method, route).set('if-match', tag(version)).send(body);
const answering = async (place: string) =>
  (await t.as(agent, 'get', `/territories/answering?placeCode=${place}`).expect(200)).body.hubCode;

test('only coordinators arrange the programme', async () => {
  for (const route of ['hubs', 'agreements', 'territories', 'categories', 'settings']) {
    for (const by of [supervisor, agent, member]) await t.as(by, 'get', `/programme/${route}`).expect(403);
    await t.as(coordinator, 'get', `/programme/${route}`).expect(200);
  }
});

test('hubs agree to help each other for a time, and an agreement ends without being deleted', async () => {
  const [from, to] = [await hub('FM'), await hub('NT')];
  const body = { fromHubId: from.id, toHubId: to.id, what: ['overflow'], queueCodes: ['LEGAL'], from: today };
  const make = (change: object) => t.as(coordinator, 'post', '/programme/agreements').send({ ...body, ...change });
  const made = (await make({}).expect(201)).body;
  expect(made).toMatchObject({ ...body, to: null });
  for (const wrong of [{ toHubId: from.id }, { queueCodes: ['NONE'] }, { what: [] }, { to: today }])
    await make(wrong).expect(400);
  const end = (on: string) => t.as(coordinator, 'post', `/programme/agreements/${made.id}/end`).send({ on });
  await end(today).expect(400);
  expect((await end('2199-01-01').expect(200)).body).toMatchObject({ id: made.id, to: '2199-01-01' });
  const { body: listed } = await t.as(coordinator, 'get', '/programme/agreements').expect(200);
  expect(listed.items).toContainEqual({ ...made, to: '2199-01-01' });
});

describe('hubs', () => {
  test('begin as planned with queues and rules, and open by one change', async () => {
    const body = { code: 'ZZ', nameFr: 'Pôle d’essai', nameAr: 'قطب تجريبي', phone: '05 35 00 00 00' };
    const made = (await t.as(coordinator, 'post', '/programme/hubs').send(body).expect(201)).body;
    expect(made).toMatchObject({ status: 'planned', phone: '+212535000000', version: 1 });
    await t.as(coordinator, 'post', '/programme/hubs').send(body).expect(409);
    const { rows } = await t.world.client.query(
      'select (select count(*)::int from queue where hub_id = $1) as queues, (select count(*)::int from routing_rule where hub_id = $1) as rules',
      [made.id],
    );
    expect(rows[0].queues).toBeGreaterThan(0);
    expect(rows[0].rules).toBeGreaterThan(0);
    const route = `/programme/hubs/${made.id}`;
    await change(route, 1, { status: 'suspended' }).expect(409);
    expect((await change(route, 1, { status: 'active', nameFr: 'Pôle Z' }).expect(200)).body.version).toBe(2);
    await change(route, 1, { nameFr: 'X' }).expect(412);
    await change(route, 2, { phone: 'nonsense' }).expect(400);
    await change(route, 2, { code: 'YY' }).expect(400);
    await change(route, 2, { seatCode: 'MA-ZZZ' }).expect(400);
    expect((await change(route, 2, { status: 'closed' }).expect(200)).body.status).toBe('closed');
    const national = (await hubs()).find((one) => (one as unknown as { isNational: boolean }).isNational)!;
    await change(`/programme/hubs/${national.id}`, national.version, { status: 'closed' }).expect(409);
  });
});

describe('territories', () => {
  const body = (changes: object = {}) => ({
    placeCode: 'MA-FES',
    hubId: t.world.hubs.MS,
    role: 'interim',
    from: today,
    ...changes,
  });
  const post = (route: string, changes: object = {}) => t.as(coordinator, 'post', route).send(body(changes));

  test('show what would move before anything does', async () => {
    const asked = (await t.ask(member).expect(201)).body;
    const impact = (await post('/programme/territories/impact').expect(200)).body;
    expect(impact).toMatchObject({ openTickets: 1, associations: 1 });
    expect(impact.places).toEqual([
      { placeCode: 'MA-FES', fromHubId: t.world.hubs.FM, toHubId: t.world.hubs.MS, openTickets: 1 },
    ]);
    expect(await answering('MA-FES')).toBe('FM');
    await t.as(agent, 'get', `/tickets/${asked.id}`).expect(200);
  });

  test('change from a day on; tickets and associations follow without losing a clock', async () => {
    const { rows: before } = await t.world.client.query('select id, due_at from sla_clock order by id');
    const done = (await post('/programme/territories').expect(201)).body;
    expect(done.impact.openTickets).toBe(1);
    expect(await answering('MA-FES')).toBe('MS');
    await t.app.get(TakeoverService).moveOn();
    const { rows } = await t.world.client.query('select id, hub_id, reference from ticket');
    expect(rows.every((row: { hub_id: string }) => row.hub_id === t.world.hubs.MS)).toBe(true);
    expect((await t.world.client.query('select id, due_at from sla_clock order by id')).rows).toEqual(before);
    const { rows: moved } = await t.world.client.query('select hub_id from association where id = $1', [
      member.associationId,
    ]);
    expect(moved[0].hub_id).toBe(t.world.hubs.MS);
    // The former hub keeps sight of it; the member asks the new one.
    await t.as(agent, 'get', `/tickets/${rows[0].id}`).expect(200);
    expect((await t.ask(member).expect(201)).body.hub.code).toBe('MS');
    expect(await t.app.get(TakeoverService).moveOn()).toBe(0);
  });

  test.each([
    ['a day that is over', { from: '2020-01-01' }, '/from'],
    ['a place that is not', { placeCode: 'MA-ZZZ' }, '/placeCode'],
    ['a hub that is not', { hubId: '019e0000-0000-7000-8000-000000000001' }, '/hubId'],
    ['no day', { from: '2026-02-30' }, '/from'],
  ])('%s is refused', async (_, changes, pointer) => {
    for (const route of ['/programme/territories', '/programme/territories/impact']) {
      expect((await post(route, changes).expect(400)).body.errors[0].pointer).toBe(pointer);
    }
  });

  test('suspending a hub gives all its places to another in one command; nobody is left without a hub', async () => {
    const fm = await hub('FM');
    const route = `/programme/hubs/${fm.id}/suspension`;
    const interimHubId = t.world.hubs.MS;
    const impact = (await t.as(coordinator, 'post', `${route}/impact`).send({ interimHubId }).expect(200)).body;
    expect(impact.places.length).toBeGreaterThan(5);
    await change(route, fm.version, { interimHubId: fm.id }, coordinator, 'post').expect(400);
    const two = await Promise.all([1, 2].map(() => change(route, fm.version, { interimHubId }, coordinator, 'post')));
    expect(two.map((one) => one.status).sort()).toEqual([200, 412]);
    expect((await hub('FM')).status).toBe('suspended');
    const { rows } = await t.world.client.query(
      `select p.code from place p where answering_hub(p.code, $1) = $2 or answering_hub(p.code, $1) is null`,
      [today, fm.id],
    );
    expect(rows).toEqual([]);
    const rowsOf = (await t.as(coordinator, 'get', '/programme/territories').expect(200)).body.items;
    expect(
      rowsOf.filter((one: { hubId: string; to: string | null }) => one.hubId === fm.id && one.to === null),
    ).toEqual([]);
  });
});

describe('categories', () => {
  test('are added to a theme, renamed and put aside; tickets keep theirs', async () => {
    const body = { code: 'CRE.91', kind: 'information', nameFr: 'Autre', nameAr: 'أخرى' };
    const made = (await t.as(coordinator, 'post', '/programme/categories').send(body).expect(201)).body;
    expect(made).toMatchObject({ parentCode: 'CRE', active: true, defaultPriority: 'normal' });
    await t.as(coordinator, 'post', '/programme/categories').send(body).expect(409);
    await t
      .as(coordinator, 'post', '/programme/categories')
      .send({ ...body, code: 'QQQ.01' })
      .expect(400);
    const asked = (await t.ask(member, { categoryCode: 'CRE.91' }).expect(201)).body;
    const route = '/programme/categories/CRE.91';
    await change(route, 1, { active: false, needsValidation: true }).expect(200);
    await change(route, 1, { nameFr: 'x' }).expect(412);
    await t.ask(member, { categoryCode: 'CRE.91' }).expect(400);
    expect((await t.as(member, 'get', `/tickets/${asked.id}`).expect(200)).body.category.nameFr).toBe('Autre');
    await change('/programme/categories/CRE.90', 1, { nameFr: 'x' }).expect(404);
  });
});

describe('settings', () => {
  const settings = async () => (await t.as(coordinator, 'get', '/programme/settings').expect(200)).body.items;

  test('the notice under each answer changes with the next answer', async () => {
    const notice = (await settings()).find((one: { key: string }) => one.key === 'legal_notice');
    const text = { fr: `${notice.text.fr} Bien à vous.`, ar: notice.text.ar };
    const route = '/programme/settings/legal_notice';
    await change(route, notice.version, { text }, coordinator, 'put').expect(200);
    await change(route, notice.version, { text }, coordinator, 'put').expect(412);
    await change(route, notice.version + 1, { options: [] }, coordinator, 'put').expect(400);
    await change(route, notice.version + 1, { text: { fr: 'x' } }, coordinator, 'put').expect(400);
    await change('/programme/settings/assignment_mode', 1, { text }, coordinator, 'put').expect(400);
  });

  test('a reason that tickets may name stays in its list', async () => {
    const list = (await settings()).find((one: { key: string }) => one.key === 'hold_reasons');
    const put = (options: object[]) =>
      change('/programme/settings/hold_reasons', list.version, { options }, coordinator, 'put');
    expect((await put(list.options.slice(1)).expect(400)).body.errors[0].code).toBe('in_use');
    const added = { code: 'strike', fr: 'Grève', ar: 'إضراب', pausesClock: true };
    expect(
      (await put([...list.options, { ...added, pausesClock: undefined }]).expect(400)).body.errors[0].pointer,
    ).toMatch(/pausesClock$/);
    expect((await put([...list.options, added]).expect(200)).body.options).toHaveLength(list.options.length + 1);
  });
});

describe('branding', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#3c46ad"/></svg>';
  const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
  const body = (changes: object = {}) => ({
    nameFr: 'Pôle de Fès-Meknès',
    nameAr: 'قطب فاس مكناس',
    accent: '#005f73',
    greetingFr: 'Bienvenue',
    greetingAr: 'مرحبا',
    phone: '05 35 00 00 01',
    logo: { mediaType: 'image/svg+xml', data: base64(svg) },
    ...changes,
  });
  const get = async () => (await t.as(null, 'get', `/hubs/${t.world.hubs.FM}/branding`).expect(200)).body;
  const put = (version: number, changes: object = {}, by = supervisor, id = t.world.hubs.FM) =>
    change(`/hubs/${id}/branding`, version, body(changes), by, 'put');

  test('is public to read, and written by the hub’s supervisor or the programme', async () => {
    const { version } = await get();
    const view = (await put(version).expect(200)).body;
    expect(view).toMatchObject({
      accent: '#005f73',
      greetingAr: 'مرحبا',
      phone: '+212535000001',
      version: version + 1,
    });
    expect(view.scale).toHaveLength(10);
    const logo = await t.as(null, 'get', view.logo.replace('/api/v1', '')).expect(200);
    expect(logo.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' });
    expect(logo.headers['content-security-policy']).toContain('sandbox');
    expect(logo.body.toString()).toBe(svg);
    await put(version).expect(412);
    await put(version, {}, agent).expect(403);
    await put(1, {}, supervisor, t.world.hubs.MS).expect(404);
    const kept = (await put(version + 1, { logo: undefined }, coordinator).expect(200)).body;
    expect(kept.logo).not.toBeNull();
    expect((await put(version + 2, { logo: null }).expect(200)).body.logo).toBeNull();
    await t.as(null, 'get', `/hubs/${t.world.hubs.FM}/logo`).expect(404);
  });

  test.each([
    ['a colour that carries no text', { accent: '#8ecae6' }, '/accent', 'low_contrast'],
    ['a colour of warnings', { accent: '#9b1c1c' }, '/accent', 'like_a_warning'],
    ['no colour', { accent: 'url(x)' }, '/accent', undefined],
    [
      'a script in a picture',
      { logo: { mediaType: 'image/svg+xml', data: base64('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>') } },
      '/logo/data',
      'type_not_allowed',
    ],
    [
      'a text that says it is a picture',
      { logo: { mediaType: 'image/png', data: base64(svg) } },
      '/logo/data',
      'type_not_allowed',
    ],
    [
      'too much',
      { logo: { mediaType: 'image/svg+xml', data: base64(svg.replace('<path', `${' '.repeat(20_000)}<path`)) } },
      '/logo/data',
      'too_large',
    ],
    ['a telephone that is none', { phone: 'allo' }, '/phone', 'phone_expected'],
  ])('%s is refused', async (_, changes, pointer, code) => {
    const answer = await put((await get()).version, changes).expect(400);
    expect(answer.body.errors[0]).toMatchObject({ pointer, ...(code ? { code } : {}) });
  });
});
