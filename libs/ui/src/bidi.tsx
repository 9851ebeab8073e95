import type { ReactNode } from 'react';
import { textBlocks } from './direction';

interface BidiProps {
  children: ReactNode;
  className?: string;
}

/** A reference, an e-mail, an address, a signed number, a percentage: one left-to-right run that never breaks. */
export function Bidi({ children, className }: BidiProps) {
  return (
    <bdi dir="ltr" className={className}>
      {children}
    </bdi>
  );
}

interface UserLineProps {
  /** Written by people: subject, name, title of a file. */
  text: string;
  /** Cut at its own end instead of breaking. */
  cut?: boolean;
  className?: string;
  lang?: string;
}

/** One line of people's text: its own direction, aligned with the interface. */
export function UserLine({ text, cut = false, className = '', lang }: UserLineProps) {
  return (
    <span dir="auto" lang={lang} className={`user-line${cut ? ' user-line-cut' : ''} ${className}`.trim()}>
      {text}
    </span>
  );
}

/** A name inside a sentence. */
export function UserName({ text }: { text: string }) {
  return <bdi>{text}</bdi>;
}

interface UserTextProps {
  text: string;
  lang?: string;
  className?: string;
}

/** Paragraphs of people: a direction for each, phones and references inside them left to right. */
export function UserText({ text, lang, className = '' }: UserTextProps) {
  return (
    <div className={`user-text ${className}`.trim()} lang={lang}>
      {textBlocks(text).map((block, at) => (
        <p key={at} dir={block.direction}>
          {block.runs.map((run, place) => (run.fixed ? <Bidi key={place}>{run.text}</Bidi> : run.text))}
        </p>
      ))}
    </div>
  );
}
