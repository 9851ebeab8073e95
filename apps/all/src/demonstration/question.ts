import type { SeededRandom } from './seeded-random';

export interface QuestionText {
  subject: string;
  body: string;
}

/** A question as associations ask it; `{…}` are details that vary, the same in both languages. */
export interface Question {
  category: string;
  fr: QuestionText;
  ar: QuestionText;
  /** In Moroccan Arabic with Latin letters, as typed on a telephone. */
  darija?: QuestionText;
}

export type QuestionLanguage = 'fr' | 'ar' | 'darija';

/** The text in a language with its details; a question without Darija is asked in Arabic. */
export function questionText(question: Question, language: QuestionLanguage, random: SeededRandom): QuestionText {
  const text = (language === 'darija' ? question.darija : undefined) ?? question[language === 'fr' ? 'fr' : 'ar'];
  const details: Record<string, string> = {
    jours: String(random.between(12, 58)),
    montant: String(random.between(3, 48) * 5_000),
    membres: String(random.between(14, 90)),
    annee: String(random.between(2009, 2023)),
    mois: String(random.between(2, 9)),
  };
  const fill = (value: string): string => value.replace(/\{(\w+)\}/g, (_, name: string) => details[name]);
  return { subject: fill(text.subject), body: fill(text.body) };
}
