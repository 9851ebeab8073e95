import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { listen, watch } from '../support/sockets';
import type { TestPerson } from '../support/world';

let t: TestApp;

beforeAll(async () => {
  t = await TestApp.start();
}, 60_000);
afterAll(() => t?.stop());

describe('what everybody may know', () => {
  test('hubs with their hours, regions with the hub that answers, and the categories', async () => {
    const answer = await t.as(null, 'get', '/portal').expect(200);
    const { hubs, regions, themes } = answer.body;
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    expect(regions).toHaveLength(12);
    const codes = hubs.map((hub: { code: string }) => hub.code);
    for (const region of regions) expect(codes).toContain(region.hubCode);
    expect(regions.find((one: { code: string }) => one.code === 'MA-03')).toMatchObject({
      hubCode: 'FM',
      hubReason: 'managing',
    });
    const fes = hubs.find((hub: { code: string }) => hub.code === 'FM');
    expect(fes.week).toHaveLength(7);
    expect(fes.nextChange.local).toMatch(/[+-]\d\d:\d\d$/);
    expect(new Date(fes.nextChange.at).getTime()).toBeGreaterThan(Date.now());
    expect(themes.length).toBeGreaterThan(10);
    expect(themes.flatMap((one: { categories: unknown[] }) => one.categories).length).toBeGreaterThan(80);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(60_000);
  });

  test('what has not changed is not sent again', async () => {
    const first = await t.as(null, 'get', '/portal').expect(200);
    const again = await t.as(null, 'get', '/portal').set('if-none-match', first.headers.etag).expect(304);
    expect(again.text).toBe('');
  });

  test('the promise before sending names the hub, and instants with their offset', async () => {
    const { body } = await t
      .as(null, 'post', '/portal/promises')
      .send({ categoryCode: 'CRE.04', placeCode: 'MA-FES', language: 'ar' })
      .expect(200);
    expect(body).toMatchObject({ hub: { code: 'FM' }, hubReason: 'managing' });
    expect(new Date(body.firstResponse.dueAt) < new Date(body.resolution.dueAt)).toBe(true);
    expect(body.firstResponse.dueLocal).toMatch(/[+-]\d\d:\d\d$/);
  });

  test.each([
    ['a category that is none', { categoryCode: 'ZZZ.99' }, '/categoryCode'],
    ['a place that is none', { placeCode: 'MA-ZZ' }, '/placeCode'],
    ['a language that is none', { language: 'en' }, '/language'],
  ])('%s is refused', async (_, wrong, pointer) => {
    const { body } = await t
      .as(null, 'post', '/portal/promises')
      .send({ categoryCode: 'CRE.04', placeCode: 'MA-FES', language: 'ar', ...wrong })
      .expect(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});

const QUESTION = {
  body: 'مضت أربعة وسبعون يوما على الوصل المؤقت. ماذا نفعل؟',
  categoryCode: 'CRE.04',
  placeCode: 'MA-FES',
  preferredLanguage: 'ar',
};
const ask = (body: object = {}, key: string = randomUUID()) =>
  t
    .as(null, 'post', '/portal/requests')
    .set('idempotency-key', key)
    .send({ ...QUESTION, ...body });
const follow = (reference: string, code: string) => t.as(null, 'post', '/portal/follow').send({ reference, code });
const rows = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await t.world.client.query(sql, values)).rows as Row[];

describe('asking without an account', () => {
  test('the question is promised, and its code opens the follow-up and nothing else', async () => {
    const agent = await t.world.staff('FM', 'agent');
    const asked = await ask({ name: 'أمينة', associationName: 'جمعية الأمل', email: 'amina@test.example.org' }).expect(
      201,
    );
    const { reference, followUpCode } = asked.body;
    expect(asked.body).toMatchObject({ hub: { code: 'FM' }, firstResponse: { dueLocal: expect.any(String) } });
    expect(asked.body.routing.ar).toContain('قطب');

    const spelt = `${reference.replaceAll('-', ' ').toLowerCase()}`;
    const opened = await follow(spelt, ` ${followUpCode.slice(0, 4).toLowerCase()}-${followUpCode.slice(4)} `).expect(
      201,
    );
    expect(opened.headers['set-cookie'][0]).toMatch(/HttpOnly; SameSite=Lax/i);
    const follower = opened.body as TestPerson;
    const { body: ticket } = await t.as(follower, 'get', `/tickets/${reference}`).expect(200);
    expect(ticket).toMatchObject({
      reference,
      status: expect.stringMatching(/new|open/),
      queue: null,
      tags: [],
      channel: 'portal',
      answerLanguage: 'ar',
      association: { id: null, nameAr: 'جمعية الأمل' },
      requester: { name: 'أمينة' },
    });

    await t.write(agent, ticket.id, { kind: 'note', body: 'Note interne' }).expect(201);
    await t.write(agent, ticket.id, { body: 'يمكنكم العمل بالوصل المؤقت.' }).expect(201);
    await t.write(follower as never, reference, { body: 'شكرا، وماذا بعد؟' }).expect(201);
    const { body: said } = await t.as(follower, 'get', `/tickets/${reference}/messages`).expect(200);
    expect(said.items.map((one: { authorKind: string }) => one.authorKind)).toEqual([
      'requester',
      'staff',
      'requester',
    ]);
    const { body: now } = await t.as(follower, 'get', `/tickets/${reference}`).expect(200);
    expect(now.status).toBe('open');
    await t
      .as(follower, 'put', `/tickets/${reference}/status`)
      .set('if-match', `"v${now.version}"`)
      .send({ status: 'resolved' })
      .expect(200);
    await t.as(follower, 'get', `/tickets/${reference}/events`).expect(200);
    expect((await t.as(follower, 'get', '/tickets').expect(200)).body.items).toHaveLength(1);
    expect((await t.as(follower, 'get', '/me').expect(200)).body).toMatchObject({ role: 'follower', memberships: [] });
  });

  test('another ticket, notes and the work of the hub are closed to a follower', async () => {
    const member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
    const { body: other } = await t.ask(member).expect(201);
    const { body: mine } = await ask().expect(201);
    const { body: follower } = await follow(mine.reference, mine.followUpCode).expect(201);
    await t.until(async () => (await rows('select 1 from outbox where done_at is null limit 1')).length === 0);
    const { body: ticket } = await t.as(follower, 'get', `/tickets/${mine.reference}`).expect(200);
    await t.as(follower, 'get', `/tickets/${other.id}`).expect(404);
    await t.write(follower, other.id, { body: 'x' }).expect(404);
    await t.write(follower, ticket.id, { kind: 'note', body: 'x' }).expect(403);
    await t.write(follower, ticket.id, { body: 'x', outcome: 'resolved' }).expect(400);
    await t
      .as(follower, 'put', `/tickets/${ticket.id}/assignment`)
      .set('if-match', '"v1"')
      .send({ assigneeId: null })
      .expect(403);
    await t
      .as(follower, 'put', `/tickets/${ticket.id}/status`)
      .set('if-match', `"v${ticket.version}"`)
      .send({ status: 'pending' })
      .expect(409);
    for (const path of ['/associations', '/contacts', '/hubs', '/queues', '/notifications', '/reports/tickets']) {
      await t.as(follower, 'get', path).expect(403);
    }
    expect(
      (await t.as(follower, 'get', '/tickets').expect(200)).body.items.map((one: { id: string }) => one.id),
    ).toEqual([ticket.id]);
    await t.as(follower, 'delete', '/sessions/current').expect(204);
    await t.as(follower, 'get', `/tickets/${ticket.id}`).expect(401);
  });

  test('a follower hears live of its own ticket, not of its notes, and of no other', async () => {
    const agent = await t.world.staff('FM', 'agent');
    const member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
    const { body: other } = await t.ask(member).expect(201);
    const { body: mine } = await ask().expect(201);
    const { body: follower } = await follow(mine.reference, mine.followUpCode).expect(201);
    const socket = await listen(t.url, follower.token);
    try {
      expect(await watch(socket, other.id)).toBe(false);
      expect(await watch(socket, follower.ticketId)).toBe(true);
      await t.write(agent, follower.ticketId, { kind: 'note', body: 'Entre nous' }).expect(201);
      await t.write(agent, other.id, { body: 'Autre' }).expect(201);
      await t.write(agent, follower.ticketId, { body: 'Voici' }).expect(201);
      await t.until(async () => socket.pokes.some((poke) => poke.type === 'ticket.replied'));
      expect(socket.pokes.map((poke) => poke.type)).not.toContain('ticket.noted');
      expect(socket.pokes.every((poke) => poke.id === follower.ticketId)).toBe(true);
    } finally {
      socket.close();
    }
  });

  test('a repeated request creates once and is told the same code, which is kept nowhere', async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([ask({}, key), ask({}, key)]);
    const again = await ask({}, key).expect(201);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body).toEqual(one.body);
    expect(again.body).toEqual(one.body);
    await follow(one.body.reference, one.body.followUpCode).expect(201);
    const kept = await rows<{ n: number }>(
      "select count(*)::int as n from idempotency where answer like '%' || $1 || '%' or key = $2",
      [one.body.followUpCode, key],
    );
    expect(kept).toEqual([{ n: 0 }]);
    const other = await ask({ body: 'Autre question' }, key).expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
  });

  test('nobody sends words of their own to strangers through the receipt', async () => {
    const email = `victim.${randomUUID().slice(0, 8)}@test.example.org`;
    await ask({ email, name: 'Gagnez', subject: 'Gagnez un million' }).expect(201);
    await ask({ email, body: 'Encore une question' }).expect(201);
    const mails = await t.until(async () => {
      const done = await rows('select 1 from outbox where done_at is null limit 1');
      const found = await rows<{ text: string }>('select text from mail_message where to_address = $1', [email]);
      return done.length === 0 && found.length > 0 && found;
    }, 10_000);
    expect(mails).toHaveLength(1);
    expect(mails[0].text).not.toContain('Gagnez');
  });

  test.each([
    ['a field that people do not see', { website: 'http://x' }, '/website'],
    ['a telephone number that is none', { phone: '12' }, '/phone'],
    ['an address of two alphabets', { email: '\u0430min@test.example.org' }, '/email'],
    ['a category without leaves', { categoryCode: 'CRE' }, '/categoryCode'],
    ['a place that is none', { placeCode: 'MA-ZZ' }, '/placeCode'],
    ['a blank question', { body: '\u200b' }, '/body'],
    ['a hub of one\u2019s own choice', { hubId: randomUUID() }, '/hubId'],
  ])('%s is refused whole', async (_, wrong, pointer) => {
    const before = await rows('select count(*) from ticket');
    const { body } = await ask(wrong).expect(400);
    expect(body.errors[0].pointer).toBe(pointer);
    expect(await rows('select count(*) from ticket')).toEqual(before);
  });

  test('a key that others guess is refused', async () => {
    expect((await ask({}, 'short').expect(400)).body.errors[0].pointer).toBe('header:Idempotency-Key');
  });

  test('an address of the same person is heard six times a day', async () => {
    const email = `often.${randomUUID().slice(0, 8)}@test.example.org`;
    for (let i = 0; i < 6; i += 1) await ask({ email }).expect(201);
    const seventh = await ask({ email: email.toUpperCase() }).expect(429);
    expect(seventh.headers['retry-after']).toMatch(/^\d+$/);
  });
});

describe('the follow-up code', () => {
  beforeEach(() => t.world.client.query('delete from login_attempt'));

  test('a wrong code and an unknown reference are answered in the same words', async () => {
    const { body } = await ask().expect(201);
    const wrong = await follow(body.reference, 'AAAAAAAA').expect(401);
    const member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
    const { body: owned } = await t.ask(member).expect(201);
    const withAccount = await follow(owned.reference, '').expect(400);
    const noCode = await follow(owned.reference, 'AAAAAAAA').expect(401);
    expect(noCode.text).toBe(wrong.text);
    expect(withAccount.body.errors[0].pointer).toBe('/code');
    expect((await follow('FM-26-000001-0', 'AAAAAAAA')).body.code).toMatch(/invalid_credentials|validation_failed/);
    expect((await follow('not one', 'AAAAAAAA').expect(400)).body.errors[0].pointer).toBe('/reference');
  });

  test('of a hundred guesses at once, ten are looked at, and a guess after them is refused even when right', async () => {
    const { body } = await ask().expect(201);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => follow(body.reference, `GUESS${100 + n}`)));
    const of = (status: number) => answers.filter((one) => one.status === status).length;
    expect(of(401)).toBeGreaterThan(0);
    expect(of(401)).toBeLessThanOrEqual(10);
    expect(of(401) + of(429)).toBe(50);
    await follow(body.reference, body.followUpCode).expect(429);
  });
});
