import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { portOf } from '@app/platform/http-app';
import { UploadsService } from '@app/features/files/uploads.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let stranger: TestPerson;
let agent: TestPerson;
let foreignAgent: TestPerson;

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
/** A PNG of one point; width and height can be written over. */
const png = (width = 1, height = 1): Buffer => {
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
/** A zip with one entry of this name, stored. */
const zip = (name: string, content: string): Buffer => {
  const [n, c] = [Buffer.from(name), Buffer.from(content)];
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(c.length, 18);
  head.writeUInt32LE(c.length, 22);
  head.writeUInt16LE(n.length, 26);
  return Buffer.concat([head, n, c]);
};
const MACRO = zip(
  '[Content_Types].xml',
  '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
);

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES');
  member = await t.world.person(association, 'member');
  stranger = await t.world.person(await t.world.association('FM', 'MA-FES'), 'manager');
  agent = await t.world.staff('FM', 'agent');
  foreignAgent = await t.world.staff('MS', 'supervisor');
}, 60_000);
afterAll(() => t?.stop());
beforeEach(() => t.world.client.query('delete from login_attempt'));

const upload = (
  by: Pick<TestPerson, 'token'> | null,
  bytes: Buffer,
  filename = 'statuts.pdf',
  contentType = 'application/pdf',
) => t.as(by, 'post', '/uploads').attach('file', bytes, { filename, contentType });
const uploaded = async (
  by: Pick<TestPerson, 'token'> | null,
  bytes: Buffer = PDF,
  filename = 'statuts.pdf',
): Promise<string> => (await upload(by, bytes, filename).expect(201)).body.id;
const get = (by: Pick<TestPerson, 'token'>, id: string, image = '') =>
  t
    .as(by, 'get', `/attachments/${id}${image}`)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
const files = (folder: string): string[] =>
  existsSync(path.join(t.varDir, folder))
    ? readdirSync(path.join(t.varDir, folder), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => one.name)
    : [];
const rows = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await t.world.client.query(sql, values)).rows as Row[];

test('files of a question and of replies are read by both sides, and by nobody else', async () => {
  const name = 'محضر "الجمع" العام.pdf';
  const ids = [await uploaded(member, PDF, name), await uploaded(member, png(), 'photo.png')];
  const { body: ticket } = await t.ask(member, { uploadIds: ids }).expect(201);
  const { body: said } = await t.as(agent, 'get', `/tickets/${ticket.id}/messages`).expect(200);
  expect(said.items[0].attachments).toEqual([
    { id: ids[0], name: 'محضر _الجمع_ العام.pdf', type: 'application/pdf', size: PDF.length, scan: 'unscanned' },
    { id: ids[1], name: 'photo.png', type: 'image/png', size: png().length, scan: 'unscanned' },
  ]);
  for (const reader of [member, agent]) {
    const answer = await get(reader, ids[0]).expect(200);
    expect(answer.body.equals(PDF)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': String(PDF.length),
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[ -~]+"; filename\*=UTF-8''%D9%85/);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
  }
  const picture = await get(member, ids[1], '/image').expect(200);
  expect(picture.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  expect(picture.headers['content-disposition']).toMatch(/^inline; /);
  await get(member, ids[0], '/image').expect(404);
  const absent = JSON.parse((await get(stranger, randomUUID()).expect(404)).body.toString());
  for (const other of [stranger, foreignAgent]) {
    const refused = JSON.parse((await get(other, ids[0]).expect(404)).body.toString());
    expect({ ...refused, instance: '' }).toEqual({ ...absent, instance: '' });
    await get(other, ids[1], '/image').expect(404);
  }
  await t.as(null, 'get', `/attachments/${ids[0]}`).expect(401);
});

test('files of an internal note stay inside the hub', async () => {
  const { body: ticket } = await t.ask(member).expect(201);
  const [note, reply] = [await uploaded(agent), await uploaded(agent)];
  const written = await t.write(agent, ticket.id, { kind: 'note', body: 'Voir', uploadIds: [note] }).expect(201);
  expect(written.body.attachments).toHaveLength(1);
  await t.write(agent, ticket.id, { body: 'Ci-joint', uploadIds: [reply] }).expect(201);
  await get(agent, note).expect(200);
  await get(member, note).expect(404);
  await get(member, reply).expect(200);
  const { body } = await t.as(member, 'get', `/tickets/${ticket.id}/messages`).expect(200);
  expect(JSON.stringify(body)).not.toContain(note);
  const events = await t.as(member, 'get', `/tickets/${ticket.id}/events`).expect(200);
  expect(JSON.stringify(events.body)).not.toContain('files-added');
});

test('somebody without an account hands a file in, and follows it', async () => {
  const id = await uploaded(null);
  const { body: asked } = await t
    .as(null, 'post', '/portal/requests')
    .set('idempotency-key', randomUUID())
    .send({
      body: 'Voir le fichier',
      categoryCode: 'CRE.04',
      placeCode: 'MA-FES',
      preferredLanguage: 'fr',
      uploadIds: [id],
    })
    .expect(201);
  const { body: follower } = await t
    .as(null, 'post', '/portal/follow')
    .send({ reference: asked.reference, code: asked.followUpCode })
    .expect(201);
  await get(follower, id).expect(200);
  const more = await uploaded(follower);
  await t.write(follower, asked.reference, { body: 'Encore un', uploadIds: [more] }).expect(201);
  await get(follower, more).expect(200);
  const { body: other } = await t.ask(member, { uploadIds: [await uploaded(member)] }).expect(201);
  const { body: said } = await t.as(member, 'get', `/tickets/${other.id}/messages`).expect(200);
  await get(follower, said.items[0].attachments[0].id).expect(404);
});

test('a repeated request has its files once, also when both come at the same time', async () => {
  const id = await uploaded(member);
  const key = randomUUID();
  const [one, two] = await Promise.all([
    t.ask(member, { uploadIds: [id] }, key),
    t.ask(member, { uploadIds: [id] }, key),
  ]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(two.body.id).toBe(one.body.id);
  const reply = await uploaded(member);
  const replyKey = randomUUID();
  const first = await t.write(member, one.body.id, { body: 'x', uploadIds: [reply] }, replyKey).expect(201);
  const again = await t.write(member, one.body.id, { body: 'x', uploadIds: [reply] }, replyKey).expect(201);
  expect(again.body).toEqual(first.body);
  expect(await rows('select id from attachment where id = any ($1)', [[id, reply]])).toHaveLength(2);
});

test('files that are foreign, used or unknown are not found, and nothing is written', async () => {
  const own = await uploaded(member);
  const used = await uploaded(member);
  await t.ask(member, { uploadIds: [used] }).expect(201);
  const before = await rows('select count(*) from ticket');
  for (const id of [await uploaded(stranger), await uploaded(null), await uploaded(agent), used, randomUUID()]) {
    const { body } = await t.ask(member, { uploadIds: [own, id] }).expect(404);
    expect(body.errors[0].pointer).toBe('/uploadIds');
  }
  expect(await rows('select count(*) from ticket')).toEqual(before);
  expect(await rows('select id from upload where id = $1', [own])).toHaveLength(1);
  await t.ask(member, { uploadIds: Array.from({ length: 21 }, () => randomUUID()) }).expect(400);
  await t.ask(member, { uploadIds: [own, own] }).expect(400);
});

describe('what may be handed in', () => {
  test.each([
    [
      'A4 a drawing with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      'a.svg',
      422,
    ],
    ['A5 a page', Buffer.from('<!doctype html><script>1</script>'), 'a.html', 422],
    ['A6 a program called a document', Buffer.from('MZ\x90\0' + '\0'.repeat(200), 'latin1'), 'a.pdf', 422],
    ['A7 a document called a program', PDF, 'a.pdf.exe', 422],
    ['A7b a document with macros', MACRO, 'a.docm', 422],
    ['A2 a picture that is a script', Buffer.from('GIF89a=1;alert(1)'), 'a.gif', 422],
    ['A13 an archive', zip('a.txt', 'x'), 'a.zip', 422],
    [
      'A16 a test virus',
      Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'),
      'a.pdf',
      422,
    ],
    ['A18 nothing', Buffer.alloc(0), 'a.pdf', 400],
    ['A21 a picture that fills the memory', png(50_000, 50_000), 'a.png', 422],
    ['A12 a name of 300 bytes', PDF, `${'م'.repeat(150)}.pdf`, 201],
    ['A27 a picture called a page', png(), 'a.png', 201],
  ])('%s', async (_, bytes, filename, status) => {
    const { body } = await upload(member, bytes, filename, 'text/html').expect(status);
    if (status === 422) expect(['type_not_allowed', 'image_too_large']).toContain(body.code);
    if (status === 201) expect(body.name.length).toBeLessThanOrEqual(150);
  });

  test('A8–A11 names are shown without what hides their ending, and never reach the disk', async () => {
    for (const [given, shown] of [
      ['\u200b.htaccess.pdf', 'htaccess.pdf'],
      ['a\u202efdp.pdf', 'afdp.pdf'],
      ['../../x.pdf', 'x.pdf'],
      ['..\\x.pdf', 'x.pdf'],
    ]) {
      const { body } = await upload(member, PDF, given).expect(201);
      expect(body.name).toBe(shown);
    }
    expect(files('files').filter((name) => !/^[0-9a-f-]{36}$/.test(name))).toEqual([]);
  });

  test('A19 one byte too many', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(25 * 1024 * 1024 - PDF.length + 1)]);
    expect((await upload(member, large).expect(413)).body.code).toBe('payload_too_large');
    await upload(member, large.subarray(0, -1)).expect(201);
  });

  test('A24 two files, a field, none at all, and other types', async () => {
    const call = () => t.as(member, 'post', '/uploads');
    expect((await call().field('__proto__', '1').attach('file', PDF, 'a.pdf')).status).toBe(400);
    expect((await call().field('a', '1').expect(400)).body.code).toMatch(/malformed_multipart|validation_failed/);
    await call().set('content-type', 'application/json').send({}).expect(415);
    await t
      .as(member, 'post', '/tickets')
      .set('idempotency-key', randomUUID())
      .attach('file', PDF, 'a.pdf')
      .expect(415);
    await t.as(null, 'post', '/sessions').field('email', 'a').expect(415);
    await t
      .as({ token: 'A'.repeat(43) }, 'post', '/uploads')
      .attach('file', PDF, 'a.pdf')
      .expect(401);
  });

  test('A25, A26 what breaks off leaves nothing behind', async () => {
    const before = files('files').length;
    const head = (length: number) =>
      `POST /api/v1/uploads HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${member.token}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${length}\r\n\r\n`;
    const part =
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4';
    const cut = (text: string, hang = false) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(portOf(t.app), '127.0.0.1', () =>
          socket.write(text, () => hang || setTimeout(() => socket.end(), 20)),
        );
        socket.on('data', (chunk) => {
          answer += chunk.toString();
          socket.end();
        });
        socket.on('close', () => resolve(answer));
        socket.on('error', () => resolve(answer));
        socket.setTimeout(2_000, () => socket.destroy());
      });
    await Promise.all(Array.from({ length: 40 }, () => cut(head(100_000) + part)));
    const noEnd = await cut(head(Buffer.byteLength(part)) + part, true);
    expect(noEnd).toMatch(/^HTTP\/1\.1 400 /);
    await t.until(async () => files('incoming').length === 0);
    expect(files('files')).toHaveLength(before);
    await t.as(member, 'get', '/me').expect(200);
  });
});

test('what nobody attached goes after a day, with files that no row knows; what is attached stays', async () => {
  const [kept, left] = [await uploaded(member), await uploaded(member)];
  await t.ask(member, { uploadIds: [kept] }).expect(201);
  const [row] = await rows<{ file: string }>('select file from upload where id = $1', [left]);
  await t.world.client.query("update upload set created_at = now() - interval '26 hours'");
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  mkdirSync(path.join(t.varDir, 'files', day), { recursive: true });
  writeFileSync(path.join(t.varDir, 'files', day, 'alone'), 'x');
  await t.ask(member, { uploadIds: [left] }).expect(404);
  expect(await t.app.get(UploadsService).sweep()).toBeGreaterThanOrEqual(2);
  expect(existsSync(path.join(t.varDir, 'files', row.file))).toBe(false);
  expect(existsSync(path.join(t.varDir, 'files', day, 'alone'))).toBe(false);
  expect(await rows('select id from upload where id = $1', [left])).toEqual([]);
  const [{ file }] = await rows<{ file: string }>('select file from attachment where id = $1', [kept]);
  expect(readFileSync(path.join(t.varDir, 'files', file)).equals(PDF)).toBe(true);
  await get(member, kept).expect(200);
});
