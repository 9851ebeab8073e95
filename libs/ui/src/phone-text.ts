const MOROCCAN = /^\+212(\d)(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** `06 61 23 45 67` for Morocco, with spaces that never break; any other number as it is stored. */
export function phoneText(e164: string): string {
  const found = MOROCCAN.exec(e164);
  if (!found) return e164;
  return `0${found[1]} ${found.slice(2).join(' ')}`.replace(/ /g, '\u00a0');
}
