import type { Locale } from '@app/domain/person';
import type { Metric } from '@app/domain/sla-policy';
import { CONSULTATION_MAIL, MERGED_MAIL } from './collaboration-texts';
import { LADDER_MAIL, LEGAL_MAIL } from './promise-texts';
import type { Role } from '@app/domain/ticket';

/** Mails whose words a hub may change. */
export const HUB_TEMPLATES = ['received', 'answered', 'question_back', 'resolved', 'at_risk', 'late'] as const;
export type HubTemplate = (typeof HUB_TEMPLATES)[number];

export const MAIL_TEMPLATES = [
  ...HUB_TEMPLATES,
  'ladder',
  'legal_near',
  'merged',
  'consultation',
  'invitation',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** One language of a mail. `{{answer}}`, `{{link}}` and `{{rate}}` stand alone in their paragraph. */
export interface MailText {
  subject: string;
  paragraphs: readonly string[];
}

export const TEXTS: Record<MailTemplate, Record<Locale, MailText>> = {
  received: {
    fr: {
      subject: 'Votre demande {{reference}} est bien reçue',
      paragraphs: [
        'Bonjour {{name}},',
        'Nous avons bien reçu votre demande. Elle porte la référence {{reference}}.',
        'Objet : {{title}}',
        'Un conseiller vous répondra au plus tard le {{due}}.',
        'Vous pouvez suivre la demande ici :',
        '{{link}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'طلبكم رقم {{reference}}: تم التوصل به',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'توصلنا بطلبكم، وهو مسجل تحت المرجع {{reference}}.',
        'الموضوع: {{title}}',
        'سيجيبكم مستشار في أجل أقصاه {{due}}.',
        'يمكنكم تتبع الطلب عبر الرابط:',
        '{{link}}',
        '{{hub}}',
      ],
    },
  },
  answered: {
    fr: {
      subject: 'Votre demande {{reference}} : notre réponse',
      paragraphs: [
        'Bonjour {{name}},',
        'Voici notre réponse à votre demande {{reference}} :',
        '{{answer}}',
        '{{notice}}',
        'Sans nouvelles de vous sous cinq jours ouvrables, nous considérerons la demande comme traitée. Pour la suivre ou nous écrire :',
        '{{link}}',
        'Cette réponse vous a-t-elle aidés ? Donnez une note de 1 à 5 :',
        '{{rate}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'طلبكم رقم {{reference}}: جوابنا',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'هذا جوابنا عن طلبكم {{reference}}:',
        '{{answer}}',
        '{{notice}}',
        'إذا لم نتوصل بأي رد منكم خلال خمسة أيام عمل، سنعتبر الطلب منتهيا. لتتبعه أو مراسلتنا:',
        '{{link}}',
        'هل أفادكم هذا الجواب؟ امنحوه نقطة من 1 إلى 5:',
        '{{rate}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
  },
  question_back: {
    fr: {
      subject: 'Votre demande {{reference}} : nous attendons une précision',
      paragraphs: [
        'Bonjour {{name}},',
        'Voici notre message au sujet de votre demande {{reference}} :',
        '{{answer}}',
        '{{notice}}',
        'Nous attendons votre réponse pour continuer ; le délai est suspendu en attendant. Sans nouvelles sous cinq jours ouvrables, la demande sera considérée comme traitée. Répondez ici :',
        '{{link}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'طلبكم رقم {{reference}}: ننتظر توضيحا منكم',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'هذه رسالتنا بشأن طلبكم {{reference}}:',
        '{{answer}}',
        '{{notice}}',
        'ننتظر جوابكم للمتابعة، ويتوقف احتساب الأجل في انتظار ذلك. وإذا لم نتوصل بأي رد خلال خمسة أيام عمل، سيعتبر الطلب منتهيا. يمكنكم الجواب عبر الرابط:',
        '{{link}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
  },
  resolved: {
    fr: {
      subject: 'Votre demande {{reference}} : réponse et fin de traitement',
      paragraphs: [
        'Bonjour {{name}},',
        'Voici notre réponse à votre demande {{reference}}, que nous considérons comme traitée :',
        '{{answer}}',
        '{{notice}}',
        'Si la réponse ne suffit pas, écrivez-nous et la demande sera rouverte :',
        '{{link}}',
        'Cette réponse vous a-t-elle aidés ? Donnez une note de 1 à 5 :',
        '{{rate}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'طلبكم رقم {{reference}}: جوابنا وإنهاء المعالجة',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'هذا جوابنا عن طلبكم {{reference}}، ونعتبر أن معالجته قد انتهت:',
        '{{answer}}',
        '{{notice}}',
        'إن لم يكن الجواب كافيا، راسلونا ليعاد فتح الطلب:',
        '{{link}}',
        'هل أفادكم هذا الجواب؟ امنحوه نقطة من 1 إلى 5:',
        '{{rate}}',
        '{{author}}',
        '{{hub}}',
      ],
    },
  },
  invitation: {
    fr: {
      subject: 'Invitation à rejoindre {{hub}}',
      paragraphs: [
        'Bonjour {{name}},',
        '{{by}} vous invite à rejoindre {{hub}} sur Sanad, comme {{role}}.',
        'Pour accepter, ouvrez cette adresse et choisissez votre mot de passe :',
        '{{link}}',
        'Elle sert une seule fois, jusqu’au {{due}}. Si vous n’attendiez pas cette invitation, ignorez ce message.',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'دعوة للانضمام إلى {{hub}}',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'يدعوكم {{by}} للانضمام إلى {{hub}} على منصة سند بصفة {{role}}.',
        'لقبول الدعوة، افتحوا هذا الرابط واختاروا كلمة السر:',
        '{{link}}',
        'يستعمل الرابط مرة واحدة، إلى غاية {{due}}. إن لم تكونوا تنتظرون هذه الدعوة، المرجو إهمال هذه الرسالة.',
        '{{hub}}',
      ],
    },
  },
  at_risk: {
    fr: {
      subject: 'Demande {{reference}} : échéance proche',
      paragraphs: [
        'Bonjour {{name}},',
        'Échéance proche pour la demande {{reference}} : {{metric}}.',
        'Date promise : {{due}}.',
        'Responsable : {{assignee}}',
        '{{link}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'الطلب رقم {{reference}}: الأجل قريب',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'اقترب أجل الطلب {{reference}}: {{metric}}.',
        'التاريخ الموعود: {{due}}.',
        'المسؤول عن الطلب: {{assignee}}',
        '{{link}}',
        '{{hub}}',
      ],
    },
  },
  late: {
    fr: {
      subject: 'Demande {{reference}} : échéance dépassée',
      paragraphs: [
        'Bonjour {{name}},',
        'Échéance dépassée pour la demande {{reference}} : {{metric}}.',
        'Date promise : {{due}}.',
        'Responsable : {{assignee}}',
        '{{link}}',
        '{{hub}}',
      ],
    },
    ar: {
      subject: 'الطلب رقم {{reference}}: تم تجاوز الأجل',
      paragraphs: [
        'السلام عليكم {{name}}،',
        'تم تجاوز أجل الطلب {{reference}}: {{metric}}.',
        'التاريخ الموعود: {{due}}.',
        'المسؤول عن الطلب: {{assignee}}',
        '{{link}}',
        '{{hub}}',
      ],
    },
  },
  ladder: LADDER_MAIL,
  legal_near: LEGAL_MAIL,
  merged: MERGED_MAIL,
  consultation: CONSULTATION_MAIL,
};

/** Roles as an invitation names them. */
export const ROLE_NAMES: Record<Role, Record<Locale, string>> = {
  member: { fr: 'membre de l’association', ar: 'عضو في الجمعية' },
  manager: { fr: 'responsable de l’association', ar: 'مسؤول الجمعية' },
  agent: { fr: 'conseiller', ar: 'مستشار' },
  expert: { fr: 'expert', ar: 'خبير' },
  supervisor: { fr: 'superviseur', ar: 'مشرف' },
  coordinator: { fr: 'coordinateur du programme', ar: 'منسق البرنامج' },
};

/** What each clock promises, as mails name it. */
export const METRIC_NAMES: Record<Metric, Record<Locale, string>> = {
  first_response: { fr: 'première réponse', ar: 'الجواب الأول' },
  next_response: { fr: 'réponse suivante', ar: 'الجواب الموالي' },
  resolution: { fr: 'résolution', ar: 'حل الطلب' },
  holding: { fr: 'traitement interne', ar: 'المعالجة الداخلية' },
};
