import type { AnswerLanguage } from '@app/domain/language';

type Both = Record<AnswerLanguage, string>;

/** What the hub answers, by family of category; general enough to be right for every question of the family. */
const ANSWERS: Record<string, Both> = {
  CRE: {
    fr: 'Bonjour,\nle dossier se dépose au siège de l’autorité locale contre un récépissé provisoire daté et cacheté, remis sur-le-champ (article 5 du dahir de 1958). Le récépissé définitif suit dans les 60 jours ; passé ce délai, l’association peut exercer son activité selon ses statuts. En cas de refus, faites constater le dépôt par huissier et gardez les preuves. Nous joignons la liste des pièces.',
    ar: 'السلام عليكم،\nيودع الملف بمقر السلطة المحلية مقابل وصل مؤقت مختوم ومؤرخ يسلم في الحال (الفصل 5 من ظهير 1958). ويسلم الوصل النهائي داخل 60 يوما، وبعد هذا الأجل يجوز للجمعية ممارسة نشاطها وفق قانونها الأساسي. في حالة الرفض، أثبتوا الإيداع بواسطة مفوض قضائي واحتفظوا بالوثائق. تجدون رفقته لائحة الوثائق.',
  },
  STA: {
    fr: 'Bonjour,\nune modification se décide à la majorité prévue par vos statuts, puis se déclare dans le mois avec le procès-verbal, les statuts modifiés et la liste à jour. Ce n’est pas une création nouvelle. Envoyez-nous vos statuts : nous vous proposerons la rédaction dans les deux langues.',
    ar: 'السلام عليكم،\nيتخذ قرار التعديل بالأغلبية المنصوص عليها في قانونكم الأساسي، ثم يصرح به داخل شهر مع المحضر والقانون المعدل واللائحة المحينة. ولا يعد ذلك تأسيسا جديدا. أرسلوا إلينا القانون الأساسي لنقترح عليكم الصياغة باللغتين.',
  },
  GOU: {
    fr: 'Bonjour,\nce sont d’abord vos statuts qui décident de la convocation, du quorum et de la majorité ; à défaut, une seconde convocation écrite est prudente. Tout changement du bureau se déclare dans le mois. Vous trouverez ci-joint un modèle de convocation, de feuille de présence et de procès-verbal.',
    ar: 'السلام عليكم،\nالقانون الأساسي هو الذي يحدد أولا كيفية الدعوة والنصاب والأغلبية، وعند سكوته تكون دعوة ثانية مكتوبة أحوط. وكل تغيير في المكتب يصرح به داخل شهر. تجدون رفقته نموذج الدعوة ولائحة الحضور والمحضر.',
  },
  FIN: {
    fr: 'Bonjour,\ntenez un dossier par subvention : convention, délibération, factures, paiements, rapport d’exécution. Au-delà de 10 000 DH d’aide périodique, les comptes sont remis à l’organisme qui l’accorde. Les pièces se gardent cinq ans au moins. Dites-nous la date de versement pour calculer vos échéances.',
    ar: 'السلام عليكم،\nافتحوا ملفا لكل منحة يضم الاتفاقية والمقرر والفواتير والأداءات وتقرير الإنجاز. وإذا تجاوز الدعم الدوري 10.000 درهم تقدم الحسابات إلى الجهة المانحة. وتحفظ الوثائق خمس سنوات على الأقل. أخبرونا بتاريخ التحويل لنحسب الآجال.',
  },
  CPT: {
    fr: 'Bonjour,\nla banque peut demander le récépissé, le procès-verbal de l’élection et les pièces d’identité des signataires. Voici un modèle de rapport financier d’une page et un registre des recettes et dépenses. Deux signatures sont recommandées.',
    ar: 'السلام عليكم،\nيحق للبنك طلب الوصل ومحضر الانتخاب وبطائق الموقعين. تجدون رفقته نموذجا للتقرير المالي في صفحة واحدة وسجلا للمداخيل والمصاريف. وينصح باعتماد توقيعين.',
  },
  FIS: {
    fr: 'Bonjour,\nune association sans vente peut demander un identifiant fiscal puis un ICE au service des impôts de son siège : récépissé, statuts, procès-verbal et pièce du président. Les obligations dépendent ensuite de vos activités ; décrivez-les pour que nous précisions.',
    ar: 'السلام عليكم،\nيمكن لجمعية لا تبيع شيئا طلب تعريف ضريبي ثم معرف موحد لدى مصلحة الضرائب التابع لها المقر: الوصل والقانون الأساسي والمحضر وبطاقة الرئيس. وتتوقف الالتزامات بعد ذلك على أنشطتكم، فصفوها لنا لندقق.',
  },
  EMP: {
    fr: 'Bonjour,\nl’association s’affilie à la CNSS dans le mois du premier recrutement, puis déclare chaque mois. Pour un vacataire, un contrat écrit et un justificatif sont indispensables. Nous pouvons relire votre contrat avant la signature.',
    ar: 'السلام عليكم،\nتنخرط الجمعية في الضمان الاجتماعي داخل شهر من أول تشغيل ثم تصرح كل شهر. أما المتعاون فيلزم له عقد مكتوب ووثيقة مبررة. يمكننا مراجعة العقد قبل توقيعه.',
  },
  LOC: {
    fr: 'Bonjour,\nle siège se prouve par une attestation du propriétaire ou un bail ; son changement se déclare dans le mois. Pour un local public, demandez la délibération et une convention écrite avant tout travaux. Nous vous envoyons un modèle de lettre.',
    ar: 'السلام عليكم،\nيثبت المقر بشهادة من المالك أو بعقد كراء، ويصرح بتغييره داخل شهر. وبالنسبة لمقر عمومي، اطلبوا المقرر واتفاقية مكتوبة قبل أي أشغال. نوافيكم بنموذج رسالة.',
  },
  EVE: {
    fr: 'Bonjour,\nla réunion publique se déclare à l’autorité locale au moins 24 heures avant, signée par trois personnes ; une activité sportive demande l’accord du gestionnaire du terrain et une assurance. Voici la déclaration type.',
    ar: 'السلام عليكم،\nيصرح بالاجتماع العمومي لدى السلطة المحلية قبل 24 ساعة على الأقل ويوقعه ثلاثة أشخاص، أما النشاط الرياضي فيتطلب موافقة مسير الملعب وتأمينا. تجدون رفقته نموذج التصريح.',
  },
  DPD: {
    fr: 'Bonjour,\nun fichier de personnes se déclare à la CNDP avant son usage ; ne gardez que ce qui est utile et demandez un accord écrit pour les images. Nous avons préparé avec vous le formulaire : le président le signe.',
    ar: 'السلام عليكم،\nيصرح بملف الأشخاص لدى اللجنة الوطنية قبل استعماله، ولا يحتفظ إلا بما هو ضروري، ويطلب الإذن كتابة لنشر الصور. أعددنا لكم الاستمارة ويوقعها الرئيس.',
  },
  LIT: {
    fr: 'Bonjour,\nnous ne prenons pas parti. Rassemblez les statuts, la convocation, la liste de présence et le procès-verbal, et répondez par écrit à la personne concernée. Une médiation peut être proposée avant tout recours ; le tribunal reste ouvert à chacun.',
    ar: 'السلام عليكم،\nنحن على الحياد. اجمعوا القانون الأساسي والدعوة ولائحة الحضور والمحضر، وأجيبوا المعني بالأمر كتابة. يمكن اقتراح وساطة قبل أي طعن، ويبقى اللجوء إلى المحكمة حقا للجميع.',
  },
  PRG: {
    fr: 'Bonjour,\nmerci de votre question. Nous vous envoyons le formulaire, le calendrier et le nom de la personne qui suit votre demande. L’administration saisie répond en principe sous vingt jours ouvrables ; passé ce délai, écrivez-nous.',
    ar: 'السلام عليكم،\nشكرا على سؤالكم. نوافيكم بالاستمارة وبالمواعيد وباسم الشخص المكلف بتتبع طلبكم. تجيب الإدارة مبدئيا داخل عشرين يوم عمل، وبعد هذا الأجل راسلونا.',
  },
};

/** Families that are answered like another. */
const LIKE: Record<string, string> = { TER: 'STA', RUP: 'STA', DIS: 'STA', REC: 'LIT', DAI: 'PRG', PAR: 'PRG' };

export function answerText(category: string, language: AnswerLanguage): string {
  const family = category.slice(0, 3);
  return (ANSWERS[family] ?? ANSWERS[LIKE[family] ?? 'PRG'])[language];
}

export const ASK_BACK: Both = {
  fr: 'Bonjour,\npour vous répondre exactement, envoyez-nous la copie des statuts et du dernier procès-verbal, et dites-nous la date du dépôt.',
  ar: 'السلام عليكم،\nلكي نجيبكم بدقة، المرجو إرسال نسخة من القانون الأساسي ومن آخر محضر وإخبارنا بتاريخ الإيداع.',
};

export const FOLLOW_UPS: readonly Both[] = [
  {
    fr: 'Merci. Le dépôt date du début du mois et le procès-verbal porte onze signatures. Est-ce suffisant ?',
    ar: 'شكرا لكم. تم الإيداع في بداية الشهر والمحضر يحمل أحد عشر توقيعا. هل هذا كاف؟',
  },
  {
    fr: 'Nous avons suivi votre conseil, mais le guichet demande encore une pièce. Que répondre ?',
    ar: 'عملنا بنصيحتكم غير أن الشباك طلب وثيقة أخرى. بماذا نجيب؟',
  },
  {
    fr: 'Bonjour, avez-vous pu regarder notre question ? L’assemblée est la semaine prochaine.',
    ar: 'السلام عليكم، هل اطلعتم على سؤالنا؟ الجمع العام في الأسبوع المقبل.',
  },
];

export const NOTES: readonly Both[] = [
  {
    fr: 'Statuts relus : rien sur la seconde convocation. Vérifier la pratique du caïdat avant de répondre.',
    ar: 'راجعت القانون الأساسي: لا شيء حول الدعوة الثانية. يجب التأكد من عمل القيادة قبل الجواب.',
  },
  {
    fr: 'Appel rendu à la présidente, pièces attendues par courriel.',
    ar: 'تم الاتصال بالرئيسة، وننتظر الوثائق بالبريد الإلكتروني.',
  },
  {
    fr: 'Cas voisin d’un dossier de l’an passé ; reprendre le modèle de lettre.',
    ar: 'حالة شبيهة بملف من السنة الماضية، يستعمل نموذج الرسالة نفسه.',
  },
];

export const LAST_WORD: Both = {
  fr: 'Bonjour,\nvotre question est réglée de notre côté. Écrivez-nous si un point reste ouvert.',
  ar: 'السلام عليكم،\nانتهت معالجة سؤالكم من جهتنا. راسلونا إن بقيت نقطة عالقة.',
};

export const OUT_OF_SCOPE: Both = {
  fr: 'Bonjour,\nle pôle conseille les associations et ne peut ni rédiger une plainte ni accompagner au tribunal. Le bureau d’assistance judiciaire du tribunal peut vous aider.',
  ar: 'السلام عليكم،\nيقدم القطب المشورة للجمعيات ولا يمكنه تحرير الشكايات ولا المرافقة إلى المحكمة. يمكن لمكتب المساعدة القضائية بالمحكمة أن يساعدكم.',
};
