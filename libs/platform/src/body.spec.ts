import fc from 'fast-check';
import { Refusal } from '@app/domain/refusal';
import { parseBody, pointerPart } from './body';

const parse = (text: string) => parseBody(Buffer.from(text));
const refused = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const RESERVED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];
/** JSON text whose only fault is put at a random place. */
const around = (inner: string) =>
  fc
    .array(fc.constantFrom('list', 'object'), { maxLength: 15 })
    .map((levels) =>
      levels.reduce((text, level) => (level === 'list' ? `[1,${text},"a"]` : `{"a":null,"b":${text}}`), inner),
    );

describe('a body', () => {
  it('property: of any bytes is a value or a refusal, never another error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          try {
            parseBody(Buffer.from(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('property: that is good JSON is read as JSON.parse reads it', () => {
    const good = fc
      .jsonValue({ maxDepth: 8, stringUnit: 'grapheme' })
      .filter(
        (value) =>
          !/"(__proto__|constructor|prototype|toString|valueOf|\\u0000)|\\u0000|e[+-]?\d/.test(JSON.stringify(value)),
      );
    fc.assert(
      fc.property(good, (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('property: with a reserved key at any depth is refused, and no prototype changes', () => {
    const bodies = fc.constantFrom(...RESERVED).chain((key) => around(`{"${key}":{"isAdmin":true}}`));
    fc.assert(fc.property(bodies, (text) => expect(refused(() => parse(text)).code).toBe('forbidden_key')));
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('property: with NUL or half a surrogate pair at any depth is refused', () => {
    const bodies = fc
      .constantFrom('\\u0000', '\\ud800', 'a\\udfff', '\\udc00\\ud800')
      .chain((bad) => around(`"${bad}"`));
    fc.assert(fc.property(bodies, (text) => expect(refused(() => parse(text)).errors[0]?.code).toBe('invalid_text')));
  });

  it('property: with a number that would be rounded or is none is refused', () => {
    const bodies = fc.constantFrom('1e400', '-1e400', '9007199254740993', '-9007199254740992', '1e21').chain(around);
    fc.assert(fc.property(bodies, (text) => expect(refused(() => parse(text)).errors[0]?.code).toBe('out_of_range')));
    expect(parse('[9007199254740991,-0,1.5,1e-400]')).toEqual([9007199254740991, -0, 1.5, 0]);
  });

  it('may be 20 deep, and have 2,000 entries', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parse(nested(20))).not.toThrow();
    expect(refused(() => parse(nested(21))).code).toBe('too_complex');
    expect(() => parse(JSON.stringify('[{'.repeat(1_000)))).not.toThrow();
    expect(() => parse(JSON.stringify(Array(2_000).fill(0)))).not.toThrow();
    expect(refused(() => parse(JSON.stringify(Array(2_001).fill(0)))).code).toBe('too_complex');
  });

  it('names the place of the fault as a JSON Pointer of bounded length', () => {
    expect(refused(() => parse('{"a":[{"b/c~":"\\u0000"}]}')).errors[0]?.pointer).toBe('/a/0/b~1c~0');
    expect(refused(() => parse(`{"${'a'.repeat(5_000)}":"\\u0000"}`)).errors[0]?.pointer).toHaveLength(61);
    expect(pointerPart('a'.repeat(59) + '😀')).toBe('a'.repeat(59));
  });
});
