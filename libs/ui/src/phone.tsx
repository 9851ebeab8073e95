import { Bidi } from './bidi';

const MOROCCAN = /^\+212(\d)(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** `06 61 23 45 67` for Morocco, groups of an international number otherwise. */
export function phoneText(e164: string): string {
  const found = MOROCCAN.exec(e164);
  if (found) return `0${found[1]} ${found.slice(2).join(' ')}`.replace(/ /g, '\u00a0');
  return e164;
}

interface PhoneProps {
  /** As stored: E.164. */
  number: string;
  /** Calls when pressed. */
  link?: boolean;
  className?: string;
}

export function Phone({ number, link = false, className }: PhoneProps) {
  const shown = <Bidi className={link ? undefined : className}>{phoneText(number)}</Bidi>;
  if (!link) return shown;
  return (
    <a href={`tel:${number}`} className={className}>
      {shown}
    </a>
  );
}
