import { cleanText, codePoints, isBlank } from './text';

const LONGEST = 150;
const BIDI_AND_INVISIBLE = /[\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const CONTROLS = /\p{Cc}/gu;
/** Not allowed in a name on some system. */
const RESERVED = /[<>:"/\\|?*]/g;
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const ATTRIBUTE = /[!#$&+\-.^_`|~0-9A-Za-z]/;

/**
 * The name of a file as it is shown: the last part of a path, without controls, invisible and bidi characters (which would show another
 * ending than the real one) or what some system takes for a path, at most 150 code points with its ending kept. Never used as a path.
 * `fichier` when nothing is left.
 */
export function shownFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = cleanText(last.replace(BIDI_AND_INVISIBLE, '').replace(CONTROLS, '')).replace(RESERVED, '_');
  const trimmed = plain.replace(/^[\s.]+|[\s.]+$/gu, '').replace(DEVICES, '_$&');
  if (isBlank(trimmed)) return 'fichier';
  return codePoints(trimmed) <= LONGEST ? trimmed : shortened(trimmed);
}

/** The ending of a shown name in lower case, without its dot; empty when there is none. */
export function endingOf(name: string): string {
  return /\.([^.]{1,10})$/u.exec(name)?.[1].toLowerCase() ?? '';
}

/** Value of a Content-Disposition header (RFC 6266): a plain name for old clients, the real one in UTF-8. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["%\\]/g, '_');
  return `${kind}; filename="${plain}"; filename*=UTF-8''${Array.from(name, percent).join('')}`;
}

function shortened(name: string): string {
  const ending = endingOf(name);
  const kept = LONGEST - (ending ? codePoints(ending) + 2 : 1);
  return `${Array.from(name).slice(0, kept).join('')}…${ending ? `.${ending}` : ''}`;
}

function percent(character: string): string {
  if (ATTRIBUTE.test(character) && character.length === 1) return character;
  return encodeURIComponent(character).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
