import { unzipSync } from 'fflate';
import { tableOf, toCsv, toXlsx } from './report-file';

/** Texts that a spreadsheet would take for formulas, or that break careless files. */
const CASES: [string, string, boolean][] = [
  ['C1', '=1+1', true],
  ['C2', "+cmd|' /C calc'!A0", true],
  ['C3', '-2+3', true],
  ['C4', '@SUM(1)', true],
  ['C5 tab', '\t=1+1', true],
  ['C5 return', '\r=1+1', true],
  ['C6', '＝1+1', true],
  ['C7', '=HYPERLINK("http://example.org";"x")', true],
  ['C8', 'a;=1', false],
  ['C9', 'dit "oui"\nà la ligne', false],
  ['plain', 'جمعية الأمل', false],
];

/** A plain reader of quoted fields, as spreadsheets read them. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  const field = /"((?:[^"]|"")*)"(;|\r\n|$)/gy;
  field.lastIndex = 1; // the byte order mark
  for (let match = field.exec(csv); match && match[0] !== ''; match = field.exec(csv)) {
    rows.at(-1)!.push(match[1].replaceAll('""', '"'));
    if (match[2] === '\r\n') rows.push([]);
    if (field.lastIndex === csv.length) break;
  }
  return rows.filter((row) => row.length > 0);
}

test.each(CASES)('CSV %s: quoted, defused, and itself again when read', (_, text, defused) => {
  const csv = toCsv([['before', text, 7]]).toString();
  expect(csv.startsWith('\uFEFF"before";"')).toBe(true);
  const [[before, field, number]] = read(csv);
  expect([before, number]).toEqual(['before', '7']);
  expect(field).toBe(defused ? `'${text}` : text);
  expect(field).not.toMatch(/^[=+\-@\t\r＝]/);
});

test.each(CASES)('XLSX %s: a text, never a formula', async (_, text) => {
  const files = unzipSync(new Uint8Array(await toXlsx([[text, 7, null]], 'Sanad')));
  const sheet = Buffer.from(files['xl/worksheets/sheet1.xml']).toString();
  expect(sheet).not.toMatch(/<f[ >]/);
  expect(sheet).toMatch(/<c r="A1"[^>]* t="(s|inlineStr)"/);
  expect(sheet).toMatch(/<c r="B1"[^>]*><v>7<\/v>/);
});

test('a report as a table: groups, total, then what the figures mean', () => {
  const figure = { value: 2 / 3, n: 3 };
  const table = tableOf(
    {
      metrics: [
        {
          unit: 'share',
          formula: 'a / b',
          name: { fr: 'Tenu', ar: 'محترم' },
          definition: { fr: 'Part tenue.', ar: 'النسبة.' },
        },
      ],
      total: [{ ...figure, value: null, n: 0 }],
      rows: [{ key: 'phone', name: { fr: 'Téléphone', ar: 'الهاتف' }, figures: [figure] }],
    },
    'ar',
  );
  expect(table).toEqual([
    ['المجموعة', 'الاسم', 'محترم (نسبة)', 'n'],
    ['phone', 'الهاتف', 0.6667, 3],
    ['المجموع', '', null, 0],
    ['محترم', 'النسبة.', 'a / b'],
  ]);
});
