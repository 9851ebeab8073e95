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
