import { quantile } from './duration-histogram';
import type { Count, Duration } from './report-cells';
import {
  ESTIMATE,
  FIRST_BUSINESS,
  FIRST_CALENDAR,
  RESOLUTION_BUSINESS,
  RESOLUTION_CALENDAR,
  NEXT_BUSINESS,
  NEXT_CALENDAR,
  HOLDING_BUSINESS,
  HOLDING_CALENDAR,
  typical,
  longest,
  RESPONSES,
  STRETCHES,
  median,
  ninetieth,
} from './report-metric-words';
import type { Words } from './words';

/** Added-up cells. */
export type ReportSums = Record<Count, number> & Record<`${Duration}_h`, readonly number[]>;

export const UNITS = ['tickets', 'responses', 'stretches', 'minutes', 'share'] as const;
export type Unit = (typeof UNITS)[number];

/** What stands behind a figure: a ticket may be owed several responses and be in several hands one after the other. */
export const COUNTED = ['tickets', 'responses', 'stretches'] as const;
export type Counted = (typeof COUNTED)[number];

interface MetricRule {
  unit: Unit;
  counted: Counted;
  definition: Words;
  /** In counted parts. */
  formula: string;
  /** Null: no data, which is neither nothing nor all. */
  value: (sums: ReportSums) => number | null;
  /** How many the value stands on; of tickets the list behind it has so many. */
  n: (sums: ReportSums) => number;
  /** Needs this histogram. */
  of?: Duration;
}

const countedIn = (of: Count | Duration): Counted => {
  if (of.startsWith('next_')) return 'responses';
  return of.startsWith('holding_') ? 'stretches' : 'tickets';
};

const count = (of: Count, definition: Words): MetricRule => ({
  unit: countedIn(of),
  counted: countedIn(of),
  definition,
  formula: of,
  value: (sums) => sums[of],
  n: (sums) => sums[of],
});

/** A part of what is named; null where there is none of it. */
const share = (part: Count, whole: readonly Count[], definition: Words): MetricRule => {
  const n = (sums: ReportSums): number => whole.reduce((sum, one) => sum + sums[one], 0);
  return {
    unit: 'share',
    counted: countedIn(part),
    definition,
    formula: `${part} / ${whole.length > 1 ? `(${whole.join(' + ')})` : whole[0]}`,
    value: (sums) => (n(sums) > 0 ? sums[part] / n(sums) : null),
    n,
  };
};

const duration = (of: Duration, part: number, { fr, ar }: Words): MetricRule => ({
  unit: 'minutes',
  counted: countedIn(of),
  formula: `quantile ${part} (${of})`,
  definition: { fr: `${fr} ${ESTIMATE.fr}`, ar: `${ar} ${ESTIMATE.ar}` },
  value: (sums) => quantile(sums[`${of}_h`], part),
  n: (sums) => sums[`${of}_h`].reduce((sum, one) => sum + one, 0),
  of,
});

/** Every figure of the reports over tickets. All count tickets by the local day on which they were opened. */
const RULES = {
  created: count('created', {
    fr: 'Dossiers ouverts dans la période, au pôle qui les a maintenant.',
    ar: 'الملفات المفتوحة خلال الفترة، حسب القطب الذي توجد لديه الآن.',
  }),
  answered: count('answered', {
    fr: "Parmi eux, ceux qui ont reçu une réponse d'une personne.",
    ar: 'منها التي تلقت جوابا من شخص.',
  }),
  resolved: count('resolved', {
    fr: 'Parmi eux, ceux qui sont résolus et non rouverts.',
    ar: 'منها المحلولة التي لم يعد فتحها.',
  }),
  reopened: count('reopened', {
    fr: 'Parmi eux, ceux qui ont été rouverts au moins une fois après une réponse ou une résolution.',
    ar: 'منها التي أعيد فتحها مرة على الأقل بعد جواب أو حل.',
  }),
  transferred: count('transferred', {
    fr: 'Parmi eux, ceux qui ont changé de file ou de pôle au moins une fois.',
    ar: 'منها التي غيرت لائحة الانتظار أو القطب مرة على الأقل.',
  }),
  escalated: count('escalated', {
    fr: 'Parmi eux, ceux qui ont été transmis à un niveau supérieur au moins une fois.',
    ar: 'منها التي رفعت إلى مستوى أعلى مرة على الأقل.',
  }),
  first_response_kept: share('first_kept', ['first_kept', 'first_late'], {
    fr: 'Part des premières réponses données dans le délai promis, parmi les dossiers dont le résultat est connu ; un dossier en retard sans réponse compte comme non tenu.',
    ar: 'نسبة الأجوبة الأولى داخل الأجل الموعود، ضمن الملفات المعروفة النتيجة؛ والملف المتأخر بلا جواب يعد غير محترم.',
  }),
  first_response_late: count('first_late', {
    fr: 'Dossiers dont le délai de première réponse a été dépassé.',
    ar: 'الملفات التي تم تجاوز أجل جوابها الأول.',
  }),
  first_response_median: duration('first_business', 0.5, median(FIRST_BUSINESS)),
  first_response_p90: duration('first_business', 0.9, ninetieth(FIRST_BUSINESS)),
  first_response_calendar_median: duration('first_calendar', 0.5, median(FIRST_CALENDAR)),
  first_response_calendar_p90: duration('first_calendar', 0.9, ninetieth(FIRST_CALENDAR)),
  resolution_kept: share('resolution_kept', ['resolution_kept', 'resolution_late'], {
    fr: 'Part des dossiers résolus dans le délai promis, parmi ceux dont le résultat est connu ; un dossier en retard non résolu compte comme non tenu.',
    ar: 'نسبة الملفات المحلولة داخل الأجل الموعود، ضمن الملفات المعروفة النتيجة؛ والملف المتأخر غير المحلول يعد غير محترم.',
  }),
  resolution_late: count('resolution_late', {
    fr: 'Dossiers dont le délai de résolution a été dépassé.',
    ar: 'الملفات التي تم تجاوز أجل حلها.',
  }),
  resolution_median: duration('resolution_business', 0.5, median(RESOLUTION_BUSINESS)),
  resolution_p90: duration('resolution_business', 0.9, ninetieth(RESOLUTION_BUSINESS)),
  resolution_calendar_median: duration('resolution_calendar', 0.5, median(RESOLUTION_CALENDAR)),
  resolution_calendar_p90: duration('resolution_calendar', 0.9, ninetieth(RESOLUTION_CALENDAR)),
  next_response_kept: share('next_kept', ['next_kept', 'next_late'], {
    fr: "Part des réponses suivantes données dans le délai promis, parmi celles dont le résultat est connu ; un retard sans réponse compte comme non tenu. Chaque réponse compte, pour la personne qui l'a donnée.",
    ar: 'نسبة الأجوبة الموالية داخل الأجل الموعود، ضمن المعروفة النتيجة؛ والتأخر بلا جواب يعد غير محترم. يحتسب كل جواب لمن قدمه.',
  }),
  next_response_late: count('next_late', {
    fr: 'Réponses suivantes dont le délai a été dépassé.',
    ar: 'الأجوبة الموالية التي تم تجاوز أجلها.',
  }),
  next_response_median: duration('next_business', 0.5, typical(NEXT_BUSINESS, RESPONSES)),
  next_response_p90: duration('next_business', 0.9, longest(NEXT_BUSINESS, RESPONSES)),
  next_response_calendar_median: duration('next_calendar', 0.5, typical(NEXT_CALENDAR, RESPONSES)),
  next_response_calendar_p90: duration('next_calendar', 0.9, longest(NEXT_CALENDAR, RESPONSES)),
  holding_kept: share('holding_kept', ['holding_kept', 'holding_late'], {
    fr: "Part des prises en main terminées dans l'objectif interne, parmi celles qui en ont un et dont le résultat est connu ; elles comptent pour le pôle qui avait le dossier en main.",
    ar: 'نسبة فترات التكفل المنتهية داخل الهدف الداخلي، ضمن التي لها هدف وعرفت نتيجتها؛ تحتسب للقطب الذي كان الملف بيده.',
  }),
  holding_late: count('holding_late', {
    fr: "Prises en main qui ont dépassé l'objectif interne.",
    ar: 'فترات التكفل التي تجاوزت الهدف الداخلي.',
  }),
  holding_median: duration('holding_business', 0.5, typical(HOLDING_BUSINESS, STRETCHES)),
  holding_p90: duration('holding_business', 0.9, longest(HOLDING_BUSINESS, STRETCHES)),
  holding_calendar_median: duration('holding_calendar', 0.5, typical(HOLDING_CALENDAR, STRETCHES)),
  holding_calendar_p90: duration('holding_calendar', 0.9, longest(HOLDING_CALENDAR, STRETCHES)),
  service_level: share('first_kept', ['first_kept', 'first_late'], {
    fr: 'Niveau de service, formule « échus » : répondus dans le délai ÷ (répondus dans le délai + délais dépassés, répondus ou non). Les dossiers encore dans leur délai ne comptent pas.',
    ar: 'مستوى الخدمة، صيغة «المستحقة»: المجاب عنها داخل الأجل ÷ (المجاب عنها داخل الأجل + الآجال المتجاوزة بجواب أو بدونه). الملفات التي لم يحل أجلها لا تحتسب.',
  }),
  service_level_answered: share('first_kept', ['first_kept', 'answered_late'], {
    fr: 'Niveau de service, formule « répondus » : répondus dans le délai ÷ (répondus dans le délai + répondus en retard). Les dossiers sans réponse ne comptent pas : cette formule flatte.',
    ar: 'مستوى الخدمة، صيغة «المجاب عنها»: المجاب عنها داخل الأجل ÷ (المجاب عنها داخل الأجل + المجاب عنها متأخرة). الملفات بلا جواب لا تحتسب: هذه الصيغة تجمل النتيجة.',
  }),
  service_level_created: share('first_kept', ['created'], {
    fr: 'Niveau de service, formule « ouverts » : répondus dans le délai ÷ dossiers ouverts. Un dossier encore dans son délai compte comme non tenu : cette formule est la plus stricte.',
    ar: 'مستوى الخدمة، صيغة «المفتوحة»: المجاب عنها داخل الأجل ÷ الملفات المفتوحة. الملف الذي لم يحل أجله يعد غير محترم: هذه أشد الصيغ.',
  }),
} as const satisfies Record<string, MetricRule>;

export type ReportMetric = keyof typeof RULES;
export const REPORT_METRICS = Object.keys(RULES) as ReportMetric[];

/** What the figures are called. */
const NAMES: Record<ReportMetric, Words> = {
  created: { fr: 'Dossiers ouverts', ar: 'الملفات المفتوحة' },
  answered: { fr: 'Dossiers répondus', ar: 'الملفات المجاب عنها' },
  resolved: { fr: 'Dossiers résolus', ar: 'الملفات المحلولة' },
  reopened: { fr: 'Dossiers rouverts', ar: 'الملفات المعاد فتحها' },
  transferred: { fr: 'Dossiers réorientés', ar: 'الملفات المعاد توجيهها' },
  escalated: { fr: 'Dossiers escaladés', ar: 'الملفات المرفوعة إلى مستوى أعلى' },
  first_response_kept: { fr: 'Première réponse dans le délai', ar: 'الجواب الأول داخل الأجل' },
  first_response_late: { fr: 'Première réponse en retard', ar: 'الجواب الأول المتأخر' },
  first_response_median: { fr: 'Première réponse, médiane (temps ouvré)', ar: 'الجواب الأول، الوسيط (وقت العمل)' },
  first_response_p90: {
    fr: 'Première réponse, 90e centile (temps ouvré)',
    ar: 'الجواب الأول، المئين التسعون (وقت العمل)',
  },
  first_response_calendar_median: {
    fr: 'Première réponse, médiane (temps écoulé)',
    ar: 'الجواب الأول، الوسيط (الوقت الفعلي)',
  },
  first_response_calendar_p90: {
    fr: 'Première réponse, 90e centile (temps écoulé)',
    ar: 'الجواب الأول، المئين التسعون (الوقت الفعلي)',
  },
  resolution_kept: { fr: 'Résolution dans le délai', ar: 'الحل داخل الأجل' },
  resolution_late: { fr: 'Résolution en retard', ar: 'الحل المتأخر' },
  resolution_median: { fr: 'Résolution, médiane (temps ouvré)', ar: 'الحل، الوسيط (وقت العمل)' },
  resolution_p90: { fr: 'Résolution, 90e centile (temps ouvré)', ar: 'الحل، المئين التسعون (وقت العمل)' },
  resolution_calendar_median: { fr: 'Résolution, médiane (temps écoulé)', ar: 'الحل، الوسيط (الوقت الفعلي)' },
  resolution_calendar_p90: { fr: 'Résolution, 90e centile (temps écoulé)', ar: 'الحل، المئين التسعون (الوقت الفعلي)' },
  next_response_kept: { fr: 'Réponse suivante dans le délai', ar: 'الجواب الموالي داخل الأجل' },
  next_response_late: { fr: 'Réponse suivante en retard', ar: 'الجواب الموالي المتأخر' },
  next_response_median: { fr: 'Réponse suivante, médiane (temps ouvré)', ar: 'الجواب الموالي، الوسيط (وقت العمل)' },
  next_response_p90: {
    fr: 'Réponse suivante, 90e centile (temps ouvré)',
    ar: 'الجواب الموالي، المئين التسعون (وقت العمل)',
  },
  next_response_calendar_median: {
    fr: 'Réponse suivante, médiane (temps écoulé)',
    ar: 'الجواب الموالي، الوسيط (الوقت الفعلي)',
  },
  next_response_calendar_p90: {
    fr: 'Réponse suivante, 90e centile (temps écoulé)',
    ar: 'الجواب الموالي، المئين التسعون (الوقت الفعلي)',
  },
  holding_kept: { fr: "Temps en main dans l'objectif", ar: 'مدة التكفل داخل الهدف' },
  holding_late: { fr: 'Temps en main dépassé', ar: 'مدة التكفل المتجاوزة' },
  holding_median: { fr: 'Temps en main, médiane (temps ouvré)', ar: 'مدة التكفل، الوسيط (وقت العمل)' },
  holding_p90: { fr: 'Temps en main, 90e centile (temps ouvré)', ar: 'مدة التكفل، المئين التسعون (وقت العمل)' },
  holding_calendar_median: { fr: 'Temps en main, médiane (temps écoulé)', ar: 'مدة التكفل، الوسيط (الوقت الفعلي)' },
  holding_calendar_p90: {
    fr: 'Temps en main, 90e centile (temps écoulé)',
    ar: 'مدة التكفل، المئين التسعون (الوقت الفعلي)',
  },
  service_level: { fr: 'Niveau de service (échus)', ar: 'مستوى الخدمة (المستحقة)' },
  service_level_answered: { fr: 'Niveau de service (répondus)', ar: 'مستوى الخدمة (المجاب عنها)' },
  service_level_created: { fr: 'Niveau de service (ouverts)', ar: 'مستوى الخدمة (المفتوحة)' },
};

export function metricRule(metric: ReportMetric): MetricRule & { name: Words } {
  return { ...RULES[metric], name: NAMES[metric] };
}

/** Below so many a share says little, and the number has to stand beside it. */
export const FEW = 20;

export interface BacklogClass {
  /** Days since opening, both included; null: no upper end. */
  fromDays: number;
  toDays: number | null;
}

export const BACKLOG_CLASSES: readonly BacklogClass[] = [
  { fromDays: 0, toDays: 1 },
  { fromDays: 2, toDays: 3 },
  { fromDays: 4, toDays: 7 },
  { fromDays: 8, toDays: 14 },
  { fromDays: 15, toDays: 30 },
  { fromDays: 31, toDays: null },
];
