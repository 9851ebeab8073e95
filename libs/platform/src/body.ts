import { Refusal } from '@app/domain/refusal';
import { hasForbiddenCharacters } from '@app/domain/text';

const MAX_DEPTH = 20;
const MAX_KEYS = 2_000;
const QUOTE = 34;
const BACKSLASH = 92;
/** What brackets and braces do to the depth, by their character codes. */
const STEPS = new Map([
  [91, 1],
  [123, 1],
  [93, -1],
  [125, -1],
]);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * JSON of a request body, read strictly: valid UTF-8 without a byte order mark, no key that reaches a prototype, bounded depth
 * and size, no NUL and no lone surrogate in any text. Validation pipes look at shapes only and let these through.
 */
export function parseBody(buffer: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(buffer);
  } catch {
    throw new Refusal('malformed_json', 'The body is not valid UTF-8.');
  }
  if (text.startsWith('\uFEFF')) throw new Refusal('malformed_json', 'The body begins with a byte order mark.');
  checkDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('malformed_json', 'The body is not valid JSON.');
  }
  scan(value, '', { keys: 0 });
  return value;
}

/** Before parsing, so that a body of ten thousand brackets costs nothing. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) inString = !inString;
    else if (!inString) depth += STEPS.get(c) ?? 0;
    else if (c === BACKSLASH) i += 1;
    if (depth > MAX_DEPTH) throw new Refusal('too_complex', 'The body is nested too deeply.');
  }
}

function scan(value: unknown, pointer: string, seen: { keys: number }): void {
  if (typeof value === 'string') {
    if (hasForbiddenCharacters(value))
      throw Refusal.field(pointer, 'invalid_text', 'The text has a character that cannot be stored.');
  } else if (typeof value === 'number') {
    scanNumber(value, pointer);
  } else if (Array.isArray(value)) {
    count(seen, value.length);
    value.forEach((item, index) => scan(item, `${pointer}/${index}`, seen));
  } else if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value);
    count(seen, keys.length);
    for (const key of keys) {
      if (reachesPrototype(key) || hasForbiddenCharacters(key))
        throw new Refusal('forbidden_key', 'The body has a key that is not allowed.');
      scan((value as Record<string, unknown>)[key], `${pointer}/${pointerPart(key)}`, seen);
    }
  }
}

/** Names that every object has already, such as `__proto__` and `toString`: later steps would change or lose them. */
export function reachesPrototype(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

/** A name as part of a JSON Pointer; names of strangers are cut, they come back in the answer. */
export function pointerPart(name: string): string {
  return name
    .slice(0, 60)
    .replace(/\p{Surrogate}$/u, '')
    .replace(/~/g, '~0')
    .replace(/\//g, '~1');
}

function scanNumber(value: number, pointer: string): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw Refusal.field(pointer, 'out_of_range', 'The number is out of range.');
  }
}

function count(seen: { keys: number }, more: number): void {
  seen.keys += more;
  if (seen.keys > MAX_KEYS) throw new Refusal('too_complex', 'The body has too many entries.');
}
