/** A step of the ladder fell due. */
export const LADDER_MAIL = {
  fr: {
    subject: 'Demande {{reference}} : étape d’escalade',
    paragraphs: [
      'Bonjour {{name}},',
      'Une étape d’escalade est atteinte pour la demande {{reference}} : {{step}}.',
      'Délai concerné : {{metric}}. Date promise : {{due}}.',
      'Responsable : {{assignee}}',
      '{{link}}',
      '{{hub}}',
    ],
  },
  ar: {
    subject: 'الطلب رقم {{reference}}: مرحلة من سلم التصعيد',
    paragraphs: [
      'السلام عليكم {{name}}،',
      'بلغ الطلب {{reference}} مرحلة من سلم التصعيد: {{step}}.',
      'الأجل المعني: {{metric}}. التاريخ الموعود: {{due}}.',
      'المسؤول عن الطلب: {{assignee}}',
      '{{link}}',
      '{{hub}}',
    ],
  },
};

/** A delay of the law is near. */
export const LEGAL_MAIL = {
  fr: {
    subject: 'Demande {{reference}} : délai légal proche',
    paragraphs: [
      'Bonjour {{name}},',
      'Un délai légal du dossier {{reference}} arrive à son terme : {{delay}}.',
      'Dernier jour : {{day}}.',
      'Responsable : {{assignee}}',
      '{{link}}',
      '{{hub}}',
    ],
  },
  ar: {
    subject: 'الطلب رقم {{reference}}: اقترب أجل قانوني',
    paragraphs: [
      'السلام عليكم {{name}}،',
      'يقترب أجل قانوني متعلق بالطلب {{reference}} من نهايته: {{delay}}.',
      'آخر يوم: {{day}}.',
      'المسؤول عن الطلب: {{assignee}}',
      '{{link}}',
      '{{hub}}',
    ],
  },
};
