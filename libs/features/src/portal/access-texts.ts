import type { Locale } from '@app/domain/person';
import type { MailText } from '../notifications/template-texts';

/** Mails that let somebody in; always in both languages, because the reader's is not known yet. */
export const SIGN_IN_CODE: Record<Locale, MailText> = {
  fr: {
    subject: 'Votre code de connexion : {{code}}',
    paragraphs: [
      'Bonjour,',
      'Votre code de connexion est {{code}}. Il est valable quinze minutes et ne sert qu’une fois.',
      'Vous pouvez aussi ouvrir cette page et appuyer sur le bouton :',
      '{{link}}',
      'Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne n’entre. Nous ne vous le demanderons jamais par téléphone.',
    ],
  },
  ar: {
    subject: 'رمز الدخول الخاص بكم: {{code}}',
    paragraphs: [
      'السلام عليكم،',
      'رمز الدخول الخاص بكم هو {{code}}. يبقى صالحا لمدة خمس عشرة دقيقة، ويستعمل مرة واحدة فقط.',
      'يمكنكم أيضا فتح هذه الصفحة والضغط على الزر:',
      '{{link}}',
      'لم تطلبوا شيئا؟ لا داعي لأي إجراء، فلا أحد يدخل بدون هذا الرمز. ولن نطلبه منكم أبدا عبر الهاتف.',
    ],
  },
};

export const ASSOCIATION_INVITATION: Record<Locale, MailText> = {
  fr: {
    subject: 'Rejoignez {{associationFr}} sur Sanad',
    paragraphs: [
      'Bonjour {{name}},',
      '{{by}} vous invite à agir au nom de {{associationFr}} : poser des questions au pôle de votre région et suivre les réponses.',
      'Ouvrez cette page pour accepter. Le lien est valable jusqu’au {{dueFr}} et ne sert qu’une fois :',
      '{{link}}',
      'Vous ne connaissez pas cette association ? Ne faites rien.',
    ],
  },
  ar: {
    subject: 'انضموا إلى {{associationAr}} على سند',
    paragraphs: [
      'السلام عليكم {{name}}،',
      'يدعوكم {{by}} إلى التصرف باسم {{associationAr}}: طرح الأسئلة على قطب جهتكم وتتبع الأجوبة.',
      'افتحوا هذه الصفحة لقبول الدعوة. يبقى الرابط صالحا إلى غاية {{dueAr}}، ويستعمل مرة واحدة فقط:',
      '{{link}}',
      'لا تعرفون هذه الجمعية؟ لا داعي لأي إجراء.',
    ],
  },
};
