import { adherence, conformance, occupancy, utilisation, type Share } from '../calls/call-metrics';
import type { Words } from '../words';
import type { Stretch } from './agent-time';

export type AgentUnit = 'minutes' | 'share';

interface AgentRule {
  unit: AgentUnit;
  name: Words;
  definition: Words;
  formula: string;
  /** Stretches that the figure stands on. */
  behind: (stretch: Stretch) => boolean;
  /** Minutes, or a share; null without data. */
  value: (stretches: readonly Stretch[]) => number | null;
}

const there = ({ doing }: Stretch): boolean => doing !== 'off';
const ms = (stretches: readonly Stretch[], is: (stretch: Stretch) => boolean): number =>
  stretches.reduce((sum, one) => sum + (is(one) ? one.to.getTime() - one.from.getTime() : 0), 0);

const timeOf = (all: readonly Stretch[]) => ({
  loggedMs: ms(all, there),
  pausedMs: ms(all, ({ doing }) => doing === 'paused'),
  ringMs: ms(all, ({ doing }) => doing === 'ring'),
  handleMs: ms(all, ({ doing }) => doing === 'handle'),
});

const minutes = (name: Words, definition: Words, formula: string, behind: AgentRule['behind']): AgentRule => ({
  unit: 'minutes',
  ...{ name, definition, formula, behind },
  value: (all) => ms(all, behind) / 60_000,
});

const part = (
  name: Words,
  definition: Words,
  formula: string,
  behind: AgentRule['behind'],
  of: (all: readonly Stretch[]) => Share,
): AgentRule => ({ unit: 'share', ...{ name, definition, formula, behind }, value: (all) => of(all).value });

/** Every figure of a person's time. Nothing of it ranks people: it serves the plan and the load. */
const RULES = {
  logged: minutes(
    { fr: 'Temps connecté', ar: 'مدة الاتصال' },
    {
      fr: 'Temps dans toute présence autre que hors ligne ou déconnecté.',
      ar: 'المدة في كل حضور غير «خارج الخط» أو «منقطع».',
    },
    'logged',
    there,
  ),
  handle: minutes(
    { fr: 'Temps de traitement', ar: 'مدة المعالجة' },
    {
      fr: 'Temps connecté avec au moins un travail en main : dossier, appel, rappel, et leur clôture.',
      ar: 'مدة الاتصال مع عمل واحد على الأقل في اليد: ملف أو مكالمة أو معاودة اتصال، مع إنهائها.',
    },
    'handle',
    ({ doing }) => doing === 'handle',
  ),
  ring: minutes(
    { fr: 'Temps de proposition', ar: 'مدة العرض' },
    { fr: 'Temps libre pendant lequel une proposition attendait la décision.', ar: 'مدة التفرغ مع عرض ينتظر القرار.' },
    'ring',
    ({ doing }) => doing === 'ring',
  ),
  idle: minutes(
    { fr: 'Temps libre', ar: 'مدة التفرغ' },
    { fr: 'Temps disponible sans travail ni proposition.', ar: 'مدة التفرغ بلا عمل ولا عرض.' },
    'idle',
    ({ doing }) => doing === 'idle',
  ),
  paused: minutes(
    { fr: 'Temps de pause et hors file', ar: 'مدة الاستراحة وخارج اللائحة' },
    {
      fr: 'Temps connecté sans être disponible : absence, formation, réunion, récupération, sans réponse.',
      ar: 'مدة الاتصال دون تفرغ: غياب، تكوين، اجتماع، استرجاع، عدم استجابة.',
    },
    'paused',
    ({ doing }) => doing === 'paused',
  ),
  occupancy: part(
    { fr: "Taux d'occupation", ar: 'نسبة الانشغال' },
    {
      fr: 'Traitement ÷ (traitement + temps libre). Pauses et propositions restent en dehors.',
      ar: 'المعالجة ÷ (المعالجة + التفرغ). دون الاستراحات والعروض.',
    },
    'handle / (handle + idle)',
    ({ doing }) => doing === 'handle' || doing === 'idle',
    (all) => occupancy(timeOf(all)),
  ),
  utilisation: part(
    { fr: "Taux d'utilisation", ar: 'نسبة الاستعمال' },
    { fr: 'Traitement ÷ (temps connecté − pauses).', ar: 'المعالجة ÷ (مدة الاتصال − الاستراحات).' },
    'handle / (logged - paused)',
    (one) => there(one) && one.doing !== 'paused',
    (all) => utilisation(timeOf(all)),
  ),
  adherence: part(
    { fr: 'Adhérence au planning', ar: 'الالتزام بالجدول' },
    {
      fr: "Minutes dans l'état que demande le planning ÷ minutes planifiées. Les exceptions accordées remplacent le planning ; la récupération après un appel difficile compte comme travail.",
      ar: 'الدقائق في الحالة التي يطلبها الجدول ÷ الدقائق المبرمجة. الاستثناءات المقبولة تحل محل الجدول؛ والاسترجاع بعد مكالمة صعبة يحتسب عملا.',
    },
    'as_planned / planned',
    ({ planned }) => planned !== null,
    (all) =>
      adherence([{ inState: ms(all, (one) => one.asPlanned), planned: ms(all, ({ planned }) => planned !== null) }]),
  ),
  conformance: part(
    { fr: 'Conformité au planning', ar: 'المطابقة للجدول' },
    {
      fr: 'Minutes de travail ÷ minutes de travail planifiées ; peut dépasser 100 %.',
      ar: 'دقائق العمل ÷ دقائق العمل المبرمجة؛ قد تتجاوز 100 %.',
    },
    'productive / planned_work',
    (one) => one.productive || one.planned === 'work',
    (all) =>
      conformance(
        ms(all, (one) => one.productive),
        ms(all, ({ planned }) => planned === 'work'),
      ),
  ),
} as const satisfies Record<string, AgentRule>;

export type AgentMetric = keyof typeof RULES;
export const AGENT_METRICS = Object.keys(RULES) as AgentMetric[];

export function agentRule(metric: AgentMetric): AgentRule {
  return RULES[metric];
}
