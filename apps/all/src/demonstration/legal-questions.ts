import type { Question } from './question';

/** Questions about founding, statutes, governance, personal data, disputes. */
export const LEGAL_QUESTIONS: readonly Question[] = [
  {
    category: 'CRE.01',
    fr: {
      subject: 'Convocation de l’assemblée constitutive',
      body: 'Nous sommes {membres} personnes à vouloir fonder une association de quartier. Faut-il déclarer l’assemblée constitutive avant de la tenir, auprès de qui, et combien de fondateurs doivent signer la liste de présence ?',
    },
    ar: {
      subject: 'الدعوة إلى الجمع العام التأسيسي',
      body: 'نحن {membres} شخصا نرغب في تأسيس جمعية للحي. هل يجب التصريح بالجمع العام التأسيسي قبل عقده، ولدى أي جهة، وكم عدد المؤسسين الذين يوقعون لائحة الحضور؟',
    },
  },
  {
    category: 'CRE.02',
    fr: {
      subject: 'Nombre d’exemplaires du dossier de déclaration',
      body: 'Le bureau des associations nous demande des pièces que nous ne trouvons pas dans le dahir. Pouvez-vous nous envoyer la liste exacte, le nombre d’exemplaires et les timbres à prévoir ?',
    },
    ar: {
      subject: 'عدد نسخ ملف التصريح بالجمعية',
      body: 'يطلب منا مكتب الجمعيات وثائق لم نجدها في الظهير. المرجو موافاتنا باللائحة الدقيقة وعدد النسخ والتنابر اللازمة.',
    },
    darija: {
      subject: 'lwra9 dyal tassis jam3iya',
      body: 'salam, bghina nkhalqo jam3iya dyal chabab f douar. chno homa lwra9 li khasna nwejdo w chhal mn nouskha, w fin ghadi n7etto lmilaf?',
    },
  },
  {
    category: 'CRE.03',
    fr: {
      subject: 'Récépissé provisoire non remis après {jours} jours',
      body: 'Notre dossier complet est déposé depuis {jours} jours et le caïdat dit que le cachet suffit. Avons-nous droit à un récépissé provisoire daté, et pouvons-nous ouvrir un compte sans lui ?',
    },
    ar: {
      subject: 'عدم تسليم الوصل المؤقت منذ {jours} يوما',
      body: 'أودعنا ملفا كاملا منذ {jours} يوما وتقول القيادة إن الخاتم يكفي. هل من حقنا وصل مؤقت مؤرخ، وهل يمكن فتح حساب بنكي بدونه؟',
    },
  },
  {
    category: 'CRE.04',
    fr: {
      subject: 'Délai du récépissé définitif',
      body: 'Le récépissé provisoire date de {jours} jours. La banque n’accepte que le définitif. À partir de quel jour pouvons-nous exercer sans l’attendre, et quelle lettre écrire à l’autorité ?',
    },
    ar: {
      subject: 'أجل تسليم الوصل النهائي',
      body: 'مر على الوصل المؤقت {jours} يوما والبنك لا يقبل إلا الوصل النهائي. ابتداء من أي يوم يمكننا ممارسة أنشطتنا دون انتظاره، وما هي الرسالة التي نوجهها إلى السلطة؟',
    },
    darija: {
      subject: 'fin wsel lwasl niha2i',
      body: 'salam khouya, 3ndna lwasl lmou2a9at hadi {jours} youm w lbanka bghat niha2i. wach n9dro nkhdmo bih daba wla khassna ntsnaw?',
    },
  },
  {
    category: 'STA.01',
    fr: {
      subject: 'Rédiger des statuts pour une association de femmes',
      body: 'Nous préparons nos premiers statuts. Quelles clauses sont obligatoires et quelles clauses évitent les blocages du bureau ? Un modèle dans les deux langues nous aiderait.',
    },
    ar: {
      subject: 'صياغة القانون الأساسي لجمعية نسائية',
      body: 'نعد قانوننا الأساسي لأول مرة. ما هي المقتضيات الإجبارية وما الذي يجنبنا تعطيل المكتب؟ نكون شاكرين لو وافيتمونا بنموذج باللغتين.',
    },
  },
  {
    category: 'STA.02',
    fr: {
      subject: 'Modifier la durée du mandat dans les statuts de {annee}',
      body: 'Nos statuts de {annee} fixent un mandat d’un an et nous voulons trois ans. Quelle majorité faut-il, quelles pièces déposer et dans quel délai après l’assemblée ?',
    },
    ar: {
      subject: 'تعديل مدة الولاية في القانون الأساسي لسنة {annee}',
      body: 'ينص قانوننا الأساسي لسنة {annee} على ولاية من سنة واحدة ونريدها ثلاث سنوات. ما الأغلبية المطلوبة وما الوثائق التي نودعها وداخل أي أجل بعد الجمع العام؟',
    },
  },
  {
    category: 'GOU.01',
    fr: {
      subject: 'Quorum non atteint à l’assemblée ordinaire',
      body: 'Sur {membres} membres, moins de la moitié est venue. Les statuts parlent d’une seconde convocation sans dire le délai. Pouvons-nous voter le même jour ?',
    },
    ar: {
      subject: 'عدم اكتمال النصاب في الجمع العام العادي',
      body: 'من بين {membres} عضوا حضر أقل من النصف. يتحدث القانون الأساسي عن دعوة ثانية دون تحديد الأجل. هل يمكننا التصويت في اليوم نفسه؟',
    },
    darija: {
      subject: 'nissab ma kmelch',
      body: 'salam, jam3 l3am dyalna ma wslch nissab, jaw ghir chwiya mn {membres} membre. wach n9dro nssowto f nefs nhar wla khassna istid3a2 tani?',
    },
  },
  {
    category: 'GOU.03',
    fr: {
      subject: 'Registre des délibérations perdu',
      body: 'L’ancien secrétaire a perdu le registre. Pouvons-nous en ouvrir un nouveau, qui doit le signer, et que faire des procès-verbaux de {annee} ?',
    },
    ar: {
      subject: 'ضياع سجل المداولات',
      body: 'أضاع الكاتب السابق السجل. هل يمكن فتح سجل جديد، ومن يوقعه، وما مصير محاضر سنة {annee}؟',
    },
  },
  {
    category: 'GOU.05',
    fr: {
      subject: 'Bureau reconduit : faut-il déclarer quelque chose ?',
      body: 'L’assemblée a reconduit le même bureau. On nous parle d’une déclaration de non-changement. Est-elle obligatoire, et que risque-t-on si elle est en retard de {mois} mois ?',
    },
    ar: {
      subject: 'تجديد الثقة في المكتب: هل من تصريح؟',
      body: 'جدد الجمع العام الثقة في المكتب نفسه. يحدثوننا عن تصريح بعدم التغيير. هل هو إلزامي، وما العواقب إن تأخر {mois} أشهر؟',
    },
  },
  {
    category: 'GOU.07',
    fr: {
      subject: 'Membres qui ne paient plus leur cotisation',
      body: 'Une vingtaine de membres sur {membres} n’a pas cotisé depuis deux ans et veut voter. Peut-on les radier, et avec quelle procédure écrite ?',
    },
    ar: {
      subject: 'أعضاء لا يؤدون واجب الانخراط',
      body: 'حوالي عشرين عضوا من أصل {membres} لم يؤدوا الاشتراك منذ سنتين ويريدون التصويت. هل يمكن التشطيب عليهم وبأي مسطرة مكتوبة؟',
    },
  },
  {
    category: 'TER.02',
    fr: {
      subject: 'Créer une union de cinq associations',
      body: 'Cinq associations de la vallée veulent une union pour gérer l’eau. Chaque association garde-t-elle son récépissé, et qui peut signer au nom de l’union ?',
    },
    ar: {
      subject: 'تأسيس اتحاد من خمس جمعيات',
      body: 'ترغب خمس جمعيات بالوادي في اتحاد لتدبير الماء. هل تحتفظ كل جمعية بوصلها، ومن يوقع باسم الاتحاد؟',
    },
  },
  {
    category: 'DPD.01',
    fr: {
      subject: 'Fichier des bénéficiaires et CNDP',
      body: 'Nous tenons un fichier de {membres} familles avec téléphones et adresses. Une déclaration à la CNDP est-elle nécessaire et qui la signe dans l’association ?',
    },
    ar: {
      subject: 'ملف المستفيدين واللجنة الوطنية لحماية المعطيات',
      body: 'نمسك ملفا يضم {membres} أسرة بأرقام هواتفها وعناوينها. هل التصريح لدى اللجنة الوطنية ضروري ومن يوقعه داخل الجمعية؟',
    },
  },
  {
    category: 'LIT.01',
    fr: {
      subject: 'Élection du bureau contestée',
      body: 'Des membres disent que la liste des votants a été changée la veille. Ils menacent d’aller au tribunal. Que devons-nous garder comme preuve et existe-t-il une médiation ?',
    },
    ar: {
      subject: 'الطعن في انتخاب المكتب',
      body: 'يقول بعض الأعضاء إن لائحة المصوتين غيرت ليلة الجمع ويهددون باللجوء إلى المحكمة. ما الذي ينبغي الاحتفاظ به دليلا، وهل هناك وساطة؟',
    },
  },
  {
    category: 'LIT.02',
    fr: {
      subject: 'Suspension de la trésorière',
      body: 'Le bureau a suspendu la trésorière sans l’entendre. Elle demande par écrit les motifs. Quelle suite lui donner pour respecter les statuts ?',
    },
    ar: {
      subject: 'توقيف أمينة المال',
      body: 'أوقف المكتب أمينة المال دون الاستماع إليها، وهي تطلب كتابة أسباب القرار. كيف نجيبها مع احترام القانون الأساسي؟',
    },
  },
  {
    category: 'REC.03',
    fr: {
      subject: 'Silence de l’administration depuis {mois} mois',
      body: 'Notre demande d’autorisation est sans réponse depuis {mois} mois. Le silence vaut-il refus, et quel recours reste ouvert sans avocat ?',
    },
    ar: {
      subject: 'سكوت الإدارة منذ {mois} أشهر',
      body: 'ظل طلب الرخصة دون جواب منذ {mois} أشهر. هل يعتبر السكوت رفضا، وما الطعن المتاح دون محام؟',
    },
  },
];
