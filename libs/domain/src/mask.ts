const DIGIT = '[0-9٠-٩۰-۹]';
const EDGE = '\\p{Script=Latin}\\p{Nd}_';
/** Hub, year, number and check digit in any spelling. */
const TICKET_REFERENCE = `[a-z]{2}[\\s\\p{Pd}]?${DIGIT}{2}[\\s\\p{Pd}]?${DIGIT}{6,12}[\\s\\p{Pd}]?${DIGIT}(?!${DIGIT})`;
/** What comes before a number that is not a person's: money, laws, identifiers of bodies, posts, telephones. */
const LABELS = 'dhs?|mad|eur|usd|bo|ice|if|rib|tp|tva|amo|ir|is|pv|bp|cp|iso|tel|tél|gsm|fax|art|no|nr|num';
/** French words seen in capitals; never letters of a card series. */
const WORDS = 'de|du|des|le|les|en|au|aux|ou|par|sur|un|une|an|ans';
const LABELLED = `(?:(?:${LABELS})\\s?|(?:${WORDS})\\s)${DIGIT}+`;
const MONEY = '(?!\\s?(?:[Dd][Hh]|MAD|EUR|[Ee]uro|€|USD|درهم))';
const CAPITALS = `[A-Z]{1,3}(?:\\s?${DIGIT}{5,8}|\\s(?!(?:19|20)${DIGIT}{2}(?!${DIGIT}))${DIGIT}{4}|${DIGIT}{4})`;
const ANY_CASE = `[a-zA-Z]{1,3}${DIGIT}{5,8}`;

const KEPT = new RegExp(`(?<![${EDGE}])(?:${TICKET_REFERENCE}|${LABELLED})(?![${EDGE}])`, 'giu');
const CARD = new RegExp(`(?<![${EDGE}])(?:${CAPITALS}|${ANY_CASE})(?![${EDGE}])${MONEY}`, 'gu');
/** Without so many digits in a row there is no number to hide, and most texts have none. */
const DIGITS_OF_A_CARD = new RegExp(`${DIGIT}{4}`);
const ANY_DIGIT = new RegExp(DIGIT, 'gu');

/**
 * Replaces the digits of national identity-card numbers in free text by •, keeping the letters: one to three
 * capitals and four to eight digits (`AB 123456`), or small letters directly followed by five digits or more.
 * The format is only good enough to hide a number, never to validate one. Ticket references, amounts, laws,
 * company identifiers and telephone numbers stay. Idempotent.
 */
export function maskIdentityNumbers(text: string): string {
  if (!DIGITS_OF_A_CARD.test(text)) return text;
  const kept = new Set(Array.from(text.matchAll(KEPT), (match) => match.index));
  return text.replace(CARD, (card: string, at: number) => (kept.has(at) ? card : card.replace(ANY_DIGIT, '•')));
}
