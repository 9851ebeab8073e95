import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

let t: TestApp;
let person: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
}, 60_000);
afterAll(() => t?.stop());
beforeEach(async () => {
  await t.world.client.query('delete from login_attempt');
  person = await t.world.person(await t.world.association('FM', 'MA-FES'), 'manager');
});

const ask = (email: string) => t.as(null, 'post', '/sessions/codes').send({ email, language: 'ar' });
const signIn = (body: object) => t.as(null, 'post', '/sessions').send(body);
const mailTo = async (email: string): Promise<{ subject: string; text: string; html: string }> => {
  const { rows } = await t.world.client.query(
    "select subject, text, html from mail_message where template = 'sign_in_code' and to_address = $1 order by created_at desc",
    [email],
  );
  return rows[0];
};
const codeOf = (text: string) => /\u2068(\d{6})\u2069/.exec(text)![1];
const linkOf = (text: string) => /#link=([\w-]{43})$/m.exec(text)![1];

test('six digits come by e-mail in both languages and let in once', async () => {
  const asked = await ask(person.email.toUpperCase()).expect(202);
  expect(asked.body).toEqual({ resendAfterSeconds: 60, expiresInMinutes: 15 });
  const { text, html, subject } = await mailTo(person.email);
  expect(text).toContain('رمز الدخول');
  expect(text).toContain('code de connexion');
  expect(html).toContain('<div lang="fr" dir="ltr">');
  expect(html).toContain('<div lang="ar" dir="rtl">');
  const code = codeOf(text);
  expect(subject).toContain(code);
  const spelt = code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
  const { body } = await signIn({ email: person.email, code: ` ${spelt} ` }).expect(201);
  expect((await t.as(body, 'get', '/me').expect(200)).body.accountId).toBe(person.accountId);
  await signIn({ email: person.email, code }).expect(401);
  await t
    .as(null, 'post', '/sessions/links')
    .send({ token: linkOf(text) })
    .expect(401);
  const sent = await t.until(async () => {
    const { rows } = await t.world.client.query(
      "select 1 from mail_message where template = 'sign_in_code' and sent_at is not null and to_address = $1",
      [person.email],
    );
    return rows.length > 0;
  });
  expect(sent).toBe(true);
});

test('the link works once, by post only, and uses up the code', async () => {
  await ask(person.email).expect(202);
  const { text } = await mailTo(person.email);
  await t.as(null, 'get', `/sessions/links?token=${linkOf(text)}`).expect(404);
  const { body } = await t
    .as(null, 'post', '/sessions/links')
    .send({ token: linkOf(text) })
    .expect(201);
  await t.as(body, 'get', '/me').expect(200);
  await t
    .as(null, 'post', '/sessions/links')
    .send({ token: linkOf(text) })
    .expect(401);
  await signIn({ email: person.email, code: codeOf(text) }).expect(401);
});

test('an e-mail without an account is told the same, and gets nothing', async () => {
  const email = 'nobody.at.all@test.example.org';
  const none = await ask(email).expect(202);
  const some = await ask(person.email).expect(202);
  expect(none.text).toBe(some.text);
  expect(await mailTo(email)).toBeUndefined();
  const wrong = await signIn({ email, code: '123456' }).expect(401);
  const wrongCode = await signIn({ email: person.email, code: 'abcdef' }).expect(401);
  expect(wrong.text).toBe(wrongCode.text);
  await ask(email).expect(429);
  await ask(person.email).expect(429);
});

test('after five wrong tries the right code is worth nothing; a new one ends the old', async () => {
  await ask(person.email).expect(202);
  const first = codeOf((await mailTo(person.email)).text);
  const wrong = first === '000000' ? '111111' : '000000';
  await Promise.all(Array.from({ length: 5 }, () => signIn({ email: person.email, code: wrong }).expect(401)));
  await signIn({ email: person.email, code: first }).expect(401);
  await t.world.client.query('delete from login_attempt');
  await ask(person.email).expect(202);
  await t.world.client.query('delete from login_attempt');
  const second = codeOf((await mailTo(person.email)).text);
  await ask(person.email).expect(202);
  const third = codeOf((await mailTo(person.email)).text);
  if (second !== third) await signIn({ email: person.email, code: second }).expect(401);
  await signIn({ email: person.email, code: third }).expect(201);
});

test('a code that is too old is worth nothing', async () => {
  await ask(person.email).expect(202);
  const code = codeOf((await mailTo(person.email)).text);
  await t.world.client.query("update sign_in_code set expires_at = now() - interval '1 second' where account_id = $1", [
    person.accountId,
  ]);
  await signIn({ email: person.email, code }).expect(401);
});

test.each([
  ['neither password nor code', {}, '/password'],
  ['both', { password: PASSWORD, code: '123456' }, '/code'],
  ['a code that is a number', { code: 123456 }, '/code'],
  ['an empty code', { code: '' }, '/code'],
])('%s is refused', async (_, body, pointer) => {
  const answer = await signIn({ email: person.email, ...body }).expect(400);
  expect(answer.body.errors[0].pointer).toBe(pointer);
});
