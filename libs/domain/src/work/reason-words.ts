import type { Relaxation } from './relaxation';
import type { ChoiceReason, WaitReason } from './reasons';

interface Words {
  fr: string;
  ar: string;
}

export const CHOICE_WORDS: Record<ChoiceReason, Words> = {
  known_agent: { fr: 'suit déjà cette affaire', ar: 'سبق له تتبع هذا الموضوع' },
  helping_hub: { fr: 'renfort d’un pôle voisin', ar: 'دعم من قطب مجاور' },
  best_skill: { fr: 'compétence la mieux adaptée', ar: 'الكفاءة الأنسب' },
  least_work: { fr: 'charge de travail la plus légère', ar: 'أقل عبء عمل' },
  longest_idle: { fr: 'attend depuis le plus longtemps', ar: 'الأطول انتظارا' },
  only_one: { fr: 'seul conseiller qui convient', ar: 'المستشار الوحيد المناسب' },
  asked_for: { fr: 'a demandé le dossier suivant', ar: 'طلب الملف الموالي' },
  accepted: { fr: 'a accepté la proposition', ar: 'قبل العرض' },
  by_person: { fr: 'décision d’une personne', ar: 'قرار شخصي' },
};

export const WAIT_WORDS: Record<WaitReason, Words> = {
  nobody_present: { fr: 'aucun conseiller disponible', ar: 'لا يوجد مستشار متاح' },
  all_busy: { fr: 'tous les conseillers compétents sont occupés', ar: 'جميع المستشارين المختصين مشغولون' },
  missing_skill: { fr: 'compétence absente parmi les présents', ar: 'كفاءة غير متوفرة لدى الحاضرين' },
  in_conflict: { fr: 'conflit d’intérêts', ar: 'تضارب المصالح' },
  after_refusal: { fr: 'vient d’être décliné ou laissé sans réponse', ar: 'تم الاعتذار عنه أو لم يرد عليه للتو' },
  kept_for_agent: { fr: 'réservé un instant au conseiller qui suit l’affaire', ar: 'محفوظ للحظات للمستشار المتتبع' },
};

export const RELAXATION_WORDS: Record<Relaxation, Words> = {
  best_fit: { fr: 'exigences entières', ar: 'بكامل الشروط' },
  lower_level: { fr: 'niveau de compétence abaissé', ar: 'بمستوى كفاءة أدنى' },
  neighbour: { fr: 'ouvert aux pôles voisins', ar: 'مفتوح للأقطاب المجاورة' },
  callback: { fr: 'rappel à proposer', ar: 'يقترح معاودة الاتصال' },
  max_wait: { fr: 'attente maximale atteinte', ar: 'بلغ أقصى مدة انتظار' },
};

/** Why a ticket went to another queue or hub, when no rule says it. */
export const ROUTED_REASONS = ['queue_overflow', 'neighbour', 'transferred', 'new_rules'] as const;
export type RoutedReason = (typeof ROUTED_REASONS)[number];
export const ROUTED_WORDS: Record<RoutedReason, Words> = {
  queue_overflow: { fr: 'attente trop longue dans la file précédente', ar: 'انتظار طويل في اللائحة السابقة' },
  neighbour: { fr: 'renfort d’un pôle voisin', ar: 'دعم من قطب مجاور' },
  transferred: { fr: 'transféré par une personne', ar: 'أحيل من طرف شخص' },
  new_rules: { fr: 'nouvelles règles du pôle', ar: 'قواعد جديدة للقطب' },
};

/** Why a supervisor changes somebody's presence. */
export const DIRECTED_WHYS = ['forgotten', 'end_of_day', 'technical', 'urgent_need', 'at_request'] as const;
export type DirectedWhy = (typeof DIRECTED_WHYS)[number];
export const DIRECTED_WORDS: Record<DirectedWhy, Words> = {
  forgotten: { fr: 'oubli du conseiller', ar: 'سهو من المستشار' },
  end_of_day: { fr: 'fin de journée', ar: 'نهاية يوم العمل' },
  technical: { fr: 'problème technique', ar: 'مشكل تقني' },
  urgent_need: { fr: 'besoin urgent du service', ar: 'حاجة ملحة للمصلحة' },
  at_request: { fr: 'à la demande du conseiller', ar: 'بطلب من المستشار' },
};

const LISTS: Record<string, Words | undefined> = {
  ...CHOICE_WORDS,
  ...WAIT_WORDS,
  ...ROUTED_WORDS,
  ...DIRECTED_WORDS,
  lost: { fr: 'connexion perdue', ar: 'انقطع الاتصال' },
};

/** Words of the codes of a decision: why, and how far the demands were relaxed when they were; null when it names none. */
export function decisionWords(data: Record<string, unknown>): Words | null {
  const { why, relaxation } = data;
  const parts: Words[] = [];
  if (typeof why === 'string' && Object.hasOwn(LISTS, why)) parts.push(LISTS[why]!);
  if (typeof relaxation === 'string' && relaxation !== 'best_fit' && Object.hasOwn(RELAXATION_WORDS, relaxation)) {
    parts.push(RELAXATION_WORDS[relaxation as Relaxation]);
  }
  if (parts.length === 0) return null;
  return { fr: parts.map((one) => one.fr).join(', '), ar: parts.map((one) => one.ar).join('، ') };
}
