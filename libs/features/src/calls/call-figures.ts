import type { CallFigureCode, FigureWords } from './call-report.dto';
import type { ServiceFormula } from '@app/domain/calls/call-metrics';

export interface FigureRule {
  name: FigureWords;
  formula: FigureWords;
  unit: 'count' | 'seconds' | 'share';
}

const rule = (
  unit: FigureRule['unit'],
  [fr, ar]: [string, string],
  [formulaFr, formulaAr]: [string, string],
): FigureRule => ({ unit, name: { fr, ar }, formula: { fr: formulaFr, ar: formulaAr } });

/** Name and formula of every figure on calls, in both languages. */
export const FIGURE_RULES: Record<CallFigureCode, FigureRule> = {
  offered: rule('count', ['Appels présentés', 'المكالمات المعروضة'], ['répondus + raccrochés + rappels acceptés + passés ailleurs + messages vocaux', 'المجاب عنها + المقطوعة + المقبول معاودتها + المحولة + الرسائل الصوتية']),
  answered: rule('count', ['Appels répondus', 'المكالمات المجاب عنها'], ['appels entrants pris par une personne', 'مكالمات واردة أجاب عنها شخص']),
  abandoned: rule('count', ['Raccrochés avant réponse', 'المقطوعة قبل الرد'], ['appelant parti après le seuil court', 'انصرف المتصل بعد الحد القصير']),
  missed_calls: rule('count', ['Appels en absence', 'الرنات القصيرة'], ['sonnerie brève puis raccroché : une demande, pas un abandon', 'رنة قصيرة ثم قطع: طلب وليس تخليا']),
  closed: rule('count', ['Hors horaires', 'خارج أوقات العمل'], ['appels reçus quand le pôle est fermé', 'مكالمات وردت والقطب مغلق']),
  lost: rule('count', ['Fin inconnue', 'نهاية غير معروفة'], ['appels dont la fin n’a jamais été annoncée, hors durées', 'مكالمات لم تُعلن نهايتها، خارج المدد']),
  asa: rule('seconds', ['Délai moyen de réponse', 'متوسط مدة الرد'], ['Σ attente des appels répondus ÷ appels répondus', 'مجموع انتظار المجاب عنها ÷ عددها']),
  aht: rule('seconds', ['Durée moyenne de traitement', 'متوسط مدة المعالجة'], ['Σ (conversation + garde + après-appel) ÷ prises en charge', 'مجموع (المحادثة + الانتظار + ما بعد المكالمة) ÷ مرات التكفل']),
  abandonment: rule('share', ['Abandon', 'نسبة التخلي'], ['(raccrochés − courts) ÷ (présentés − courts)', '(المقطوعة − القصيرة) ÷ (المعروضة − القصيرة)']),
  abandonment_raw: rule('share', ['Abandon brut', 'نسبة التخلي الخام'], ['raccrochés ÷ présentés', 'المقطوعة ÷ المعروضة']),
  missed_offers: rule('share', ['Sonneries sans réponse', 'الرنات دون رد'], ['sonneries expirées ÷ sonneries', 'الرنات المنتهية ÷ الرنات']),
  occupancy: rule('share', ['Occupation', 'نسبة الانشغال'], ['traitement ÷ (traitement + disponible sans appel)', 'المعالجة ÷ (المعالجة + التوفر دون مكالمة)']),
  utilisation: rule('share', ['Utilisation', 'نسبة الاستعمال'], ['traitement ÷ (présence − pauses)', 'المعالجة ÷ (الحضور − فترات التوقف)']),
  callback_reached: rule('share', ['Rappels aboutis', 'معاودات ناجحة'], ['joints ÷ (demandés − annulés)', 'تم الوصول إليهم ÷ (المطلوبة − الملغاة)']),
  callback_kept: rule('share', ['Promesses de rappel tenues', 'وعود المعاودة الموفى بها'], ['première tentative dans le délai ÷ (demandés − annulés)', 'أول محاولة في الأجل ÷ (المطلوبة − الملغاة)']),
  longest_wait: rule('seconds', ['Plus longue attente', 'أطول انتظار'], ['maintenant − entrée en file, parmi ceux qui attendent', 'الآن − دخول اللائحة، بين المنتظرين']),
  estimated_wait: rule('seconds', ['Attente estimée', 'الانتظار المقدر'], ['(en attente + 1) × durée de traitement ÷ agents en service', '(المنتظرون + 1) × مدة المعالجة ÷ الأطر في الخدمة']),
}; // prettier-ignore

/** Names of the service levels; the definition is in counted parts. T: threshold, k: short. */
export const LEVEL_RULES: Record<ServiceFormula, { name: FigureWords; definition: string }> = {
  offered: { name: { fr: 'Sur présentés', ar: 'من المعروضة' }, definition: 'answered≤T / offered' },
  strict: { name: { fr: 'Strict', ar: 'الصارم' }, definition: 'answered≤T / (answered + abandoned)' },
  default: {
    name: { fr: 'Niveau de service', ar: 'مستوى الخدمة' },
    definition: 'answered≤T / (answered + abandoned>k)',
  },
  removed: { name: { fr: 'Sortis de file à temps', ar: 'الخارجون في الأجل' }, definition: '(answered + abandoned + called back + overflowed)≤T / offered' },
  late_only: { name: { fr: 'Abandons tardifs seuls', ar: 'التخلي المتأخر فقط' }, definition: 'answered≤T / (answered + abandoned>T)' },
  sl2: { name: { fr: 'SL2', ar: 'SL2' }, definition: '(answered≤T + abandoned≤T) / (answered + abandoned)' },
  answered: { name: { fr: 'Sur répondus', ar: 'من المجاب عنها' }, definition: 'answered≤T / answered' },
}; // prettier-ignore
