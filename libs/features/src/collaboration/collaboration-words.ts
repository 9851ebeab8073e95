/** A sentence for people, in both languages. */
export interface Sentence {
  fr: string;
  ar: string;
}

const FSI = '\u2068';
const PDI = '\u2069';
/** Keeps a reference readable inside a sentence of the other direction. */
const apart = (text: string): string => `${FSI}${text}${PDI}`;

/** What merging does, said before it is confirmed. */
export function mergeWords(source: string, target: string, reopens: boolean): Sentence[] {
  const [from, into] = [apart(source), apart(target)];
  const sentences: Sentence[] = [
    {
      fr: `Le dossier ${from} est clos et se poursuit dans ${into} ; ses messages s’y lisent à leur place dans le temps.`,
      ar: `يقفل الملف ${from} ويستمر في الملف ${into}، وتقرأ رسائله فيه حسب ترتيبها الزمني.`,
    },
    {
      fr: `Les délais de ${from} s’arrêtent ; ceux de ${into} continuent sans changement.`,
      ar: `يتوقف احتساب آجال ${from}، وتبقى آجال ${into} كما هي.`,
    },
    {
      fr: 'L’association en est informée et peut continuer d’écrire sur l’une ou l’autre référence.',
      ar: 'يتم إخبار الجمعية بذلك، ويمكنها مواصلة المراسلة تحت أي من المرجعين.',
    },
    {
      fr: 'Vous pouvez annuler pendant 24 heures : tout est alors rétabli.',
      ar: 'يمكنكم التراجع خلال 24 ساعة، فيعود كل شيء كما كان.',
    },
  ];
  if (!reopens) return sentences;
  const opens = {
    fr: `Une question attend encore une réponse : ${into} est rouvert avec un nouveau délai de réponse.`,
    ar: `ما زال سؤال ينتظر الجواب: يعاد فتح ${into} بأجل جديد للجواب.`,
  };
  return [...sentences.slice(0, 2), opens, ...sentences.slice(2)];
}

interface HubName {
  nameFr: string;
  nameAr: string;
}

const CLOCKS_STAY: Sentence = {
  fr: 'Les délais promis à l’association ne changent pas et continuent de courir.',
  ar: 'الآجال الموعود بها للجمعية لا تتغير ويستمر احتسابها.',
};

/** What climbing to a level does, said before it is confirmed: who has the ticket then, and what becomes of the promise. */
export function escalationWords(
  to: 'expert' | 'supervisor' | 'national',
  owner: string | null,
  hub: HubName,
): Sentence[] {
  const name = owner === null ? null : apart(owner);
  const takes: Record<typeof to, Sentence> = {
    expert: name
      ? { fr: `${name}, expert du pôle, devient responsable du dossier.`, ar: `يصبح الخبير ${name} مسؤولا عن الملف.` }
      : {
          fr: 'Le dossier attend un expert du pôle ; personne n’en est responsable d’ici là.',
          ar: 'ينتظر الملف خبيرا من القطب، ولا يكون له مسؤول إلى ذلك الحين.',
        },
    supervisor: name
      ? { fr: `${name}, superviseur, devient responsable du dossier.`, ar: `يصبح المشرف ${name} مسؤولا عن الملف.` }
      : {
          fr: 'Le dossier attend un superviseur du pôle ; personne n’en est responsable d’ici là.',
          ar: 'ينتظر الملف مشرفا من القطب، ولا يكون له مسؤول إلى ذلك الحين.',
        },
    national: {
      fr: 'Le pôle national voit le dossier et peut y répondre ; il n’a plus de responsable dans votre pôle.',
      ar: 'يطلع القطب الوطني على الملف ويمكنه الجواب عنه، ولا يبقى له مسؤول داخل قطبكم.',
    },
  };
  return [
    takes[to],
    {
      fr: `Le dossier reste au ${apart(hub.nameFr)}, qui garde le contact avec l’association.`,
      ar: `يبقى الملف لدى ${apart(hub.nameAr)} الذي يحتفظ بالتواصل مع الجمعية.`,
    },
    CLOCKS_STAY,
  ];
}

/** What asking for an opinion does. */
export function consultationWords(hub: HubName): Sentence[] {
  return [
    {
      fr: `Le dossier est prêté pour un avis ; ${apart(hub.nameFr)} en reste responsable et garde le contact avec l’association.`,
      ar: `يعار الملف لإبداء الرأي، ويبقى ${apart(hub.nameAr)} مسؤولا عنه ومحتفظا بالتواصل مع الجمعية.`,
    },
    {
      fr: 'La personne consultée voit la question posée et les messages publics, jamais les notes internes.',
      ar: 'يطلع من يستشار على السؤال المطروح والرسائل العامة، ولا يرى أبدا الملاحظات الداخلية.',
    },
    {
      fr: 'Le prêt prend fin avec l’avis, ou de lui-même à son échéance.',
      ar: 'تنتهي الإعارة بتقديم الرأي، أو تلقائيا عند حلول أجلها.',
    },
    CLOCKS_STAY,
  ];
}
