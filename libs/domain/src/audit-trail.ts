import { EVENTS, type EventType } from './events';
import { METRIC } from './history';
import { CHOICE_WORDS, DIRECTED_WORDS, ROUTED_WORDS, WAIT_WORDS } from './work/reason-words';
import type { Words } from './words';

/** Events that say how the programme is run, never what a ticket holds: all that coordinators read of the log. */
const ADMINISTRATION =
  /^(policy|calendar|routing|macro|mail-text|hub|agreement|territory|category|setting|invitation|account|outbox)\./;
/** The program talking to itself: shown only when asked for by type. */
const ROUTINE: readonly EventType[] = ['notification.created', 'mail.queued', 'mail.sent', 'work.moved', 'work.waits'];

const TYPES = Object.keys(EVENTS) as EventType[];

export const ADMINISTRATION_EVENTS: readonly EventType[] = TYPES.filter((type) => ADMINISTRATION.test(type));
/** What a supervisor's log shows without a filter. */
export const NOTED_EVENTS: readonly EventType[] = TYPES.filter((type) => !ROUTINE.includes(type));

/** One closed value of an event; ids are resolved by the reader, or left out. */
export interface TrailDetail {
  name: string;
  before: string | null;
  after: string | null;
}

const MAX_DETAILS = 20;
const MAX_LENGTH = 80;

type Data = Record<string, unknown>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What an event changed, value by value: `from`/`to` and `before`/`after` become pairs (an object in them one pair for each of its keys),
 * every other value stands alone. Anything that is no closed value (long texts, words in two languages, deeper objects) is left out, as
 * are names of rows, which end in `Id`. At most 20, in the order of the data.
 */
export function detailsOf(data: Data): TrailDetail[] {
  const pairs = [...pairOf(data.from, data.to), ...pairOf(data.before, data.after)];
  const others = Object.entries(data).flatMap(([name, value]) => {
    if (['from', 'to', 'before', 'after'].includes(name) || /Ids?$/.test(name)) return [];
    if (isData(value)) return 'from' in value || 'to' in value ? detail(name, value.from, value.to) : [];
    return detail(name, null, value);
  });
  return [...pairs, ...others].slice(0, MAX_DETAILS);
}

function pairOf(before: unknown, after: unknown): TrailDetail[] {
  if (!isData(before) && !isData(after)) return detail('value', before, after);
  const [old, now] = [isData(before) ? before : {}, isData(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name) => detail(name, old[name], now[name]));
}

function detail(name: string, before: unknown, after: unknown): TrailDetail[] {
  const [old, now] = [closed(before), closed(after)];
  return old === now ? [] : [{ name, before: old, after: now }];
}

function closed(value: unknown): string | null {
  if (Array.isArray(value)) return closedList(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_LENGTH ? value : null;
}

function closedList(values: unknown[]): string | null {
  const shown = values.map((one) => (typeof one === 'string' ? closed(one) : null));
  return shown.length > 0 && shown.every((one) => one !== null) ? shown.slice(0, MAX_DETAILS).join(', ') : null;
}

const LABELS: Record<string, Words> = {
  value: { fr: 'Valeur', ar: 'القيمة' },
  fields: { fr: 'Champs', ar: 'الحقول' },
  status: { fr: 'Statut', ar: 'الحالة' },
  role: { fr: 'Rôle', ar: 'الدور' },
  cleared: { fr: 'Dossiers confidentiels', ar: 'الملفات السرية' },
  priority: { fr: 'Priorité', ar: 'الأولوية' },
  categoryCode: { fr: 'Thème', ar: 'الموضوع' },
  kind: { fr: 'Nature', ar: 'النوع' },
  confidentiality: { fr: 'Confidentialité', ar: 'السرية' },
  language: { fr: 'Langue', ar: 'اللغة' },
  needsValidation: { fr: 'Validation', ar: 'المصادقة' },
  placeCode: { fr: 'Territoire', ar: 'المجال الترابي' },
  day: { fr: 'À partir du', ar: 'ابتداء من' },
  key: { fr: 'Réglage', ar: 'الإعداد' },
  code: { fr: 'Code', ar: 'الرمز' },
  template: { fr: 'Courriel', ar: 'الرسالة' },
  what: { fr: 'Objet', ar: 'الموضوع' },
  why: { fr: 'Raison', ar: 'السبب' },
  reason: { fr: 'Raison', ar: 'السبب' },
  metric: { fr: 'Promesse', ar: 'الأجل' },
  state: { fr: 'État', ar: 'الوضعية' },
  count: { fr: 'Nombre', ar: 'العدد' },
  active: { fr: 'Actif', ar: 'مفعل' },
  openTickets: { fr: 'Dossiers ouverts', ar: 'الملفات المفتوحة' },
  associations: { fr: 'Associations', ar: 'الجمعيات' },
  consumer: { fr: 'Travail', ar: 'المهمة' },
  version: { fr: 'Version', ar: 'النسخة' },
};

/** The words of a detail's name; null for names that say nothing to people. */
export function detailLabel(name: string): Words | null {
  return Object.hasOwn(LABELS, name) ? LABELS[name] : null;
}

const VALUES: Record<string, Words> = {
  true: { fr: 'oui', ar: 'نعم' },
  false: { fr: 'non', ar: 'لا' },
  created: { fr: 'ajout', ar: 'إضافة' },
  changed: { fr: 'modification', ar: 'تعديل' },
  removed: { fr: 'retrait', ar: 'حذف' },
  agent: { fr: 'conseiller', ar: 'مستشار' },
  expert: { fr: 'expert', ar: 'خبير' },
  supervisor: { fr: 'superviseur', ar: 'مشرف' },
  coordinator: { fr: 'coordination nationale', ar: 'التنسيق الوطني' },
  planned: { fr: 'prévu', ar: 'مبرمج' },
  active: { fr: 'actif', ar: 'نشيط' },
  suspended: { fr: 'suspendu', ar: 'موقوف' },
  closed: { fr: 'clos', ar: 'مغلق' },
  low: { fr: 'basse', ar: 'منخفضة' },
  normal: { fr: 'normale', ar: 'عادية' },
  high: { fr: 'haute', ar: 'مرتفعة' },
  urgent: { fr: 'urgente', ar: 'مستعجلة' },
  restricted: { fr: 'restreint', ar: 'مقيد' },
  new: { fr: 'nouveau', ar: 'جديد' },
  open: { fr: 'ouvert', ar: 'مفتوح' },
  pending: { fr: "en attente de l'association", ar: 'في انتظار الجمعية' },
  on_hold: { fr: "en attente d'un tiers", ar: 'في انتظار طرف ثالث' },
  answered: { fr: 'répondu', ar: 'تمت الإجابة' },
  resolved: { fr: 'résolu', ar: 'تم الحل' },
  received: { fr: 'accusé de réception', ar: 'إشعار بالتوصل' },
  question_back: { fr: 'question à l’association', ar: 'سؤال موجه إلى الجمعية' },
  at_risk: { fr: 'échéance proche', ar: 'اقتراب الأجل' },
  late: { fr: 'retard', ar: 'تأخر' },
  legal_notice: { fr: 'mention légale', ar: 'التنبيه القانوني' },
  emergency_numbers: { fr: "numéros d'urgence", ar: 'أرقام الطوارئ' },
  escalation_reasons: { fr: "motifs d'escalade", ar: 'أسباب التصعيد' },
  hold_reasons: { fr: "motifs d'attente", ar: 'أسباب الانتظار' },
  all: { fr: 'tous', ar: 'الكل' },
  running: { fr: 'court', ar: 'قيد الاحتساب' },
  paused: { fr: 'suspendu', ar: 'متوقف' },
  met: { fr: 'tenu', ar: 'تم الوفاء به' },
  cancelled: { fr: 'arrêté', ar: 'ملغى' },
  warn: { fr: 'échéance proche', ar: 'اقتراب الأجل' },
  step: { fr: 'palier d’alerte', ar: 'درجة تنبيه' },
  breach: { fr: 'délai dépassé', ar: 'تجاوز الأجل' },
  queue: { fr: 'file', ar: 'طابور الانتظار' },
  national: { fr: 'pôle national', ar: 'القطب الوطني' },
  managing: { fr: 'pôle de la région', ar: 'قطب الجهة' },
  interim: { fr: 'intérim', ar: 'إنابة' },
  overflow: { fr: 'entraide', ar: 'مؤازرة' },
  consultation: { fr: 'avis d’expert', ar: 'رأي خبير' },
  available: { fr: 'disponible', ar: 'متاح' },
  away: { fr: 'en pause', ar: 'في استراحة' },
  meeting: { fr: 'en réunion', ar: 'في اجتماع' },
  training: { fr: 'en formation', ar: 'في تكوين' },
  recovery: { fr: 'en récupération', ar: 'في استرجاع' },
  offline: { fr: 'hors service', ar: 'خارج الخدمة' },
  disconnected: { fr: 'déconnecté', ar: 'غير متصل' },
  not_responding: { fr: 'sans réponse', ar: 'لا يستجيب' },
  claimed: { fr: 'pris en main', ar: 'تم التكفل به' },
  opened: { fr: 'ouvert', ar: 'مفتوح' },
  ...METRIC,
  ...CHOICE_WORDS,
  ...WAIT_WORDS,
  ...ROUTED_WORDS,
  ...DIRECTED_WORDS,
};

/** The words of a closed value; a code without any stands for itself. */
export function valueWords(value: string): Words {
  const listed = value
    .split(', ')
    .map((one) => (Object.hasOwn(VALUES, one) ? VALUES[one] : (detailLabel(one) ?? { fr: one, ar: one })));
  return { fr: listed.map((one) => one.fr).join(', '), ar: listed.map((one) => one.ar).join('، ') };
}
