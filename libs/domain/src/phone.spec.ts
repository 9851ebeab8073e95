import * as fc from 'fast-check';
import { formatPhone, parsePhone } from './phone';

const moroccan = fc
  .tuple(fc.constantFrom('5', '6', '7', '8'), fc.stringMatching(/^[0-9]{8}$/))
  .map(([kind, rest]) => kind + rest);

describe('parsePhone', () => {
  it.each([
    '+212612345678',
    '0612345678',
    '06 12 34 56 78',
    '06-12-34-56-78',
    '06.12.34.56.78',
    '06/12/34/56/78',
    '06‑12‑34‑56‑78',
    '00212612345678',
    '00 212 612 34 56 78',
    '212612345678',
    '+212 (0)6 12 34 56 78',
    '+212 (0) 612-345678',
    '(+212) 612 345 678',
    '+212\u00a0612\u202f345678',
    '٠٦١٢٣٤٥٦٧٨',
    '+٢١٢ ٦١٢٣٤٥٦٧٨',
    '۰۶۱۲۳۴۵۶۷۸',
    '\u202a+212 612-345678\u202c',
    '  0612345678\n',
  ])('reads %j', (spelling) => {
    expect(parsePhone(spelling)).toBe('+212612345678');
  });

  it.each([
    ['0523612345', '+212523612345'],
    ['+212 685 12 34 56', '+212685123456'],
    ['0801234567', '+212801234567'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['0034 612 34 56 78', '+34612345678'],
  ])('reads %j as %s', (spelling, e164) => {
    expect(parsePhone(spelling)).toBe(e164);
  });

  it.each([
    '',
    ' ',
    '+1',
    '1234567890123456',
    '+1234567890123456',
    '0612345678;DROP',
    '06123\r\n45678',
    '0612345678\r\nBcc: x',
    '06123\t45678',
    'tel:+212612345678;ext=1',
    '0612345678 ext 5',
    '0612345678 0623456789',
    'appelez 0612345678',
    '06 12 34 56',
    '3737',
    '0900123456',
    '+212123456789',
    '()',
    '++212612345678',
    '٠'.repeat(1000),
  ])('refuses %j', (text) => {
    expect(parsePhone(text)).toBeNull();
  });

  it('gives E.164 or nothing, whatever the text', () => {
    const unit = fc.constantFrom(...'0123456789+٠٥٩ ()-./;x\r\n\u200f');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 24 }), fc.string({ unit: 'binary' })), (text) => {
        const phone = parsePhone(text);
        if (phone !== null) expect(phone).toMatch(/^\+(?:212[5-8]\d{8}|(?!212)[1-9]\d{3,14})$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('formatPhone', () => {
  it('shows Moroccan numbers in pairs and others in international spelling', () => {
    expect(formatPhone('+212612345678')).toBe('06 12 34 56 78');
    expect(formatPhone('+33612345678')).toBe('+33 6 12 34 56 78');
    expect(formatPhone('anonymous')).toBe('anonymous');
  });

  it('is read back as the same number', () => {
    fc.assert(
      fc.property(moroccan, (national) => {
        expect(parsePhone(formatPhone(`+212${national}`))).toBe(`+212${national}`);
      }),
    );
  });
});
