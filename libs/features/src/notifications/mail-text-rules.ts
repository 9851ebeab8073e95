import { checkTwins } from '@app/domain/macro';
import type { FieldProblem } from '@app/domain/refusal';
import { TEXTS, type MailTemplate } from './template-texts';
import { variablesIn, type MailValues } from './templates';

/** Both languages of a mail, as a hub writes them. */
export interface MailTwins {
  subjectFr: string;
  subjectAr: string;
  paragraphsFr: readonly string[];
  paragraphsAr: readonly string[];
}

/** Without these a mail would not say what it is for; the legal notice goes under each answer. */
const FLOOR = ['reference', 'answer', 'notice', 'link'];
const ALONE = ['answer', 'link', 'rate'];

/** The same text with its variables written as mails read them, without spaces inside the braces. */
export function trimBraces(text: MailTwins): MailTwins {
  const trim = (one: string): string => one.trim().replace(/\{\{\s*(\w+)\s*\}\}/g, '{{$1}}');
  return {
    subjectFr: trim(text.subjectFr),
    subjectAr: trim(text.subjectAr),
    paragraphsFr: text.paragraphsFr.map(trim),
    paragraphsAr: text.paragraphsAr.map(trim),
  };
}

/** What a mail can be filled with: the variables of its text as it came. */
export function variablesOfMail(template: MailTemplate): string[] {
  const { subject, paragraphs } = TEXTS[template].fr;
  return [...new Set([subject, ...paragraphs].flatMap(variablesIn))];
}

/**
 * Problems of a hub's own text: a variable that the mail does not have, one that only one language uses, one that no mail of this kind
 * may lose (reference, answer, legal notice, link), an answer or a link that does not stand alone in its paragraph. Pointers name the
 * body's fields; an empty list is a good text.
 */
export function checkMailText(template: MailTemplate, text: MailTwins): FieldProblem[] {
  const known = variablesOfMail(template);
  const twins = checkTwins(
    {
      subjectFr: text.subjectFr,
      subjectAr: text.subjectAr,
      bodyFr: text.paragraphsFr.join('\n'),
      bodyAr: text.paragraphsAr.join('\n'),
    },
    known,
  ).map((one) => ({ ...one, pointer: one.pointer.replace('body', 'paragraphs') }));
  const sides = [
    { pointer: '/paragraphsFr', paragraphs: text.paragraphsFr },
    { pointer: '/paragraphsAr', paragraphs: text.paragraphsAr },
  ];
  const floor = FLOOR.filter((name) => known.includes(name));
  return [...twins, ...sides.flatMap(({ pointer, paragraphs }) => checkSide(pointer, paragraphs, floor))];
}

function checkSide(pointer: string, paragraphs: readonly string[], floor: readonly string[]): FieldProblem[] {
  const used = new Set(paragraphs.flatMap(variablesIn));
  const lost = floor.filter((name) => !used.has(name));
  const crowded = paragraphs.findIndex((one) =>
    ALONE.some((name) => one.includes(`{{${name}}}`) && one !== `{{${name}}}`),
  );
  return [
    ...lost.map((name) => ({ pointer, code: 'missing_variable', detail: `The mail must say {{${name}}}.` })),
    ...(crowded < 0
      ? []
      : [
          {
            pointer: `${pointer}/${crowded}`,
            code: 'must_stand_alone',
            detail: 'This variable stands alone in its paragraph.',
          },
        ]),
  ];
}

const SAMPLES: Record<'fr' | 'ar', MailValues> = {
  fr: {
    reference: 'FM-26-004217-8',
    name: 'Mme Amina',
    title: 'Renouvellement du récépissé',
    due: 'mercredi 25 novembre 2026 à 16 h 30',
    answer: 'Voici la marche à suivre.\nPremière étape : le dépôt du dossier.',
    notice: 'Cette réponse est une information générale.',
    author: 'Karim',
    hub: 'Pôle de démonstration',
    link: 'https://sanad.example.org/fr/r/FM-26-004217-8',
    rate: 'https://sanad.example.org/fr/rate/FM-26-004217-8',
    metric: 'première réponse',
    assignee: 'Karim',
  },
  ar: {
    reference: 'FM-26-004217-8',
    name: 'السيدة أمينة',
    title: 'تجديد وصل الإيداع',
    due: 'الأربعاء 25 نونبر 2026 على الساعة 16:30',
    answer: 'هذه هي المسطرة المتبعة.\nالخطوة الأولى: إيداع الملف.',
    notice: 'هذا الجواب معلومة عامة.',
    author: 'كريم',
    hub: 'قطب تجريبي',
    link: 'https://sanad.example.org/ar/r/FM-26-004217-8',
    rate: 'https://sanad.example.org/ar/rate/FM-26-004217-8',
    metric: 'الجواب الأول',
    assignee: 'كريم',
  },
};

/** Invented values, to show how a text reads. */
export function sampleValues(language: 'fr' | 'ar'): MailValues {
  return SAMPLES[language];
}
