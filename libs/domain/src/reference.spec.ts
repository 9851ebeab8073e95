import * as fc from 'fast-check';
import { formatReference, looksLikeReference, parseReference } from './reference';
import { Refusal } from './refusal';

const parts = fc.record({
  hubCode: fc.constantFrom('MS', 'FM', 'TH', 'SM', 'CS', 'NT'),
  year: fc.integer({ min: 2000, max: 2099 }),
  number: fc.oneof(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1_000_000, max: 999_999_999_999 })),
});
const digitsOf = (reference: string) => reference.replace(/\D/g, '');
const withDigits = (reference: string, digits: string) => reference.slice(0, 2) + digits;
const inArabic = (text: string, zero: number) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));

describe('formatReference', () => {
  it('pads the number to six digits and adds the Damm digit of year and number', () => {
    expect(formatReference('MS', 2026, 4217)).toBe('MS-26-004217-4');
    expect(formatReference('TH', 2026, 1_234_567)).toMatch(/^TH-26-1234567-\d$/);
  });

  // Known answer of the published algorithm: the check digit of 572 is 4; leading zeros do not change it.
  it('agrees with the published example of the algorithm', () => {
    expect(formatReference('MS', 2000, 572)).toBe('MS-00-000572-4');
  });

  it.each([
    ['ms', 2026, 1],
    ['MSX', 2026, 1],
    ['MS', 1999, 1],
    ['MS', 2100, 1],
    ['MS', 2026, 0],
    ['MS', 2026, -1],
    ['MS', 2026, 1.5],
    ['MS', 2026, Number.NaN],
    ['MS', 2026, 1e12],
  ])('refuses %j %j %j', (hubCode, year, number) => {
    expect(() => formatReference(hubCode, year, number)).toThrow(Refusal);
  });
});

describe('parseReference', () => {
  it.each([
    'MS-26-004217-4',
    'ms260042174',
    ' ms 26 004217 4 ',
    'MS‑26–004217—4',
    'MS−26−004217−4',
    'MS-٢٦-٠٠٤٢١٧-٤',
    'ms ۲۶ ۰۰۴۲۱۷ ۴',
    '\u2066MS-26-\u200e004217-4\u2069',
    '[#MS-26-004217-4]',
    'ＭＳ２６００４２１７４',
    'MS/26/004217/4',
    'M.S. 26 00 42 17 4',
  ])('reads %j', (spelling) => {
    expect(parseReference(spelling)).toEqual({
      hubCode: 'MS',
      year: 2026,
      number: 4217,
      reference: 'MS-26-004217-4',
    });
  });

  it.each([
    '',
    'MS',
    'MS-26-004217-8',
    'MS-26-4217-4',
    'MS-26-0004217-4',
    'MSA-26-004217-4',
    'مس-26-004217-4',
    '26-004217-4',
    'MS-26-004217-4; DROP',
    'MS-26-000000-7',
  ])('refuses %j', (text) => {
    expect(parseReference(text)).toBeNull();
  });

  it('reads every reference back from any spelling', () => {
    const spelling = fc.record({
      between: fc.constantFrom('', ' ', '-', ' - ', '\u2011', '\u200f', '/', '\u00a0'),
      zero: fc.constantFrom(0x30, 0x660, 0x6f0),
      lower: fc.boolean(),
    });
    fc.assert(
      fc.property(parts, spelling, ({ hubCode, year, number }, { between, zero, lower }) => {
        const reference = formatReference(hubCode, year, number);
        const spelled = inArabic(reference.replace(/-/g, between), zero);
        expect(parseReference(lower ? spelled.toLowerCase() : spelled)).toEqual({ hubCode, year, number, reference });
      }),
    );
  });

  it('detects every single wrong digit', () => {
    fc.assert(
      fc.property(parts, ({ hubCode, year, number }) => {
        const reference = formatReference(hubCode, year, number);
        const digits = digitsOf(reference);
        for (let at = 0; at < digits.length; at++) {
          for (let add = 1; add < 10; add++) {
            const wrong = digits.slice(0, at) + ((Number(digits[at]) + add) % 10) + digits.slice(at + 1);
            expect(parseReference(withDigits(reference, wrong))).toBeNull();
          }
        }
      }),
    );
  });

  it('detects every swap of two neighbouring digits', () => {
    fc.assert(
      fc.property(parts, ({ hubCode, year, number }) => {
        const reference = formatReference(hubCode, year, number);
        const digits = digitsOf(reference);
        for (let at = 0; at + 1 < digits.length; at++) {
          if (digits[at] === digits[at + 1]) continue;
          const wrong = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
          expect(parseReference(withDigits(reference, wrong))).toBeNull();
        }
      }),
    );
  });
});

test('looksLikeReference judges the shape, not the check digit', () => {
  expect(looksLikeReference('ms 26 004217 9')).toBe(true);
  expect(looksLikeReference('MS-٢٦-٠٠٤٢١٧-٤')).toBe(true);
  expect(looksLikeReference('0612345678')).toBe(false);
  expect(looksLikeReference('récépissé')).toBe(false);
});
