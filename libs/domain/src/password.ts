import { fold } from './folding';
import { codePoints } from './text';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;
const FEWEST_DIFFERENT = 5;
const SHORTEST_PART = 4;

/** Beginnings that the lists of stolen passwords are full of, in the letters of their owners here. */
const WORN = ['password', 'motdepasse', 'azerty', 'qwerty', '123456', 'abcdef', 'maroc', 'bonjour', 'sanad', 'admin'];

export type PasswordProblem = 'too_short' | 'too_long' | 'too_simple' | 'like_email' | 'too_common';

/**
 * What is wrong with a new password; null when it will do. Length in code points, from 12 to 128, and no rule about classes of
 * characters: length is what protects. Refused besides: fewer than five different characters, the first part of one's own e-mail address
 * (from four characters on), and a worn beginning followed by nothing but digits and signs.
 */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const length = codePoints(password);
  if (length < PASSWORD_MIN) return 'too_short';
  if (length > PASSWORD_MAX) return 'too_long';
  if (new Set(password).size < FEWEST_DIFFERENT) return 'too_simple';
  const plain = fold(password).replace(/\s/g, '');
  const part = fold(email.split('@')[0]).replace(/\s/g, '');
  if (part.length >= SHORTEST_PART && plain.includes(part)) return 'like_email';
  return WORN.some((word) => plain.startsWith(word) && /^[^\p{L}]*$/u.test(plain.slice(word.length)))
    ? 'too_common'
    : null;
}
