import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let coordinator: TestPerson;
let ticket: { id: string; reference: string; version: number };

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  other = await t.world.staff('MS', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  coordinator = await t.world.coordinator();
  ticket = (await t.ask(member).expect(201)).body;
}, 60_000);
afterAll(() => t?.stop());

const tag = (version: number) => `"v${version}"`;
const draftOf = (kind = 'reply', id = ticket.id) => `/tickets/${id}/drafts/${kind}`;
const save = (by: TestPerson, version: number, text: string, route = draftOf()) =>
  t.as(by, 'put', route).set('if-match', tag(version)).send({ text });

describe('drafts', () => {
  test('are saved one after the other, by version', async () => {
    const empty = await t.as(agent, 'get', draftOf()).expect(200);
    expect(empty.body).toMatchObject({ text: '', version: 1, savedAt: null });
    const first = await save(agent, 1, 'Bonjour').expect(200);
    expect(first.headers.etag).toBe('"v2"');
    expect((await save(agent, 1, 'Bonj').expect(412)).body.code).toBe('precondition_failed');
    await save(agent, 2, 'Bonjour Madame').expect(200);
    expect((await t.as(agent, 'get', draftOf('reply', ticket.reference))).body).toMatchObject({
      text: 'Bonjour Madame',
      version: 3,
    });
    expect((await t.as(agent, 'get', '/me/drafts').expect(200)).body.items).toMatchObject([
      { ticketId: ticket.id, kind: 'reply' },
    ]);
  });

  test('are seen by nobody else, and need a ticket that one may write on', async () => {
    expect((await t.as(supervisor, 'get', draftOf()).expect(200)).body.text).toBe('');
    await t.as(other, 'get', draftOf()).expect(404);
    await save(other, 1, 'x').expect(404);
    await save(member, 1, 'x', draftOf('note')).expect(403);
    await t.as(agent, 'put', draftOf()).send({ text: 'x' }).expect(428);
    await t.as(agent, 'get', draftOf('letter')).expect(400);
  });

  test('go with the message that was sent, and a late save brings nothing back', async () => {
    await t.write(agent, ticket.id, { body: 'Bonjour Madame', draftVersion: 3 }).expect(201);
    expect((await t.as(agent, 'get', draftOf())).body).toMatchObject({ text: '', version: 4 });
    await save(agent, 3, 'Bonjour Madame, je').expect(412);
    expect((await t.as(agent, 'get', '/me/drafts')).body.items).toEqual([]);
    // Never saved before it was sent: its first save is still on its way.
    await t.write(agent, ticket.id, { kind: 'note', body: 'Note', draftVersion: 1 }).expect(201);
    await save(agent, 1, 'Not', draftOf('note')).expect(412);
    // A program that knows of no drafts empties what is there.
    await save(agent, 4, 'encore').expect(200);
    await t.write(agent, ticket.id, { body: 'Encore' }).expect(201);
    expect((await t.as(agent, 'get', draftOf())).body).toMatchObject({ text: '', version: 6 });
  });

  test('are thrown away by version too; of many at once, one save is taken', async () => {
    const saves = await Promise.all(Array.from({ length: 8 }, (_, n) => save(supervisor, 1, `texte ${n}`)));
    expect(saves.map((one) => one.status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
    await t.as(supervisor, 'delete', draftOf()).set('if-match', tag(1)).expect(412);
    await t.as(supervisor, 'delete', draftOf()).set('if-match', tag(2)).expect(204);
    await save(supervisor, 2, 'trop tard').expect(412);
  });

  test('a member keeps one too', async () => {
    await save(member, 1, 'شكرا').expect(200);
    await t.write(member, ticket.id, { body: 'شكرا', draftVersion: 2 }).expect(201);
    expect((await t.as(member, 'get', draftOf())).body.text).toBe('');
  });
});

describe('macros', () => {
  const macros = async (by: TestPerson, query = '') =>
    (await t.as(by, 'get', `/macros${query}`).expect(200)).body.items;
  const body = (changes: object = {}) => ({
    kind: 'macro',
    nameFr: 'Accueil',
    nameAr: 'استقبال',
    bodyFr: 'Bonjour {{contact.name}}, au {{hub.phone}} : {{documents.list}}',
    bodyAr: 'مرحبا {{contact.name}}، {{hub.phone}}: {{documents.list}}',
    actions: [{ type: 'status', value: 'pending' }],
    ...changes,
  });

  test('the programme’s are there for every hub, in both languages', async () => {
    const all = await macros(agent);
    expect(all.length).toBeGreaterThan(20);
    expect(all.find((one: { code: string }) => one.code === 'ACK')).toMatchObject({ hubId: null, kind: 'macro' });
    expect((await macros(agent, '?kind=snippet')).every((one: { kind: string }) => one.kind === 'snippet')).toBe(true);
  });

  test('a preview fills what the ticket knows, lists what it lacks and names what would change', async () => {
    const docs = (await macros(agent)).find((one: { code: string }) => one.code === 'DOCS');
    const preview = (input: object) =>
      t.as(agent, 'post', `/tickets/${ticket.reference}/macro-preview`).send({ macroId: docs.id, ...input });
    const first = (await preview({}).expect(200)).body;
    expect(first).toMatchObject({ ready: false, missing: ['documents.list', 'reminder.date'], language: 'fr' });
    expect(first.subject).toContain(`\u2068${ticket.reference}\u2069`);
    expect(first.text).toContain('{{documents.list}}');
    expect(first.actions).toMatchObject([{ type: 'status', value: 'pending' }, {}]);
    const values = { 'documents.list': 'الوصل', 'reminder.date': 'الاثنين' };
    const second = (await preview({ language: 'ar', values }).expect(200)).body;
    expect(second).toMatchObject({ ready: true, missing: [], direction: 'rtl' });
    expect(second.text).toContain('\u2068الوصل\u2069');
    await preview({ values: { 'hub.pet': 'x' } }).expect(400);
    await preview({ macroId: ticket.id }).expect(404);
    await t.as(other, 'post', `/tickets/${ticket.id}/macro-preview`).send({ macroId: docs.id }).expect(404);
  });

  test('an unfilled variable does not leave the house', async () => {
    const refused = await t.write(agent, ticket.id, { body: 'Il manque {{documents.list}}.' }).expect(400);
    expect(refused.body.errors).toMatchObject([{ pointer: '/body', code: 'unfilled_variable' }]);
    await t.write(agent, ticket.id, { body: 'Écrivez {{nom}} dans le modèle.' }).expect(201);
  });

  test('a hub’s copy stands before the programme’s, for that hub alone, until it goes', async () => {
    const copy = (
      await t
        .as(supervisor, 'post', '/macros')
        .send(body({ code: 'ANSWER' }))
        .expect(201)
    ).body;
    // The sentence under an answer is the programme's to take away.
    expect(copy).toMatchObject({ hubId: t.world.hubs.FM, disclaimer: true, version: 1 });
    expect(
      (
        await t
          .as(supervisor, 'post', '/macros')
          .send(body({ code: 'ANSWER' }))
          .expect(409)
      ).body.code,
    ).toBe('already_exists');
    const shown = async (by: TestPerson) => (await macros(by)).find((one: { code: string }) => one.code === 'ANSWER');
    expect((await shown(agent)).id).toBe(copy.id);
    expect((await shown(other)).hubId).toBeNull();
    await t.as(other, 'get', `/macros/${copy.id}`).expect(404);
    const change = (by: TestPerson, version: number) =>
      t
        .as(by, 'put', `/macros/${copy.id}`)
        .set('if-match', tag(version))
        .send(body({ active: false }));
    await change(agent, 1).expect(403);
    await change(coordinator, 1).expect(404);
    await change(supervisor, 1).expect(200);
    await change(supervisor, 1).expect(412);
    expect(await shown(agent)).toBeUndefined();
    await t.as(supervisor, 'delete', `/macros/${copy.id}`).set('if-match', tag(2)).expect(204);
    expect((await shown(agent)).hubId).toBeNull();
  });

  test('the programme changes its own and no hub does', async () => {
    const mine = (await macros(coordinator)).find((one: { code: string }) => one.code === 'NEUTRAL');
    const text = { ...body({ kind: 'snippet', bodyFr: 'Neutre.', bodyAr: 'محايد.', actions: [] }) };
    const put = (by: TestPerson) => t.as(by, 'put', `/macros/${mine.id}`).set('if-match', tag(mine.version)).send(text);
    await put(supervisor).expect(403);
    await put(coordinator).expect(200);
    expect((await t.as(agent, 'get', `/macros/${mine.id}`).expect(200)).body.bodyFr).toBe('Neutre.');
  });

  test.each([
    ['a variable in one language only', { bodyAr: 'x' }, '/bodyAr', 'missing_variable'],
    ['an unknown variable', { bodyFr: '{{agent.salary}}', bodyAr: '{{agent.salary}}' }, '/bodyFr', 'unknown_variable'],
    ['an action without sense', { actions: [{ type: 'status', value: 'gone' }] }, '/actions/0/value', 'not_allowed'],
    ['a subject in one language only', { subjectFr: 'x' }, '/subjectAr', 'required'],
  ])('%s is refused', async (_, changes, pointer, code) => {
    const answer = await t
      .as(supervisor, 'post', '/macros')
      .send(body({ code: 'ZZ_NEW', ...changes }))
      .expect(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code })]));
  });
});

describe('saved views', () => {
  const create = (by: TestPerson, changes: object = {}) =>
    t.as(by, 'post', '/views').send({ name: 'En retard', query: { due: 'late', status: 'new,open' }, ...changes });

  test('are the parameters of the list, checked by its rules', async () => {
    const view = (await create(agent).expect(201)).body;
    expect(view).toMatchObject({ mine: true, shared: false, query: { due: 'late', status: 'new,open' }, version: 1 });
    await t.as(agent, 'get', `/tickets?${new URLSearchParams(view.query).toString()}`).expect(200);
    await create(agent).expect(409);
    for (const query of [
      { due: 'soonish' },
      { limit: '5' },
      { cursor: 'x' },
      { status: 'gone' },
      { 'filter[$ne]': '1' },
    ]) {
      expect((await create(agent, { name: 'x', query }).expect(400)).body.errors[0].pointer).toMatch(/^\/query/);
    }
    await create(member).expect(403);
  });

  test('a supervisor shares with the hub; others’ own are not there', async () => {
    await create(agent, { name: 'y', shared: true }).expect(400);
    const shared = (await create(supervisor, { name: 'Équipe', shared: true }).expect(201)).body;
    const hidden = (await create(supervisor, { name: 'À moi' }).expect(201)).body;
    const names = async (by: TestPerson) =>
      (await t.as(by, 'get', '/views').expect(200)).body.items.map((one: { name: string }) => one.name);
    expect(await names(agent)).toEqual(['En retard', 'Équipe']);
    expect(await names(other)).toEqual([]);
    const remove = (by: TestPerson, id: string, version = 1) =>
      t.as(by, 'delete', `/views/${id}`).set('if-match', tag(version));
    await remove(agent, shared.id).expect(403);
    await remove(agent, hidden.id).expect(404);
    await remove(other, shared.id).expect(404);
    await t
      .as(supervisor, 'put', `/views/${hidden.id}`)
      .set('if-match', tag(1))
      .send({ name: 'Urgents', query: { priority: 'urgent' } })
      .expect(200);
    await remove(supervisor, hidden.id).expect(412);
    await remove(supervisor, hidden.id, 2).expect(204);
  });
});

describe('words of mails', () => {
  const route = '/mail-texts/received';
  const own = async (by: TestPerson) => (await t.as(by, 'get', route).expect(200)).body;
  const text = async (greeting: string) => {
    const { subjectFr, subjectAr, paragraphsFr, paragraphsAr } = await own(supervisor);
    return { subjectFr, subjectAr, paragraphsFr: [greeting, ...paragraphsFr], paragraphsAr };
  };
  const received = async (by: TestPerson) => {
    const { id } = (await t.ask(by).expect(201)).body;
    return t.until(async () => {
      const { rows } = await t.world.client.query<{ text: string }>(
        `select text from mail_message where ticket_id = $1 and template = 'received'`,
        [id],
      );
      return rows[0]?.text;
    });
  };

  test('are a hub’s own when it wants, with a preview in both languages', async () => {
    const body = await text('Azul {{ name }},');
    const preview = (await t.as(supervisor, 'post', `${route}/preview`).send(body).expect(200)).body;
    expect(preview.fr.text).toContain('Azul \u2068Mme Amina\u2069,');
    expect(preview.ar.html).toContain('dir="rtl"');
    const write = (version: number) => t.as(supervisor, 'put', route).set('if-match', tag(version)).send(body);
    expect((await write(1).expect(200)).body).toMatchObject({ own: true, version: 2 });
    await write(1).expect(412);
    expect(await received(member)).toMatch(/^Azul /);
    const elsewhere = await t.world.person(await t.world.association('MS', 'MA-MAR'), 'member');
    expect(await received(elsewhere)).not.toContain('Azul');
    await t.as(agent, 'get', route).expect(403);
    await t.as(supervisor, 'delete', route).set('if-match', tag(2)).expect(204);
    expect((await own(supervisor)).own).toBe(false);
  });

  test('say what a mail must say', async () => {
    const body = await text('Bonjour');
    const refused = await t
      .as(supervisor, 'put', route)
      .set('if-match', tag(1))
      .send({ ...body, paragraphsFr: ['Bonjour'] })
      .expect(400);
    const detail = refused.body.errors.map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`);
    expect(detail).toContain('/paragraphsFr missing_variable');
    await t.as(supervisor, 'get', '/mail-texts/invitation').expect(400);
  });
});
