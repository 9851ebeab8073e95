import { Bidi } from './bidi';
import { phoneText } from './phone-text';

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
