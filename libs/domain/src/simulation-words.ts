import type { Words } from './history';
import { longDate } from './long-date';
import type { HoursFrom, SimulationStep } from './simulation';
import { localParts, MINUTE_MS } from './zone';

/** `1 h 05`, `45 min`; seconds only where there are some. */
function durationFr(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = Math.round((ms % MINUTE_MS) / 1000);
  const rest = seconds > 0 ? ` ${seconds} s` : '';
  if (minutes < 60) return `${minutes} min${rest}`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}${rest}`;
}

/** The same for Arabic, with digits that stay in order in either direction. */
function durationAr(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = Math.round((ms % MINUTE_MS) / 1000);
  const rest = seconds > 0 ? ` و${seconds} ث` : '';
  if (minutes < 60) return `${minutes} د${rest}`;
  const left = minutes % 60;
  return `${Math.floor(minutes / 60)} س${left > 0 ? ` و${left} د` : ''}${rest}`;
}

function clockTime(instant: Date): string {
  const { minute } = localParts(instant);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.floor(minute % 60)).padStart(2, '0')}`;
}

/** The day alone: the time is said beside it. */
const dayFr = (at: Date): string => longDate(at, 'fr').split(' à ')[0];
const dayAr = (at: Date): string => longDate(at, 'ar').split(' على الساعة ')[0];

const HOURS: Record<HoursFrom, (step: SimulationStep) => Words> = {
  week: () => ({ fr: '', ar: '' }),
  season: ({ nameFr, nameAr }) => ({ fr: ` (${nameFr})`, ar: ` (${nameAr})` }),
  override: ({ nameFr, nameAr }) => ({
    fr: ` (horaires de ce jour : ${nameFr})`,
    ar: ` (أوقات خاصة بهذا اليوم: ${nameAr})`,
  }),
  closure: ({ nameFr, nameAr }) => ({ fr: ` (${nameFr})`, ar: ` (${nameAr})` }),
};

const hoursOf = (step: SimulationStep): Words => (step.hoursFrom ? HOURS[step.hoursFrom](step) : HOURS.week(step));

/** From when to when, and what has counted so far. */
function used(step: SimulationStep, fr: string, ar: string): Words {
  const { from, to, counted, total } = step;
  const why = hoursOf(step);
  const [a, b] = [clockTime(from), clockTime(to ?? from)];
  const [sameFr, sameAr] = dayFr(from) === dayFr(to ?? from) ? ['', ''] : [`${dayFr(to!)} `, `${dayAr(to!)} `];
  return {
    fr: `${dayFr(from)}, ${fr} ${a} – ${sameFr}${b}${why.fr} : ${durationFr(counted)}, total ${durationFr(total)}`,
    ar: `${dayAr(from)}، ${ar} من ${a} إلى ${sameAr}${b}${why.ar}: ${durationAr(counted)}، المجموع ${durationAr(total)}`,
  };
}

function closed(step: SimulationStep): Words {
  const { from, days, nameFr, nameAr, provisional, hoursFrom } = step;
  const last = new Date((step.to ?? from).getTime() - 1);
  const [untilFr, untilAr] = days > 1 ? [` au ${dayFr(last)}`, ` إلى ${dayAr(last)}`] : ['', ''];
  const [mayFr, mayAr] = provisional ? [', date à confirmer', '، تاريخ في انتظار التأكيد'] : ['', ''];
  const weekly = hoursFrom === 'week';
  const fr = weekly ? 'fermé' : `fermé (${nameFr}${mayFr})`;
  const ar = weekly ? 'مغلق' : `مغلق (${nameAr}${mayAr})`;
  return { fr: `${dayFr(from)}${untilFr} : ${fr}`, ar: `${dayAr(from)}${untilAr}: ${ar}` };
}

function paused({ from, to }: SimulationStep): Words {
  const [begins, beginsAr] = [longDate(from, 'fr'), longDate(from, 'ar')];
  if (!to) return { fr: `Délai suspendu depuis ${begins}`, ar: `توقف احتساب الأجل منذ ${beginsAr}` };
  return {
    fr: `Délai suspendu de ${begins} à ${longDate(to, 'fr')} : ne compte pas`,
    ar: `توقف احتساب الأجل من ${beginsAr} إلى ${longDate(to, 'ar')}: لا يحتسب`,
  };
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''}`;
}

const WORDS: Record<SimulationStep['kind'], (step: SimulationStep) => Words> = {
  start: ({ from }) => ({ fr: `Départ : ${longDate(from, 'fr')}`, ar: `البداية: ${longDate(from, 'ar')}` }),
  open: (step) => used(step, 'ouvert', 'مفتوح'),
  elapsed: (step) => used(step, 'temps réel', 'وقت فعلي'),
  closed,
  season: ({ nameFr, nameAr, provisional }) => ({
    fr: `À partir d’ici : ${nameFr}${provisional ? ' (dates à confirmer)' : ''}`,
    ar: `ابتداء من هنا: ${nameAr}${provisional ? ' (تواريخ في انتظار التأكيد)' : ''}`,
  }),
  zone: ({ days }) => ({
    fr: `L’heure légale a changé : ${offsetText(days)}`,
    ar: `تغيرت الساعة القانونية: ${offsetText(days)}`,
  }),
  paused,
  left_out: ({ days, counted, total }) => ({
    fr: `… ${days} jours de plus, non détaillés : ${durationFr(counted)}, total ${durationFr(total)}`,
    ar: `… ${days} يوما إضافيا دون تفصيل: ${durationAr(counted)}، المجموع ${durationAr(total)}`,
  }),
  due: ({ from }) => ({ fr: `Échéance : ${longDate(from, 'fr')}`, ar: `الأجل: ${longDate(from, 'ar')}` }),
  standing: ({ counted }) => ({
    fr: `Le délai est suspendu ; il reste ${durationFr(counted)}`,
    ar: `احتساب الأجل متوقف؛ بقي ${durationAr(counted)}`,
  }),
};

/** One step of an explanation in both languages, times local. */
export function simulationWords(step: SimulationStep): Words {
  return WORDS[step.kind](step);
}
