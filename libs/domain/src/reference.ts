import { asciiDigits } from './folding';
import { Refusal } from './refusal';

/** What a ticket reference says; `year` is the calendar year (2026), `reference` the canonical spelling. */
export interface TicketReference {
  hubCode: string;
  year: number;
  number: number;
  reference: string;
}

const CENTURY = 2000;
const NUMBER_LENGTH = 6;
const SHAPE = /^([A-Z]{2})([0-9]{2})([0-9]{6}|[1-9][0-9]{6,11})([0-9])$/;
const SEPARATORS = /[\s\p{Pd}\p{Cf}\p{M}\u2212\u0640._/#[\]]/gu;

/** Totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004). */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/**
 * The reference of a ticket, e.g. `MS-26-004217-4`: hub of creation, two-digit year, number of at least six
 * digits, Damm check digit over year and padded number.
 * @param year calendar year, 2000 to 2099
 * @param number 1 to 999,999,999,999
 * @throws Refusal `internal` on any other argument
 */
export function formatReference(hubCode: string, year: number, number: number): string {
  const yearDigits = String(year - CENTURY).padStart(2, '0');
  const numberDigits = String(number).padStart(NUMBER_LENGTH, '0');
  if (number < 1 || !SHAPE.test(`${hubCode}${yearDigits}${numberDigits}0`)) {
    throw new Refusal('internal', 'A reference needs two capital letters, a year of this century and a whole number.');
  }
  return `${hubCode}-${yearDigits}-${numberDigits}-${checkDigit(yearDigits + numberDigits)}`;
}

/**
 * Reads a reference in any spelling: lower case, spaces or no hyphens, Arabic-Indic or Persian digits, Unicode
 * hyphens, bidi marks, square brackets or `#` around it. Leading zeros of the number are required. Null when the
 * text is not one whole reference or its check digit is wrong: a mistyped digit or two swapped ones never pass.
 */
export function parseReference(text: string): TicketReference | null {
  const match = SHAPE.exec(compact(text));
  if (!match) return null;
  const [, hubCode, yearDigits, numberDigits, check] = match;
  const number = Number(numberDigits);
  if (number < 1 || checkDigit(yearDigits + numberDigits) !== Number(check)) return null;
  const reference = `${hubCode}-${yearDigits}-${numberDigits}-${check}`;
  return { hubCode, year: CENTURY + Number(yearDigits), number, reference };
}

/** True when the text has the shape of a reference, whether or not its check digit is right. */
export function looksLikeReference(text: string): boolean {
  return SHAPE.test(compact(text));
}

function checkDigit(digits: string): number {
  return Array.from(digits).reduce((state, digit) => DAMM[state][Number(digit)], 0);
}

function compact(text: string): string {
  return asciiDigits(text.normalize('NFKC').replace(SEPARATORS, '')).toUpperCase();
}
