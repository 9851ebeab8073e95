import * as fc from 'fast-check';
import { cleanText, codePoints, hasForbiddenCharacters, hasTooManyMarks, isBlank, looksAlikeMixedScript } from './text';

const tricky = fc.string({
  unit: fc.constantFrom(
    ...'aé\u0301ب َ\n\r\t\u0007\u2028\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
    '😀',
    '\u{e0041}',
  ),
  maxLength: 40,
});

test('codePoints counts characters outside the BMP once', () => {
  expect(codePoints('')).toBe(0);
  expect(codePoints('été')).toBe(3);
  expect(codePoints('😀'.repeat(200))).toBe(200);
  expect(codePoints('\ud800')).toBe(1);
});

describe('isBlank', () => {
  it.each(['', '  \n\t', '\u200b', '\ufeff', '\u3164', '\u00a0\u2060\u180e', '\u200f\u202e', '\u{e0041}', '\u2800'])(
    'sees nothing in %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  it.each(['a', '\u200bم', '.', '😀', '٠'])('sees something in %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('hasForbiddenCharacters', () => {
  it.each(['\0', 'a\0b', '\ud800', 'a\udc00', '\udc00\ud800'])('refuses %j', (text) => {
    expect(hasForbiddenCharacters(text)).toBe(true);
  });

  it.each(['', '😀', '\u202e', '\u0007', '\ufffd', 'سند'])('accepts %j', (text) => {
    expect(hasForbiddenCharacters(text)).toBe(false);
  });
});

describe('cleanText', () => {
  it('composes letters and unifies line ends', () => {
    expect(cleanText('e\u0301\r\nx\ry\tz')).toBe('é\nx\ny\tz');
  });

  it('removes tag characters and C0 controls, and keeps U+2028', () => {
    expect(cleanText('a\u{e0041}\u{e007f}b\u0007\u001b[2J\u2028c')).toBe('ab[2J\u2028c');
  });

  it.each([
    ['\u202eabc', '\u202eabc\u202c'],
    ['\u2066abc', '\u2066abc\u2069'],
    ['\u2067a\u202bb', '\u2067a\u202bb\u202c\u2069'],
    ['\u2067a\u202bb\u2069', '\u2067a\u202bb\u2069'],
    ['\u202ba\u2066b\u202cc', '\u202ba\u2066b\u202cc\u2069\u202c'],
    ['\u2068a\u2069 \u202ab\u202c', '\u2068a\u2069 \u202ab\u202c'],
    ['a\u2069\u202c', 'a\u2069\u202c'],
  ])('closes what %j leaves open', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('keeps Arabic text with French numbers byte for byte', () => {
    const text = 'طبقا للفصل 5 من الظهير 1-58-376 (art. 5, « récépissé »)، الأجل 60 يوما.\n'.repeat(60);
    expect(cleanText(text)).toBe(text);
  });

  it('is idempotent, only adds closing marks, and leaves nothing to remove', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toMatch(/[\r\u0007\u{e0000}-\u{e007f}]/u);
        const count = (marks: RegExp) => clean.match(marks)?.length ?? 0;
        expect(count(/\u2069/g)).toBeGreaterThanOrEqual(count(/[\u2066-\u2068]/g));
      }),
    );
  });
});

describe('hasTooManyMarks', () => {
  it('refuses stacked marks, also when invisible characters are put between them', () => {
    expect(hasTooManyMarks('a' + '\u0301'.repeat(500))).toBe(true);
    expect(hasTooManyMarks('ب' + 'َ'.repeat(500))).toBe(true);
    expect(hasTooManyMarks('a' + '\u0301\u200d'.repeat(500))).toBe(true);
  });

  it('accepts fully vowelled Arabic, decomposed French and emoji', () => {
    expect(hasTooManyMarks('ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَٰلَمِينَ ۝ إِيَّاكَ نَعْبُدُ وَإِيَّاكَ نَسْتَعِينُ'.normalize('NFD'))).toBe(false);
    expect(hasTooManyMarks('déjà été à l’île, cœur'.normalize('NFD'))).toBe(false);
    expect(hasTooManyMarks('👩‍👩‍👧‍👦❤️')).toBe(false);
    expect(hasTooManyMarks('a' + '\u0301'.repeat(8))).toBe(false);
  });
});

describe('looksAlikeMixedScript', () => {
  it.each(['аdmin', 'pаypal', 'Αlpha', 'contact: hub_mаrrakech', 'ｈuб'])('flags %j', (text) => {
    expect(looksAlikeMixedScript(text)).toBe(true);
  });

  it.each(['', 'admin', 'админ hub', 'Alpha Ωμέγα', 'CNSS الجمعية', 'jam3iya', 'École'])('lets %j pass', (text) => {
    expect(looksAlikeMixedScript(text)).toBe(false);
  });
});
