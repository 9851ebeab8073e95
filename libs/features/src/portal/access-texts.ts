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
