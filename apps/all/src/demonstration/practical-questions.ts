import type { Question } from './question';

/** Questions about money, staff, premises, events, access to information and the programme. */
export const PRACTICAL_QUESTIONS: readonly Question[] = [
  {
    category: 'FIN.01',
    fr: {
      subject: 'Justifier une subvention de {montant} DH',
      body: 'La commune nous a versé {montant} DH pour un festival. Elle réclame maintenant les justificatifs. Sous quelle forme les remettre et combien d’années les garder ?',
    },
    ar: {
      subject: 'تبرير منحة قدرها {montant} درهم',
      body: 'منحتنا الجماعة {montant} درهم لتنظيم مهرجان وتطلب الآن الوثائق المبررة. بأي شكل نقدمها وكم سنة نحتفظ بها؟',
    },
  },
  {
    category: 'FIN.02',
    fr: {
      subject: 'Convention avec l’Entraide nationale',
      body: 'Une convention de {montant} DH nous est proposée. Qui peut la signer, faut-il une délibération du bureau, et que se passe-t-il si le versement tarde ?',
    },
    ar: {
      subject: 'اتفاقية مع التعاون الوطني',
      body: 'عرضت علينا اتفاقية بمبلغ {montant} درهم. من يوقعها، وهل يلزم قرار للمكتب، وماذا لو تأخر صرف المبلغ؟',
    },
  },
  {
    category: 'FIN.08',
    fr: {
      subject: 'Dossier INDH pour un atelier de couture',
      body: 'Nous voulons présenter un atelier pour {membres} femmes à l’INDH. Quelle ancienneté est demandée et quelles pièces comptables joindre ?',
    },
    ar: {
      subject: 'ملف المبادرة الوطنية لورشة خياطة',
      body: 'نريد تقديم مشروع ورشة لفائدة {membres} امرأة إلى المبادرة الوطنية. ما الأقدمية المطلوبة وما الوثائق المحاسبية التي نرفقها؟',
    },
    darija: {
      subject: 'machrou3 INDH',
      body: 'salam, bghina n7ato machrou3 dyal lkhiyata f INDH. wach khassna chi a9damiya w chno homa lwra9 dyal lmo7asaba li khass nziydo?',
    },
  },
  {
    category: 'CPT.02',
    fr: {
      subject: 'Modèle de rapport financier',
      body: 'L’assemblée approche et notre trésorier débute. Avez-vous un modèle simple de rapport financier et de rapport moral pour une association sans salarié ?',
    },
    ar: {
      subject: 'نموذج التقرير المالي',
      body: 'اقترب موعد الجمع العام وأمين المال مبتدئ. هل لديكم نموذج بسيط للتقريرين المالي والأدبي لجمعية بدون أجراء؟',
    },
  },
  {
    category: 'CPT.05',
    fr: {
      subject: 'Changer les signatures du compte bancaire',
      body: 'Le nouveau trésorier est élu depuis {jours} jours et la banque veut d’autres papiers que le procès-verbal. Que peut-elle exiger, et comment payer l’électricité entre-temps ?',
    },
    ar: {
      subject: 'تغيير التوقيعات بالحساب البنكي',
      body: 'انتخب أمين المال الجديد منذ {jours} يوما والبنك يطلب وثائق غير المحضر. ماذا يحق له أن يطلب، وكيف نؤدي فاتورة الكهرباء في الانتظار؟',
    },
    darija: {
      subject: 'tawqi3 dyal lbanka',
      body: 'salam, bdelna amine lmal w lbanka ma bghatch tbdel tawqi3. chno khassna n3tiwha mn wra9 w wach 3ndha l7a9 tbloki lcompte?',
    },
  },
  {
    category: 'FIS.01',
    fr: {
      subject: 'Obtenir l’ICE sans activité commerciale',
      body: 'Un bailleur exige l’ICE avant de virer {montant} DH. L’association n’a jamais rien vendu. Quel formulaire, à quel guichet, et y a-t-il ensuite des déclarations chaque année ?',
    },
    ar: {
      subject: 'الحصول على المعرف الموحد بدون نشاط تجاري',
      body: 'يشترط الممول المعرف الموحد قبل تحويل {montant} درهم، والجمعية لم تبع شيئا قط. ما هي الاستمارة وإلى أي شباك نتوجه، وهل تلزم بعد ذلك تصاريح سنوية؟',
    },
  },
  {
    category: 'EMP.02',
    fr: {
      subject: 'Affilier deux animatrices à la CNSS',
      body: 'Deux animatrices commencent le mois prochain. L’affiliation se fait-elle en ligne, dans quel délai, et quelle pénalité si nous déclarons après {jours} jours ?',
    },
    ar: {
      subject: 'انخراط منشطتين في الضمان الاجتماعي',
      body: 'تبدأ منشطتان العمل الشهر المقبل. هل يتم الانخراط عبر الإنترنت وداخل أي أجل، وما الغرامة إن صرحنا بعد {jours} يوما؟',
    },
  },
  {
    category: 'EMP.05',
    fr: {
      subject: 'Payer un formateur vacataire',
      body: 'Nous payons un formateur {mois} journées par an. Facture, retenue à la source ou simple reçu : quelle est la bonne façon pour une association ?',
    },
    ar: {
      subject: 'أداء أتعاب مكون غير قار',
      body: 'نؤدي أجرة مكون عن {mois} أيام في السنة. فاتورة أم اقتطاع من المنبع أم وصل بسيط: ما الطريقة الصحيحة بالنسبة لجمعية؟',
    },
  },
  {
    category: 'LOC.01',
    fr: {
      subject: 'Attestation de siège chez le président',
      body: 'Le siège est au domicile du président, qui va déménager. Peut-on garder l’adresse quelque temps et que faut-il déclarer ?',
    },
    ar: {
      subject: 'شهادة المقر بمنزل الرئيس',
      body: 'مقر الجمعية بمنزل الرئيس وهو على وشك الانتقال. هل يمكن الاحتفاظ بالعنوان لبعض الوقت وما الذي يجب التصريح به؟',
    },
  },
  {
    category: 'EVE.01',
    fr: {
      subject: 'Rencontre publique à la maison des jeunes',
      body: 'Nous organisons une rencontre ouverte dans {mois} semaines. La déclaration doit-elle partir au caïdat ou au pacha, et qui doit la signer ?',
    },
    ar: {
      subject: 'لقاء عمومي بدار الشباب',
      body: 'ننظم لقاء مفتوحا بعد {mois} أسابيع. هل يوجه التصريح إلى القيادة أم إلى الباشوية، ومن يوقعه؟',
    },
  },
  {
    category: 'EVE.03',
    fr: {
      subject: 'Tournoi de quartier sur le terrain communal',
      body: 'Un tournoi pour {membres} jeunes est prévu sur le terrain de la commune. Faut-il une autorisation, une assurance, un certificat médical pour chacun ?',
    },
    ar: {
      subject: 'دوري الأحياء بملعب الجماعة',
      body: 'نعتزم تنظيم دوري لفائدة {membres} شابا بملعب الجماعة. هل تلزم رخصة وتأمين وشهادة طبية لكل مشارك؟',
    },
  },
  {
    category: 'DAI.01',
    fr: {
      subject: 'Demander le budget de la commune',
      body: 'Nous voulons connaître les subventions accordées en {annee} aux associations de notre commune. Comment écrire la demande et sous combien de jours doit-on nous répondre ?',
    },
    ar: {
      subject: 'طلب الاطلاع على ميزانية الجماعة',
      body: 'نريد معرفة المنح التي قدمتها الجماعة للجمعيات سنة {annee}. كيف نكتب الطلب وداخل كم يوم ينبغي أن نتوصل بالجواب؟',
    },
  },
  {
    category: 'PAR.02',
    fr: {
      subject: 'Pétition pour une ambulance',
      body: 'Nous avons {membres} signatures pour inscrire une ambulance à l’ordre du jour du conseil. Quel est le nombre exigé et qui reçoit la pétition ?',
    },
    ar: {
      subject: 'عريضة من أجل سيارة إسعاف',
      body: 'جمعنا {membres} توقيعا لإدراج سيارة إسعاف في جدول أعمال المجلس. ما العدد المطلوب ومن يتسلم العريضة؟',
    },
  },
  {
    category: 'PRG.01',
    fr: {
      subject: 'Formation pour un nouveau bureau',
      body: 'Notre bureau est neuf et {membres} membres attendent beaucoup. Le pôle propose-t-il une formation à la gestion et comment s’inscrire ?',
    },
    ar: {
      subject: 'تكوين لفائدة مكتب جديد',
      body: 'مكتبنا جديد و{membres} عضوا ينتظرون الكثير. هل يقترح القطب تكوينا في التدبير وكيف يتم التسجيل؟',
    },
  },
];
