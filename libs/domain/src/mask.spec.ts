import * as fc from 'fast-check';
import { maskIdentityNumbers } from './mask';

describe('maskIdentityNumbers', () => {
  it.each([
    ['Ma CIN est AB123456.', 'Ma CIN est AB••••••.'],
    ['EE 45678 et J 1234567', 'EE ••••• et J •••••••'],
    ['A1234', 'A••••'],
    ['cin ab123456', 'cin ab••••••'],
    ['Ab123456', 'Ab••••••'],
    ['بطاقتي رقم AB123456، شكرا', 'بطاقتي رقم AB••••••، شكرا'],
    ['رقمAB١٢٣٤٥٦', 'رقمAB••••••'],
    ['AB ۱۲۳۴۵۶', 'AB ••••••'],
    ['CIN 123456', 'CIN ••••••'],
    ['(QA98765/JB87654)', '(QA•••••/JB•••••)'],
    ['LA123456, LA 123456, DE123456', 'LA••••••, LA ••••••, DE••••••'],
    ['MS 123456 membre', 'MS •••••• membre'],
  ])('hides the number in %j', (text, expected) => {
    expect(maskIdentityNumbers(text)).toBe(expected);
  });

  it.each([
    'MS-26-004217-8',
    'ms 26 004217 4',
    'MS260042174',
    'MS 26004217 4',
    'MS-٢٦-٠٠٤٢١٧-٤',
    'DH 25000',
    'DHS 25000',
    'MAD 3000',
    '25 000 DH',
    'A 25000 DH',
    'EUR 8500',
    'dh25000',
    'BO 7521',
    'BO n° 7521',
    'ICE 001234567000089',
    'ICE 12345678',
    'IF 1234567',
    'RIB 011780000012345678901234',
    'CNSS 1234567',
    'TEL 05236123',
    'Tel 0612345678',
    '+212 612 345 678',
    '0612345678',
    'ASSEMBLEE DE 2026',
    'AG 2026',
    'LES 25000 HABITANTS',
    'de 25000 à 30000',
    'BP 1234, CP 40000',
    'loi 31-13, dahir 1-58-376, art. 5',
    'jam3iya f l9iyada',
    'MA64 0110 7800',
    'https://example.ma/dossier/2026',
    '',
  ])('leaves %j alone', (text) => {
    expect(maskIdentityNumbers(text)).toBe(text);
  });

  const mixture = fc
    .array(
      fc.constantFrom('AB', 'a', 'X', 'DH', 'MS', 'BO', '12', '1234', '26', '004217', '٤', ' ', '-', '.', 'م', '•'),
      {
        maxLength: 14,
      },
    )
    .map((parts) => parts.join(''));

  it('is idempotent and changes nothing but digits', () => {
    fc.assert(
      fc.property(mixture, (text) => {
        const masked = maskIdentityNumbers(text);
        expect(maskIdentityNumbers(masked)).toBe(masked);
        expect(masked).toHaveLength(text.length);
        expect(masked.replace(/[0-9٠-٩•]/g, '#')).toBe(text.replace(/[0-9٠-٩•]/g, '#'));
      }),
      { numRuns: 1000 },
    );
  });

  it('hides every capital-letter card number between words', () => {
    const card = fc.tuple(fc.stringMatching(/^[A-Z]{2}$/), fc.stringMatching(/^[0-9]{5,8}$/));
    fc.assert(
      fc.property(card, ([letters, digits]) => {
        fc.pre(!/^(?:DH|BO|IF|TP|IR|IS|PV|BP|CP|NO|NR)$/.test(letters));
        expect(maskIdentityNumbers(`né en 1980, ${letters}${digits}, Azilal`)).not.toContain(digits);
      }),
    );
  });
});
