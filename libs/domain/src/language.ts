/** Languages of a ticket or message: French, Arabic, Moroccan Arabic in Latin letters, French beside Arabic script. */
export const LANGUAGES = ['fr', 'ar', 'ary-Latn', 'mixed'] as const;
export type Language = (typeof LANGUAGES)[number];
export type AnswerLanguage = 'fr' | 'ar';

const words = (list: string) => new Set(list.split(/\s+/));

const FRENCH = words(
  `le la les un une des du de au aux et ou où est sont était été être avoir ai as avons avez ont on je j tu il elle
   nous vous ils elles me m te se s ce c cet cette ces mon mes ton tes son sa ses notre nos votre vos leur leurs
   qui que qu quoi dont dans pour par sur sous avec sans chez entre vers mais donc si ne n pas plus ni comme
   quand comment combien pourquoi quel quelle quels quelles faut peut peuvent pouvez pouvons puis dois doit
   devons devez fait faire avant après depuis encore aussi déjà très bien toujours jamais aucun aucune tout
   toute tous toutes y d l bonjour bonsoir merci voudrais voudrions svp`,
);

/** Only words that French has not: no `ma`, `la`, `had`. */
const DARIJA = words(
  `wach wash ouach chno chnou chnowa achno ash chkoun chhal chehal kifach kifash imta imtta feen fayn mnin 3lach
   3lash bach bash bghit bghina bghaw bgha bghat baghi baghya baghyin kayn kayna kaynin makaynch kan kant kanou
   dyal dyali dyalna dyalkom dyalha dyalo dyalhom dial diali dialna ntaa ghir gher walakin wlakin walakine wla
   wlla oula daba db hadi hada hadak hadchi hadshi hna 7na nta nti ntoma howa huwa hiya homa houma huma machi
   mashi mzyan mzian bezaf bzaf bzzaf chwiya shwiya kolchi kolshi khouya khoya khti salam salamo slm labas
   choukran chokran afak 3afak inchallah nchallah khass khas khassni khassna khassha khasso khasna khasni liya
   lik lih liha lina likom lihom fih fiha fihom m3a 3la 3nd mn lli illi ila 7ta 7it kif w f b rah raha rahom
   3ndi 3ndna wakha safi`,
);

const ADDRESS = /[^\s@]{1,64}@\S+|https?:\S+|www\.\S+/gi;
const LATIN_WORD = /[\p{Script=Latin}\p{M}0-9]+/gu;
const ARABIC_WORD = /(?=[\p{Script=Arabic}])\p{L}[\p{Script=Arabic}\p{M}]*/gu;
/** 2, 3, 5, 7 or 9 beside letters stand for Arabic sounds; not `2e`, `5h30`, `CO2`, `page12`. */
const DIGIT_LETTERS = /^(?=.*[a-z].*[a-z])(?:[a-z]|[235679](?![0-9]))+$/;
const HAS_SOUND_DIGIT = /[23579]/;
const FRENCH_NUMBER = /^[0-9](?:er|ere|eme|nd|nde|ans|mois|jours|dh|dhs|km|kg|cm|mm|min|go|mo)$|^[a-z]+2$/;
/** Beginnings of words that Darija has (l-, n-, t- before a consonant, kh, gh, the present in kat-) and French has not. */
const DARIJA_ONSET =
  /^(?:kh|gh|chh|l[bcdfghjkmnqrstwxz]|n[bcdfghjkmnqrstwxz]|t[bdfgjkmnqtwx]|m[bcdfghjkmqstwxz]|y[bcdfghjklmnqrstwxz]|k[bcdfjkmqtwx]|b[gknt]|w[lnsd]|d[lw]|j[dm]|ka[nty][bcdfghjklmqrstwxz])/;
/** Nobody writes one Darija word in four by accident. */
const DARIJA_WEIGHT = 3;
const MIXED_SHARE = 0.25;
const FRENCH_ANSWER_SHARE = 0.3;

interface Evidence {
  latin: number;
  arabic: number;
  french: number;
  darija: number;
}

/**
 * The language a text is written in and the one to answer in when the person has stated none. General rules:
 * share of each script, then, among Latin words, French function words against Darija function words, digits
 * inside words and beginnings that French has not. Darija code-switched with French counts as `ary-Latn`; it is
 * answered in French only when French makes up a good part. Text without evidence is French, or Arabic as soon
 * as it has one Arabic letter.
 */
export function detectLanguage(text: string): { language: Language; answerLanguage: AnswerLanguage } {
  const found = evidence(text);
  const language = languageOf(found);
  return { language, answerLanguage: answerIn(language, found) };
}

/** Direction of the first letter or direction mark, as browsers do for `dir="auto"`; `ltr` when there is none. */
export function textDirection(text: string): 'ltr' | 'rtl' {
  const strong = /[\p{L}\u200e\u200f\u061c]/u.exec(text)?.[0] ?? '';
  return /[\u200f\u061c\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(
    strong,
  )
    ? 'rtl'
    : 'ltr';
}

function evidence(text: string): Evidence {
  const prose = text.normalize('NFC').replace(ADDRESS, ' ');
  const latin = (prose.match(LATIN_WORD) ?? []).filter((word) => /[^0-9]/.test(word));
  const telling = latin.filter((word) => !isAcronym(word));
  return {
    latin: latin.length,
    arabic: prose.match(ARABIC_WORD)?.length ?? 0,
    french: telling.filter((word) => FRENCH.has(word.toLowerCase())).length,
    darija: telling.filter(isDarija).length,
  };
}

/** Words in capitals with a digit or without a vowel say nothing: CO2, CNSS. */
function isAcronym(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && (/[0-9]/.test(word) || !/[AEIOUY]/.test(word));
}

/** A capital may begin a name (Khadija, Lhoussaine), so the beginning only tells in a word of small letters. */
function isDarija(word: string): boolean {
  const lower = word.toLowerCase();
  return DARIJA.has(lower) || isSpelledWithDigits(lower) || (word.length >= 4 && DARIJA_ONSET.test(word));
}

function isSpelledWithDigits(word: string): boolean {
  return HAS_SOUND_DIGIT.test(word) && DIGIT_LETTERS.test(word) && !FRENCH_NUMBER.test(word);
}

function languageOf({ latin, arabic, french, darija }: Evidence): Language {
  const isDarijaText = darija >= 2 && darija * DARIJA_WEIGHT >= french;
  const arabicShare = arabic === 0 ? 0 : arabic / (arabic + latin);
  if (arabicShare > 1 - MIXED_SHARE) return 'ar';
  if (arabicShare >= MIXED_SHARE) return french + darija >= 2 ? 'mixed' : 'ar';
  if (isDarijaText) return 'ary-Latn';
  return arabic > 0 && french === 0 ? 'ar' : 'fr';
}

function answerIn(language: Language, { latin, arabic, french, darija }: Evidence): AnswerLanguage {
  if (language === 'fr' || language === 'ar') return language;
  if (language === 'mixed') return latin > arabic && french > darija ? 'fr' : 'ar';
  return french >= FRENCH_ANSWER_SHARE * (french + darija) ? 'fr' : 'ar';
}
