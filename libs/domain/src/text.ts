const ISOLATE_STARTS = '\u2066\u2067\u2068';
const EMBEDDING_STARTS = '\u202a\u202b\u202d\u202e';
const POP_EMBEDDING = '\u202c';
const POP_ISOLATE = '\u2069';
const TAG_CHARACTERS = /[\u{e0000}-\u{e007f}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/u;
const INVISIBLE = /^[\s\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
/** Fully vowelled Arabic stacks four or five marks on a letter. */
const NINE_MARKS = /(?:\p{M}\p{Cf}{0,8}){9}/u;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
const CONTROLS = /[\0-\x08\x0b-\x1f]/g;
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
/** Beyond Latin letters and punctuation, where marks can stand by themselves. */
const MAYBE_MARKS = /[^\0-\u02ff\u2010-\u20cf]/;

/** Length in code points, as limits count it: an emoji outside the BMP is one, a lone surrogate too. */
export function codePoints(text: string): number {
  return text.length - (text.match(SURROGATE_PAIR)?.length ?? 0);
}

/** True when nothing would be seen: empty, spaces, controls, zero-width and other ignorable characters only. */
export function isBlank(text: string): boolean {
  return INVISIBLE.test(text);
}

/** True when the text cannot be stored: U+0000 or half of a surrogate pair. */
export function hasForbiddenCharacters(text: string): boolean {
  return text.includes('\0') || LONE_SURROGATE.test(text);
}

/**
 * The text as it is stored: NFC, line ends as `\n`, no C0 control but line feed and tab, no invisible tag
 * characters (U+E0000–E007F). Bidi controls stay, and those left open are closed at the end so that they cannot
 * reorder what is shown after the text. Everything else, U+2028 included, is kept. Idempotent.
 */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(TAG_CHARACTERS, '');
  return closeBidi(lines.replace(CONTROLS, '').normalize('NFC'));
}

/** True for more than eight combining marks in a row, which would cover the lines around. */
export function hasTooManyMarks(text: string): boolean {
  return MAYBE_MARKS.test(text) && NINE_MARKS.test(text);
}

/** True when one word mixes Latin with Cyrillic or Greek letters, as in "аdmin" with a Cyrillic а. */
export function looksAlikeMixedScript(text: string): boolean {
  const words = text.normalize('NFKC').match(WORD) ?? [];
  return words.some((word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word));
}

/** Follows UAX #9: the end of an isolate also ends the embeddings opened inside it. */
function closeBidi(text: string): string {
  if (!BIDI_CONTROL.test(text)) return text;
  const open: string[] = [];
  let isolates = 0;
  for (const character of text) {
    if (ISOLATE_STARTS.includes(character)) {
      open.push(POP_ISOLATE);
      isolates++;
    } else if (EMBEDDING_STARTS.includes(character)) {
      open.push(POP_EMBEDDING);
    } else if (character === POP_EMBEDDING && open.at(-1) === POP_EMBEDDING) {
      open.pop();
    } else if (character === POP_ISOLATE && isolates > 0) {
      while (open.pop() !== POP_ISOLATE);
      isolates--;
    }
  }
  return text + open.reverse().join('');
}
