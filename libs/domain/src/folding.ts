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
const FIRST_ARABIC = 0x600;
const SEARCH_WORD = /[a-z0-9\p{Script=Arabic}]+/gu;
/**
 * Words of every text, folded, which tell nothing and would be a third of the index. None that is also a name or a thing: `على` folds to
 * `علي`, `est` is a side of the country.
 */
const STOP_WORDS = new Set(
  `a ai au aux avec c ce ces cet cette d dans de des du elle en et eux il ils j je l la le les leur leurs lui m ma me mes mon n ne nos notre
   nous on ou par pas pour qu que quel quelle quelles quels qui s sa sans se ses si son sur t ta te tes ton tu un une vos votre vous y
   في من عن ان الي هذا هذه ذلك التي الذي هل او`.split(/\s+/),
);
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

/** The tokens of a text without stop words, separated by spaces, at most 2,000 of them, ready for a `tsvector`. May be empty. */
export function toSearchDocument(text: string): string {
  return [...new Set(searchWords(text).filter(isTelling).flatMap(spellings))].slice(0, MAX_TOKENS).join(' ');
}

/**
 * A safe PostgreSQL `tsquery`: every word must be there, the last one may be the beginning of a word, an Arabic
 * word with its article also matches without it. Stop words are left out, unless there is nothing else: then the last of them may begin a
 * longer word. Words after the fiftieth are left out. Null when the text has no word: then there is nothing to search.
 */
export function toSearchQuery(text: string): string | null {
  const all = [...new Set(searchWords(text))];
  if (all.length === 0) return null;
  const telling = all.filter(isTelling);
  const words = telling.length > 0 ? telling.slice(0, MAX_QUERY_WORDS) : all.slice(-1);
  return words
    .map((word, index) => {
      const suffix = index === words.length - 1 ? ':*' : '';
      const alternatives = spellings(word).map((spelling) => spelling + suffix);
      return alternatives.length === 1 ? alternatives[0] : `( ${alternatives.join(' | ')} )`;
    })
    .join(' & ');
}

function isTelling(word: string): boolean {
  return !STOP_WORDS.has(word);
}

function searchWords(text: string): string[] {
  return (fold(text).match(SEARCH_WORD) ?? []).map(shortened);
}

function shortened(word: string): string {
  return word.length <= MAX_TOKEN_LENGTH ? word : Array.from(word).slice(0, MAX_TOKEN_LENGTH).join('');
}

function spellings(word: string): string[] {
  if (word.charCodeAt(0) < FIRST_ARABIC) return [word];
  const bare = word.replace(ARABIC_ARTICLE, '');
  return bare === word ? [word] : [word, bare];
}
