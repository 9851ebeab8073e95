interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const LATIN = /^[a-z]$/i;
const PHYSICAL = /^Key([A-Z])$/;
const SYMBOLS: Record<string, string> = { Slash: '/', Period: '.', Comma: ',' };

/**
 * The name of a key press: `mod+k`, `r`, `?`, `Enter`. What the key writes counts when that is a Latin letter or a sign; on an Arabic
 * layout, where it writes another letter, its place on the keyboard does. Alt is left to the system.
 */
export function keyOf(event: Pressed): string | null {
  if (event.altKey) return null;
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  return mod + (letterOf(event) ?? signOf(event) ?? event.key);
}

function letterOf({ key, code }: Pressed): string | null {
  if (LATIN.test(key)) return key.toLowerCase();
  return PHYSICAL.exec(code)?.[1].toLowerCase() ?? null;
}

/** Signs by what they write, on any layout; else by their place. */
function signOf({ key, code, shiftKey }: Pressed): string | null {
  if (key === '?' || key === '\u061f') return '?';
  if (key === '/' || key === '.' || key === ',') return key;
  if (key.length > 1 || !SYMBOLS[code]) return null;
  return shiftKey && code === 'Slash' ? '?' : SYMBOLS[code];
}

/** Whether the letter belongs to a field that is being written in. */
export function isWriting(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (!element || typeof element.closest !== 'function') return false;
  return element.closest('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]') !== null;
}
