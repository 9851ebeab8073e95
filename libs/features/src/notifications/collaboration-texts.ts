export const MERGED_MAIL = {
  fr: {
    subject: 'Votre demande {{reference}} se poursuit sous {{into}}',
    paragraphs: [
      'Bonjour {{name}},',
      'Votre demande {{reference}} portait sur la même affaire que {{into}} : nous les avons réunies.',
      'Rien n’est perdu : vos messages se lisent désormais sous la référence {{into}}, et vous pouvez écrire sous l’une ou l’autre.',
      '{{link}}',
      '{{hub}}',
    ],
  },
  ar: {
    subject: 'طلبكم رقم {{reference}} يستمر تحت المرجع {{into}}',
    paragraphs: [
      'السلام عليكم {{name}}،',
      'طلبكم {{reference}} يخص الموضوع نفسه الذي يخصه الطلب {{into}}، لذلك جمعناهما في ملف واحد.',
      'لم يضع أي شيء: رسائلكم تقرأ من الآن تحت المرجع {{into}}، ويمكنكم المراسلة تحت أي من المرجعين.',
      '{{link}}',
      '{{hub}}',
    ],
  },
} as const;

export const CONSULTATION_MAIL = {
  fr: {
    subject: 'Demande {{reference}} : votre avis est demandé',
    paragraphs: [
      'Bonjour {{name}},',
      'Votre avis est demandé sur la demande {{reference}}.',
      'Le dossier vous est prêté jusqu’au {{due}} ; il revient ensuite de lui-même au pôle qui le suit.',
      '{{link}}',
      '{{hub}}',
    ],
  },
  ar: {
    subject: 'الطلب رقم {{reference}}: رأيكم مطلوب',
    paragraphs: [
      'السلام عليكم {{name}}،',
      'رأيكم مطلوب في الطلب {{reference}}.',
      'الملف معار لكم إلى غاية {{due}}، ثم يعود تلقائيا إلى القطب الذي يتتبعه.',
      '{{link}}',
      '{{hub}}',
    ],
  },
} as const;
