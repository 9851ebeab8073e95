import fc from 'fast-check';
import { Refusal } from '@app/domain/refusal';
import { type CursorValue, decodeCursor, encodeCursor } from './cursor';

const values = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null)), {
  maxLength: 4,
}) as fc.Arbitrary<CursorValue[]>;
const text = fc.string({ maxLength: 40 });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('a cursor', () => {
  it('gives back its values, in the alphabet of addresses', () => {
    fc.assert(
      fc.property(text, text, text, values, (secret, sort, scope, list) => {
        const cursor = encodeCursor(secret, { sort, scope, values: list });
        expect(cursor).toMatch(/^[A-Za-z0-9_.-]+$/);
        expect(decodeCursor(secret, cursor, { sort, scope })).toEqual(list);
      }),
    );
  });

  it('is refused for another sort, another scope, or by another key', () => {
    const cursor = encodeCursor('key', { sort: 'name', scope: 'account-1', values: ['a', 1] });
    const read = (secret: string, sort: string, scope: string) =>
      codeOf(() => decodeCursor(secret, cursor, { sort, scope }));
    expect(read('key', 'name', 'account-1')).toBe('accepted');
    expect(read('key', 'age', 'account-1')).toBe('invalid_cursor');
    expect(read('key', 'name', 'account-2')).toBe('invalid_cursor');
    expect(read('other', 'name', 'account-1')).toBe('invalid_cursor');
    expect(read('key', 'nameaccount-1', '')).toBe('invalid_cursor');
  });

  it('is refused with any one character changed, added or taken away', () => {
    const use = { sort: 'name', scope: 'account-1' };
    const cursor = encodeCursor('key', { ...use, values: ['جمعية', null] });
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'AQgw-_.9'), (at, letter) => {
        const others = [
          cursor.slice(0, at) + letter + cursor.slice(at + 1),
          cursor.slice(0, at) + letter + cursor.slice(at),
          cursor.slice(0, at) + cursor.slice(at + 1),
        ];
        for (const other of others.filter((one) => one !== cursor)) {
          expect(codeOf(() => decodeCursor('key', other, use))).toBe('invalid_cursor');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when it is any other text', () => {
    for (const other of ['', '.', 'null', 'é'.repeat(60), `.${'A'.repeat(43)}`, 'A'.repeat(100_000)]) {
      expect(codeOf(() => decodeCursor('key', other, { sort: '', scope: '' }))).toBe('invalid_cursor');
    }
  });
});
