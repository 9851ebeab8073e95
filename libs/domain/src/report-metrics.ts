import { quantile } from './duration-histogram';
import type { Count, Duration } from './report-cells';

/** Added-up cells. */
export type ReportSums = Record<Count, number> & Record<`${Duration}_h`, readonly number[]>;

export interface Words {
  fr: string;
  ar: string;
}

export const UNITS = ['tickets', 'minutes', 'share'] as const;
export type Unit = (typeof UNITS)[number];

interface MetricRule {
  unit: Unit;
  definition: Words;
  /** Null: no data, which is neither nothing nor all. */
  value: (sums: ReportSums) => number | null;
  /** How many tickets the value stands on; the list behind it has so many. */
  n: (sums: ReportSums) => number;
  /** Needs this histogram. */
  of?: Duration;
}

const count = (of: Count, definition: Words): MetricRule => ({
  unit: 'tickets',
  definition,
  value: (sums) => sums[of],
  n: (sums) => sums[of],
});

const share = (kept: Count, late: Count, definition: Words): MetricRule => ({
  unit: 'share',
  definition,
  value: (sums) => (sums[kept] + sums[late] > 0 ? sums[kept] / (sums[kept] + sums[late]) : null),
  n: (sums) => sums[kept] + sums[late],
});

const ESTIMATE: Words = {
  fr: 'Estimée par classes de durée (chaque classe est large de 26 %).',
  ar: 'مقدرة حسب فئات المدة (عرض كل فئة 26 %).',
};

const duration = (of: Duration, part: number, { fr, ar }: Words): MetricRule => ({
  unit: 'minutes',
  definition: { fr: `${fr} ${ESTIMATE.fr}`, ar: `${ar} ${ESTIMATE.ar}` },
  value: (sums) => quantile(sums[`${of}_h`], part),
  n: (sums) => sums[`${of}_h`].reduce((sum, one) => sum + one, 0),
  of,
});

const FIRST_BUSINESS: Words = {
  fr: "entre l'ouverture du dossier et la première réponse d'une personne, en minutes ouvrées",
  ar: 'بين فتح الملف وأول جواب من شخص، بدقائق العمل',
};
const FIRST_CALENDAR: Words = {
  fr: "entre l'ouverture du dossier et la première réponse d'une personne, en minutes écoulées",
  ar: 'بين فتح الملف وأول جواب من شخص، بالدقائق الفعلية',
};
const RESOLUTION_BUSINESS: Words = {
  fr: "jusqu'à la dernière résolution, en minutes ouvrées, sans les pauses où nous attendons l'association ou un tiers",
  ar: 'إلى آخر حل، بدقائق العمل، دون فترات انتظار الجمعية أو طرف ثالث',
};
const RESOLUTION_CALENDAR: Words = {
  fr: "entre l'ouverture du dossier et sa dernière résolution, en minutes écoulées, pauses comprises",
  ar: 'بين فتح الملف وآخر حل له، بالدقائق الفعلية، بما فيها فترات الانتظار',
};
const median = ({ fr, ar }: Words): Words => ({
  fr: `Temps médian : la moitié des dossiers attend moins, ${fr}.`,
  ar: `المدة الوسيطة: نصف الملفات تنتظر أقل، ${ar}.`,
});
const ninetieth = ({ fr, ar }: Words): Words => ({
  fr: `90e centile : neuf dossiers sur dix attendent moins, ${fr}.`,
  ar: `المئين التسعون: تسعة ملفات من عشرة تنتظر أقل، ${ar}.`,
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
  first_response_kept: share('first_kept', 'first_late', {
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
  resolution_kept: share('resolution_kept', 'resolution_late', {
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
};

export function metricRule(metric: ReportMetric): MetricRule & { name: Words } {
  return { ...RULES[metric], name: NAMES[metric] };
}

/** Below so many tickets a share says little, and its number of tickets has to stand beside it. */
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
