import type { Words } from './words';

/** What the durations of reports measure, in words. */
export const ESTIMATE: Words = {
  fr: 'Estimée par classes de durée (chaque classe est large de 26 %).',
  ar: 'مقدرة حسب فئات المدة (عرض كل فئة 26 %).',
};

export const FIRST_BUSINESS: Words = {
  fr: "entre l'ouverture du dossier et la première réponse d'une personne, en minutes ouvrées",
  ar: 'بين فتح الملف وأول جواب من شخص، بدقائق العمل',
};
export const FIRST_CALENDAR: Words = {
  fr: "entre l'ouverture du dossier et la première réponse d'une personne, en minutes écoulées",
  ar: 'بين فتح الملف وأول جواب من شخص، بالدقائق الفعلية',
};
export const RESOLUTION_BUSINESS: Words = {
  fr: "jusqu'à la dernière résolution, en minutes ouvrées, sans les pauses où nous attendons l'association ou un tiers",
  ar: 'إلى آخر حل، بدقائق العمل، دون فترات انتظار الجمعية أو طرف ثالث',
};
export const RESOLUTION_CALENDAR: Words = {
  fr: "entre l'ouverture du dossier et sa dernière résolution, en minutes écoulées, pauses comprises",
  ar: 'بين فتح الملف وآخر حل له، بالدقائق الفعلية، بما فيها فترات الانتظار',
};
export const NEXT_BUSINESS: Words = {
  fr: "entre un message de l'association après une réponse et la réponse suivante d'une personne, en minutes ouvrées",
  ar: 'بين رسالة من الجمعية بعد جواب والجواب الموالي من شخص، بدقائق العمل',
};
export const NEXT_CALENDAR: Words = {
  fr: "entre un message de l'association après une réponse et la réponse suivante d'une personne, en minutes écoulées",
  ar: 'بين رسالة من الجمعية بعد جواب والجواب الموالي من شخص، بالدقائق الفعلية',
};
export const HOLDING_BUSINESS: Words = {
  fr: 'entre la prise en main par le pôle et sa réponse, la résolution ou le passage à un autre pôle ou au niveau national, en minutes ouvrées',
  ar: 'بين تكفل القطب بالملف وجوابه أو الحل أو الانتقال إلى قطب آخر أو إلى المستوى الوطني، بدقائق العمل',
};
export const HOLDING_CALENDAR: Words = {
  fr: 'entre la prise en main par le pôle et sa réponse, la résolution ou le passage à un autre pôle ou au niveau national, en minutes écoulées',
  ar: 'بين تكفل القطب بالملف وجوابه أو الحل أو الانتقال إلى قطب آخر أو إلى المستوى الوطني، بالدقائق الفعلية',
};
export const typical = (one: Words, what: Words): Words => ({
  fr: `Temps médian : la moitié des ${what.fr} prend moins, ${one.fr}.`,
  ar: `المدة الوسيطة: نصف ${what.ar} يستغرق أقل، ${one.ar}.`,
});
export const longest = (one: Words, what: Words): Words => ({
  fr: `90e centile : neuf ${what.fr} sur dix prennent moins, ${one.fr}.`,
  ar: `المئين التسعون: تسعة أعشار ${what.ar} تستغرق أقل، ${one.ar}.`,
});
export const RESPONSES: Words = { fr: 'réponses suivantes', ar: 'الأجوبة الموالية' };
export const STRETCHES: Words = { fr: 'prises en main', ar: 'فترات التكفل' };
export const median = ({ fr, ar }: Words): Words => ({
  fr: `Temps médian : la moitié des dossiers attend moins, ${fr}.`,
  ar: `المدة الوسيطة: نصف الملفات تنتظر أقل، ${ar}.`,
});
export const ninetieth = ({ fr, ar }: Words): Words => ({
  fr: `90e centile : neuf dossiers sur dix attendent moins, ${fr}.`,
  ar: `المئين التسعون: تسعة ملفات من عشرة تنتظر أقل، ${ar}.`,
});
