import { textDirection } from '@app/domain/language';
import type { Direction } from './locale';

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>]+|[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/gi;
const REFERENCE = /\b[A-Z]{2,4}-\d{2}-\d{4,}-\d\b/g;
const MENTION = /(?:^|\s)@[\p{L}\p{M}_.-]+/gu;
/** What stands in a text left to right whatever surrounds it. The comma and the full stop at an end belong to the sentence. */
const RUN =
  /((?:https?:\/\/|www\.)[^\s<>]*[^\s<>.,;:!?)\]]|[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}|\b[A-Z]{2,4}-\d{2}-\d{4,}-\d\b|\+?\d[\d .\-\u00a0\u202f]{6,}\d|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?)/i;

export interface TextRun {
  text: string;
  /** Shown left to right: a phone, a reference, an address, a date, a time. */
  fixed: boolean;
}

export interface TextBlock {
  direction: Direction;
  runs: TextRun[];
}

/** Direction of the first letter that is not part of an address, a reference or a mention. */
export function blockDirection(text: string): Direction {
  const prose = text.replace(ADDRESS, ' ').replace(REFERENCE, ' ').replace(MENTION, ' ');
  return textDirection(/\p{L}/u.test(prose) ? prose : text);
}

/** A text of people as blocks: a line each, with its own direction and its left-to-right runs marked; empty lines separate. */
export function textBlocks(text: string): TextBlock[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ direction: blockDirection(line), runs: textRuns(line) }));
}

export function textRuns(line: string): TextRun[] {
  return line
    .split(RUN)
    .map((text, at) => ({ text, fixed: at % 2 === 1 }))
    .filter((run) => run.text !== '');
}
