import { writeSync } from 'node:fs';
import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

const MOST_TRIED = 10;
let t: TestApp;
let person: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  person = await t.world.staff('FM', 'agent');
}, 60_000);
afterAll(() => t?.stop());
beforeEach(() => t.world.client.query('delete from login_attempt'));

const signIn = (email: string, password: string) => t.as(null, 'post', '/sessions').send({ email, password });
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

test('of 200 wrong guesses at once, ten are looked at', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => signIn(person.email, 'a wrong guess')));
  const of = (status: number) => answers.filter((one) => one.status === status);
  expect(of(401).length).toBeGreaterThan(0);
  expect(of(401).length).toBeLessThanOrEqual(MOST_TRIED);
  expect(of(401).length + of(429).length).toBe(200);
  expect(of(401)[0].body.code).toBe('invalid_credentials');
  expect(of(429)[0].body).toMatchObject({ code: 'rate_limited' });
  expect(of(429)[0].headers['retry-after']).toMatch(/^\d+$/);
  await signIn(person.email, PASSWORD).expect(429);
  await signIn(person.email.toUpperCase(), PASSWORD).expect(429);
}, 60_000);

test('an e-mail that has no account is answered in the same words and about the same time', async () => {
  const timed = async (email: string): Promise<{ ms: number; text: string }> => {
    const began = performance.now();
    const answer = await signIn(email, 'a wrong guess').expect(401);
    return { ms: performance.now() - began, text: answer.text };
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    if (round % 8 === 0) await t.world.client.query('delete from login_attempt');
    const [a, b] = [await timed(person.email), await timed('nobody@test.example.org')];
    expect(a.text).toBe(b.text);
    known.push(a.ms);
    unknown.push(b.ms);
  }
  const [one, other] = [median(known), median(unknown)];
  writeSync(2, `sign-in refused in ${one.toFixed(1)} ms for an account, ${other.toFixed(1)} ms for none\n`);
  // Without the same work for both, hashing alone makes this more than ten.
  expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(3);
}, 60_000);

test('a session is new at each sign-in, whatever the cookie said before', async () => {
  const first = await signIn(person.email, PASSWORD).expect(201);
  const cookie = `sanad_session=${first.body.token}`;
  const second = await signIn(person.email, PASSWORD).set('cookie', cookie).expect(201);
  expect(second.body.token).not.toBe(first.body.token);
  expect(second.headers['set-cookie'][0]).toMatch(
    new RegExp(`^sanad_session=${second.body.token};.*HttpOnly; SameSite=Lax`, 'i'),
  );
});

test('a disabled account is out at the next request, and cannot come back', async () => {
  const { body } = await signIn(person.email, PASSWORD).expect(201);
  await t.as(body, 'get', '/me').expect(200);
  await t.world.client.query("update account set status = 'disabled' where id = $1", [person.accountId]);
  const next = await t.as(body, 'get', '/me').expect(401);
  expect(next.body.code).toBe('invalid_token');
  await signIn(person.email, PASSWORD).expect(401);
});

test('whoever signs out is out', async () => {
  const other = await t.world.staff('FM', 'agent');
  const { body } = await signIn(other.email, PASSWORD).expect(201);
  await t.as(body, 'delete', '/sessions/current').expect(204);
  await t.as(body, 'get', '/me').expect(401);
});
