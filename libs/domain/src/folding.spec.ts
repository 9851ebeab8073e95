import * as fc from 'fast-check';
import { asciiDigits, fold, searchTokens, toSearchDocument, toSearchQuery } from './folding';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."aé ÉœŒİıٱأإآؤئءىةـَّ٣۳ابلوﷲ\u200f\u200b-&|!:*()'<>%\\"), maxLength: 40 }),
);
const TERM = '[a-z0-9\\p{Script=Arabic}]+';
const GROUP = `(?:${TERM}|\\( ${TERM} \\| ${TERM} \\))`;
const LAST = `(?:${TERM}:\\*|\\( ${TERM}:\\* \\| ${TERM}:\\* \\))`;
const SAFE_QUERY = new RegExp(`^(?:${GROUP} & )*${LAST}$`, 'u');

describe('fold', () => {
  it.each([
    ['Récépissé DÉFINITIF', 'recepisse definitif'],
    ['l’œuvre, la sœur & l’Ægypte', 'l oeuvre la soeur l aegypte'],
    ['أحمد إحسان آسفي ٱلله', 'احمد احسان اسفي الله'],
    ['جمعيّةُ الأمَـــل', 'جمعيه الامل'],
    ['مصطفى مصطفي', 'مصطفي مصطفي'],
    ['مسؤول هيئة شيء', 'مسوول هييه شي'],
    ['المادة ٥ والفصل ۱۲', 'الماده 5 والفصل 12'],
    ['\u200fMS-26\u202c\u200b.  fin\n', 'ms 26 fin'],
    ['', ''],
    ['&%!', ''],
  ])('reads %j as %j', (text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  it('gives the same for composed, decomposed and presentation forms', () => {
    expect(fold('é'.normalize('NFD'))).toBe(fold('é'.normalize('NFC')));
    expect(fold('ﺟﻤﻌﻴﺔ')).toBe(fold('جمعية'));
  });

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('leaves only letters and digits separated by single spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text)).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });
});

test('asciiDigits converts both Arabic sets and nothing else', () => {
  expect(asciiDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 7 é ا')).toBe('0123456789 0123456789 7 é ا');
});

describe('searchTokens', () => {
  it('keeps each word once and adds the word without its article', () => {
    expect(searchTokens('الجمعية والجمعية للجمعيات بالمغرب جمعية')).toEqual([
      'الجمعيه',
      'جمعيه',
      'والجمعيه',
      'للجمعيات',
      'جمعيات',
      'بالمغرب',
      'مغرب',
    ]);
  });

  it('does not cut an article off a word that would keep fewer than three letters', () => {
    expect(searchTokens('الدم')).toEqual(['الدم']);
  });

  it('keeps Darija words written with digits whole', () => {
    expect(searchTokens('jam3iya dyal l9iyada')).toEqual(['jam3iya', 'dyal', 'l9iyada']);
  });
});

describe('toSearchDocument', () => {
  it('stops at 2,000 tokens of at most 60 characters', () => {
    const words = Array.from({ length: 3000 }, (_, i) => `mot${i}`).join(' ');
    expect(toSearchDocument(words).split(' ')).toHaveLength(2000);
    expect(toSearchDocument('x'.repeat(500))).toBe('x'.repeat(60));
  });

  it('leaves out what stands in every text, but no name that is written alike', () => {
    expect(toSearchDocument('Le récépissé de la commune et du caïd')).toBe('recepisse commune caid');
    expect(toSearchDocument('من الجمعية إلى علي')).toBe('الجمعيه جمعيه علي');
    expect(toSearchDocument('à la')).toBe('');
  });
});

describe('toSearchQuery', () => {
  it('asks for every word, the last one as a beginning', () => {
    expect(toSearchQuery('Récépissé  provisoire cai')).toBe('recepisse & provisoire & cai:*');
  });

  it('asks for stop words only when there is nothing else: they may begin a longer word', () => {
    expect(toSearchQuery('récépissé de la commune')).toBe('recepisse & commune:*');
    expect(toSearchQuery('la de')).toBe('de:*');
  });

  it('lets an Arabic word match with and without its article', () => {
    expect(toSearchQuery('حل الجمعية')).toBe('حل & ( الجمعيه:* | جمعيه:* )');
  });

  it.each(['', ' ', '%', "'", '(((', '& | !', '<->', ':*', '\\', '\u200f', '😀'])(
    'has nothing to search in %j',
    (q) => {
      expect(toSearchQuery(q)).toBeNull();
    },
  );

  it('never lets an operator or a quote through', () => {
    expect(toSearchQuery("b' | f & !g:* <-> (h\\")).toBe('b & f & g & h:*');
    fc.assert(
      fc.property(anyText, (text) => {
        const query = toSearchQuery(text);
        if (query !== null) expect(query).toMatch(SAFE_QUERY);
      }),
    );
  });

  it('stops at fifty words, so that a pasted text stays a cheap question', () => {
    const query = toSearchQuery(Array.from({ length: 300 }, (_, i) => `mot${i}`).join(' '));
    expect(query?.split(' & ')).toHaveLength(50);
  });

  it('always finds the document it was typed from', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = toSearchDocument(text).split(' ');
        fc.pre(document[0] !== '');
        for (const part of toSearchQuery(text)?.split(' & ') ?? []) {
          const words = part
            .replace(/[()|]|:\*/g, ' ')
            .trim()
            .split(/\s+/);
          expect(words.some((word) => document.includes(word))).toBe(true);
        }
      }),
    );
  });
});
