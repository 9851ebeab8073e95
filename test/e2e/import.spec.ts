import writeExcel from 'write-excel-file/node';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let supervisor: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  supervisor = await t.world.staff('FM', 'supervisor');
}, 60_000);
afterAll(() => t?.stop());

const preview = (body: object) => t.as(supervisor, 'post', '/directory-imports/preview').send(body);
const take = (body: object) => t.as(supervisor, 'post', '/directory-imports').send(body);
const count = async (table: string): Promise<number> =>
  (await t.world.client.query(`select count(*)::int as n from ${table} where hub_id = $1`, [t.world.hubs.FM])).rows[0]
    .n;

const HEAD = 'Association;اسم الجمعية;Province;Téléphone;N° de récépissé;Président';
const line = (n: number): string =>
  `Association des artisans ${n} de Fès;جمعية الصناع ${n};MA-FES;06 85 ${String(100_000 + n).replace(/(..)(?=.)/g, '$1 ')};REC-${40_000 + n};Responsable ${n}`;

test('350 rows: what is alike is shown and decided, then all of it is there, in one go', async () => {
  await t.as(supervisor, 'post', '/associations').send({ nameFr: 'Les Artisans 7 de Fès, association des', nameAr: 'جمعية أخرى', placeCode: 'MA-FES' }).expect(201); // prettier-ignore
  const rows = Array.from({ length: 350 }, (_, n) => line(n + 1));
  rows[200] = line(5);
  rows[201] = rows[201].replace(/06 85[^;]*/, '06 85;DROP').replace(';DROP', '');
  const csv = [HEAD, ...rows].join('\n');
  const { body: seen } = await preview({ csv }).expect(200);
  expect(seen).toMatchObject({ total: 350, faulty: 1 });
  expect(seen.mapping).toEqual(
    expect.arrayContaining([
      { field: 'nameFr', column: 0 },
      { field: 'nameAr', column: 1 },
      { field: 'place', column: 2 },
      { field: 'phone', column: 3 },
      { field: 'receipt', column: 4 },
      { field: 'contactName', column: 5 },
    ]),
  );
  const open = seen.rows.filter(
    (one: { undecided: boolean; problems: object[] }) => one.undecided || one.problems.length > 0,
  );
  expect(open.map((one: { row: number }) => one.row)).toEqual([8, 202, 203]);
  expect(open[0].duplicates).toMatchObject([{ reasons: ['name'] }]);
  expect(open[1]).toMatchObject({ sameAs: 6 });
  expect(open[2].problems).toEqual([{ field: 'phone', code: 'phone_expected' }]);

  const before = [await count('association'), await count('contact')];
  const { body: refused } = await take({ csv, decisions: [] }).expect(400);
  expect(refused.errors.map((one: { pointer: string; code: string }) => [one.pointer, one.code])).toEqual([
    ['/rows/8', 'undecided'],
    ['/rows/202', 'undecided'],
    ['/rows/203', 'faulty'],
  ]);
  const skip = [202, 203].map((row) => ({ row, action: 'skip' }));
  // A twin that only the database finds undoes everything before it.
  await take({ csv, decisions: [{ row: 8, action: 'create' }, { row: 202, action: 'create' }, skip[1]] }).expect(409);
  expect([await count('association'), await count('contact')]).toEqual(before);

  const join = { row: 8, action: 'join', associationId: open[0].duplicates[0].id };
  const { body: done } = await take({ csv, decisions: [join, ...skip] }).expect(201);
  expect(done).toEqual({ created: 347, joined: 1, skipped: 2, contacts: 348 });
  expect([await count('association'), await count('contact')]).toEqual([before[0] + 347, before[1] + 348]);
  const { body: again } = await preview({ csv }).expect(200);
  expect(again.undecided).toBe(349);
}, 120_000);

test('a workbook, with columns told by hand; what cannot be read is told and writes nothing', async () => {
  const table = [
    ['x', 'y', 'z'],
    ['Coopérative des tisseuses', 'MA-FES', '0685200001'],
  ];
  const bytes = await writeExcel(table.map((row) => row.map((value) => ({ value })))).toBuffer();
  const upload = await t.as(supervisor, 'post', '/uploads').attach('file', bytes, 'liste.xlsx').expect(201);
  const source = { uploadId: upload.body.id };
  expect((await preview(source).expect(200)).body).toMatchObject({ faulty: 1, mapping: [] });
  const mapping = [
    { field: 'nameFr', column: 0 },
    { field: 'place', column: 1 },
    { field: 'phone', column: 2 },
  ];
  expect((await preview({ ...source, mapping }).expect(200)).body).toMatchObject({ faulty: 0, total: 1 });
  await preview({ ...source, mapping: [{ field: 'nameFr', column: 9 }] }).expect(400);
  expect((await take({ ...source, mapping, decisions: [] }).expect(201)).body).toMatchObject({
    created: 1,
    contacts: 1,
  });
  for (const csv of ['', 'a', 'a;b\n', '"a;b\n"x"y;z']) await preview({ csv }).expect(400);
  const other = await t.world.staff('MS', 'supervisor');
  await t.as(other, 'post', '/directory-imports/preview').send(source).expect(400);
  const agent = await t.world.staff('FM', 'agent');
  await t.as(agent, 'post', '/directory-imports/preview').send({ csv: 'a\nb' }).expect(403);
  const foreign = 'Association;Province\nAssociation de Safi;MA-SAF';
  expect((await preview({ csv: foreign }).expect(200)).body.rows[0].problems).toEqual([
    { field: 'place', code: 'other_hub' },
  ]);
});
