/** Letters that Unicode does not decompose but that readers take for the same. */
const SAME_LETTER: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ە: 'ه',
  ء: '',
  ـ: '',
};
const SAME_LETTERS = new RegExp(`[${Object.keys(SAME_LETTER).join('')}]`, 'gu');
const ARABIC_ARTICLE = /^(?:وال|بال|ال|لل)(?=\p{L}{3})/u;
const SEARCH_WORD = /[a-z0-9\p{Script=Arabic}]+/gu;
const MAX_TOKENS = 2000;
const MAX_TOKEN_LENGTH = 60;
const MAX_QUERY_WORDS = 50;

/** Arabic-Indic (٠-٩) and Persian (۰-۹) digits written as 0-9; everything else unchanged. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/**
 * The form in which texts are compared and searched, used once on write and on query: lower case, no French
 * accents, Arabic letters that are typed for one another made one, no vowel marks, tatweel, zero-width or bidi
 * marks, ASCII digits, and one space for everything that is neither letter nor digit. Idempotent; may be empty.
 */
export function fold(text: string): string {
  const letters = text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
  return asciiDigits(letters)
    .replace(SAME_LETTERS, (letter) => SAME_LETTER[letter])
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Distinct folded words of Latin letters, digits or Arabic letters, in order of appearance, each at most 60
 * characters. An Arabic word with its article (ال، وال، بال، لل) is followed by the word without it when three
 * letters or more remain.
 */
export function searchTokens(text: string): string[] {
  return [...new Set(searchWords(text).flatMap(spellings))];
}

/** The tokens of a text separated by spaces, at most 2,000 of them, ready for a `tsvector`. */
export function toSearchDocument(text: string): string {
  return searchTokens(text).slice(0, MAX_TOKENS).join(' ');
}

/**
 * A safe PostgreSQL `tsquery`: every word must be there, the last one may be the beginning of a word, an Arabic
 * word with its article also matches without it. Words after the fiftieth are left out. Null when the text has no word: then there is nothing to search.
 */
export function toSearchQuery(text: string): string | null {
  const words = [...new Set(searchWords(text))].slice(0, MAX_QUERY_WORDS);
  if (words.length === 0) return null;
  return words
    .map((word, index) => {
      const suffix = index === words.length - 1 ? ':*' : '';
      const alternatives = spellings(word).map((spelling) => spelling + suffix);
      return alternatives.length === 1 ? alternatives[0] : `( ${alternatives.join(' | ')} )`;
    })
    .join(' & ');
}

function searchWords(text: string): string[] {
  return (fold(text).match(SEARCH_WORD) ?? []).map((word) => Array.from(word).slice(0, MAX_TOKEN_LENGTH).join(''));
}

function spellings(word: string): string[] {
  const bare = word.replace(ARABIC_ARTICLE, '');
  return bare === word ? [word] : [word, bare];
}
