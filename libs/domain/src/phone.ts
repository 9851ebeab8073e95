import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { asciiDigits } from './folding';

const HOME_COUNTRY = 'MA';
const HOME_PREFIX = '+212';
const MOROCCAN = /^\+212[5-8][0-9]{8}$/;
const SPELLING = /^\+?[0-9 ().\-/]{4,40}$/;

/**
 * Reads a telephone number in any usual spelling and gives E.164 (`+212612345678`), or null when it is not one
 * whole possible number. Without a country code it is Moroccan. Only the length is checked, not that the block
 * is assigned: demonstration numbers use unassigned ones. Moroccan numbers start with 5 to 8 (fixed, mobile,
 * special). Extensions, several numbers, line breaks and words are refused.
 */
export function parsePhone(text: string): string | null {
  const plain = asciiDigits(text.trim())
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/^\((\+?[0-9]+)\)/, '$1 ');
  if (!SPELLING.test(plain)) return null;
  const phone = parsePhoneNumberFromString(plain, { defaultCountry: HOME_COUNTRY, extract: false });
  if (!phone?.isPossible()) return null;
  if (phone.number.startsWith(HOME_PREFIX) && !MOROCCAN.test(phone.number)) return null;
  return phone.number;
}

/** Shows an E.164 number: `06 12 34 56 78` for Morocco, international spelling otherwise, unknown text as it is. */
export function formatPhone(e164: string): string {
  if (MOROCCAN.test(e164)) return `0${e164.slice(HOME_PREFIX.length)}`.replace(/(?!^)(?=(?:..)+$)/g, ' ');
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}
