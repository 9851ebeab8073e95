import fc from 'fast-check';
import { pino } from 'pino';
import { TestApp } from '../../support/app';
import type { TestPerson } from '../../support/world';

/** Pieces that mean something to a search, a pattern, a number or a reference. */
const PIECES = [...`'"\\:*&|!()<->%_ 1ا`, 'ال', 'a', 'FM-26-', '\u200f', '\u0651', '\u3300'];
const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...PIECES), minLength: 1, maxLength: 40 }),
  )
  .map((text) => text.replace(/[\0\p{Surrogate}]/gu, 'x'));

const alarms: string[] = [];
let t: TestApp;
let member: TestPerson;
let agent: TestPerson;

beforeAll(async () => {
  t = await TestApp.start({ log: pino({ level: 'error' }, { write: (line) => alarms.push(line) }) });
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent');
}, 60_000);
afterAll(() => t?.stop());
afterEach(() => expect(alarms).toEqual([]));

const get = (path: string, query: object = {}) => t.as(agent, 'get', path).query(query);
const statuses = (answers: { status: number }[]) => answers.map((one) => one.status);

test('property: any text may be searched for, named or written', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const found = await Promise.all([
        get('/tickets', { q: text }),
        get('/contacts', { q: text, email: text }),
        get('/associations', { q: text }),
        get('/associations/duplicates', { name: text, receipt: text }),
        get('/contacts', { phone: text.slice(0, 40) }),
        get(`/tickets/${encodeURIComponent(text)}`),
        t.ask(member, { subject: text, body: text, followUpOf: text.slice(0, 60) }),
        t.as(agent, 'post', '/contacts').send({ name: text, phones: [text.slice(0, 40)], emails: [text] }),
      ]);
      expect(statuses(found).filter((status) => ![200, 201, 400, 404].includes(status))).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const words = (length: number, word: (n: number) => string): string =>
  Array.from({ length: Math.ceil(length / 2) }, (_, n) => word(n))
    .join(' ')
    .slice(0, length);

test.each<[string, string]>([
  ['one Latin word', 'a'.repeat(100_000)],
  ['one Arabic word', 'ع'.repeat(100_000)],
  ['as many different words as fit', words(100_000, (n) => n.toString(36))],
  ['different letters of three bytes', words(80_000, (n) => String.fromCodePoint(0x4e00 + (n % 20_000)))],
  ['letters that grow to eighteen', '\ufdfa'.repeat(20_000)],
  ['what a search is written with', `'a':1A & | ! <-> \\ :* ''`.repeat(4_000)],
  ['references', 'FM-26-000001-1 '.repeat(6_000)],
  ['numbers', '0612345678 '.repeat(9_000)],
])('a question of %s is taken', async (_, body) => {
  const { body: asked } = await t.ask(member, { body }).expect(201);
  await t.as(member, 'get', `/tickets/${asked.id}/messages`).expect(200);
});

test.each<[string, string]>([
  ['of letters that grow to eighteen', '\ufdfa\ufdfb'.repeat(100)],
  ['of letters that grow to words', Array.from({ length: 200 }, (_, n) => String.fromCodePoint(0x3300 + n)).join('')],
  ['of letters of four bytes', Array.from({ length: 200 }, (_, n) => String.fromCodePoint(0x1f300 + n)).join('')],
])('a name %s is kept and found', async (_, name) => {
  const { body: contact } = await t.as(agent, 'post', '/contacts').send({ name, nameAr: name }).expect(201);
  expect(contact.name).toBe(name.normalize('NFC'));
  await get('/contacts', { q: name }).expect(200);
  await t
    .as(agent, 'post', '/associations')
    .send({ nameFr: name, nameAr: `${name} ب`, placeCode: 'MA-FES' })
    .expect(201);
});
