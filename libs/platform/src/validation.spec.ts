import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsOptional, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { Refusal } from '@app/domain/refusal';
import { IsCount, IsId, IsParsed, IsPlainObject, IsText, RequestPipe } from './validation';

class Inner {
  @IsText({ max: 5 })
  name: string;
}

class Body {
  @IsText({ max: 5 })
  text: string;

  @IsOptional()
  @IsBoolean()
  flag?: boolean;

  @IsOptional()
  @IsId()
  id?: string;

  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => Inner)
  inner?: Inner;

  @IsOptional()
  @IsArray()
  @IsPlainObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Inner)
  inners?: Inner[];
}

class Query {
  @IsOptional()
  @IsCount(1, 100)
  limit?: number;

  @IsOptional()
  @IsIn(['a', 'b'])
  sort?: string;

  @IsOptional()
  @IsParsed('even', 'even_expected', (text) => (Number(text) % 2 === 0 ? Number(text) : null))
  even?: number;
}

const pipe = new RequestPipe();
const body = (value: unknown) => pipe.transform(value, { type: 'body', metatype: Body });
const query = (value: unknown) => pipe.transform(value, { type: 'query', metatype: Query });
const problems = async (work: Promise<unknown>): Promise<string[]> => {
  const error: unknown = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (error === null) return [];
  if (!(error instanceof Refusal)) throw error;
  return error.errors.map((one) => `${one.pointer} ${one.code}`);
};

describe('fields of a body', () => {
  it.each<[string, unknown, string[]]>([
    ['good', { text: 'ab', flag: false, inner: { name: 'c' }, inners: [{ name: 'd' }] }, []],
    ['a list for the body', [{ text: 'a' }], [' object_expected']],
    ['null for the body', null, [' object_expected']],
    ['missing', {}, ['/text required']],
    ['of another type', { text: 12 }, ['/text text_expected']],
    ['blank', { text: ' \u200b' }, ['/text blank']],
    ['too long', { text: 'abcdef' }, ['/text too_long']],
    ['as long as they may be, in code points', { text: '😀😀😀😀😀' }, []],
    ['covered in marks', { text: 'a' + '\u0301'.repeat(20) }, ['/text too_long']],
    ['unknown', { text: 'a', role: 'x' }, ['/role unknown_field']],
    ['unknown and nothing', { text: 'a', role: undefined }, ['/role unknown_field']],
    ['a text for a truth value', { text: 'a', flag: 'false' }, ['/flag boolean_expected']],
    ['a list for an object', { text: 'a', inner: [{ name: 'c' }] }, ['/inner object_expected']],
    ['an empty list for an object', { text: 'a', inner: [] }, ['/inner object_expected']],
    ['lists in a list of objects', { text: 'a', inners: [[{ name: 'c' }]] }, ['/inners object_expected']],
    ['an object for a list', { text: 'a', inners: { 0: { name: 'c' } } }, ['/inners list_expected']],
    [
      'inside',
      { text: 'a', inner: { name: 1, hubId: 2 } },
      ['/inner/hubId unknown_field', '/inner/name text_expected'],
    ],
    ['inside a list', { text: 'a', inners: [{ name: 'c' }, { name: '' }] }, ['/inners/1/name blank']],
    ['not an id', { text: 'a', id: 'x' }, ['/id id_expected']],
  ])('%s', async (_, value, expected) => {
    const found = await problems(body(value));
    if (expected.length === 0) expect(found).toEqual([]);
    else expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('are cleaned, and ids kept in lower case', async () => {
    const id = '01890A5D-AC96-774B-BCCE-B302099A8057';
    expect(await body({ text: 'e\u0301\u202e', id })).toMatchObject({
      text: '\u00e9\u202e\u202c',
      id: id.toLowerCase(),
    });
  });

  it('property: whatever the body, it is taken or refused, and never more than 20 problems are named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) =>
        expect((await problems(body(value))).length).toBeLessThanOrEqual(20),
      ),
      { numRuns: 300 },
    );
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, 1]));
    expect(await problems(body(many))).toHaveLength(20);
  });
});

describe('parameters of a query', () => {
  it.each<[string, unknown, string[]]>([
    ['good', { limit: '100', sort: 'b', even: '4' }, []],
    ['out of range', { limit: '0' }, ['?limit out_of_range']],
    ['not a whole number', { limit: '1e1' }, ['?limit integer_expected']],
    ['given twice', { sort: ['a', 'b'] }, ['?sort repeated']],
    ['with NUL', { sort: 'a\0' }, ['?sort invalid_text']],
    ['unknown', { 'limit[]': '1' }, ['?limit[] unknown_field']],
    ['that every object has', { constructor: 'a' }, ['?constructor unknown_field']],
    ['not to be parsed', { even: '3' }, ['?even even_expected']],
  ])('%s', async (_, value, expected) => {
    const found = await problems(query(value));
    if (expected.length === 0) expect(found).toEqual([]);
    else expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('become what they stand for', async () => {
    expect(await query({ limit: '7', even: '8' })).toEqual({ limit: 7, even: 8 });
  });
});
