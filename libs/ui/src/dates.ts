import { plain, t } from './i18n';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a wall clock of the hub shows. */
export interface LocalTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** Monday 1 to Sunday 7. */
  weekday: number;
  hour: number;
  minute: number;
  /** Days since 1970-01-01, to compare dates. */
  dayNumber: number;
}

export type Instant = string | number | Date;

/** `until` (ms, excluded) and minutes east of UTC, ascending; sent by the server with the page. */
type ZoneStretch = readonly [until: number, minutes: number];
let zone: readonly ZoneStretch[] = [];

/** Reads `data-zone` of the page: `seconds:minutes` pairs, the last one without an end (`1789862400:60 :0`). */
export function readZone(text: string): ZoneStretch[] {
  return text
    .split(' ')
    .filter((part) => /^\d*:-?\d+$/.test(part))
    .map((part) => part.split(':'))
    .map(([until, minutes]) => [until === '' ? Infinity : Number(until) * 1000, Number(minutes)] as const);
}

/** Screens know no zone: the server says which offset held when. */
export function startZone(text: string): void {
  zone = readZone(text);
}

/** Minutes east of UTC at an instant: written in it, or from the server's table. */
export function offsetOf(at: Instant): number {
  const written = typeof at === 'string' ? /([+-])(\d\d):(\d\d)$/.exec(at) : null;
  if (written) return (written[1] === '-' ? -1 : 1) * (Number(written[2]) * 60 + Number(written[3]));
  const ms = new Date(at).getTime();
  return zone.find(([until]) => ms < until)?.[1] ?? 0;
}

export function localTime(at: Instant, offset = offsetOf(at)): LocalTime {
  const ms = new Date(at).getTime() + offset * MINUTE_MS;
  const shifted = new Date(ms);
  const dayNumber = Math.floor(ms / DAY_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: ((((dayNumber + 3) % 7) + 7) % 7) + 1,
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `16:30` */
export function timeText(local: LocalTime): string {
  return `${two(local.hour)}:${two(local.minute)}`;
}

/** `25/11/2026` */
export function dateText(local: LocalTime): string {
  return `${two(local.day)}/${two(local.month)}/${local.year}`;
}

/** `2026-11-25`, as the API takes days. */
export function isoDay(local: LocalTime): string {
  return `${local.year}-${two(local.month)}-${two(local.day)}`;
}

const nameAt = (id: string, at: number): string => t(id).split('|')[at - 1] ?? '';

/** `mercredi 25 novembre`, `الأربعاء 25 نونبر`; with the year when it is another one. */
export function longDateText(local: LocalTime, now: LocalTime): string {
  const id = local.year === now.year ? 'ui.date.long' : 'ui.date.longYear';
  return plain(id, {
    weekday: nameAt('ui.date.weekdays', local.weekday),
    day: local.day === 1 ? t('ui.date.first') : String(local.day),
    month: nameAt('ui.date.months', local.month),
    year: String(local.year),
  });
}

/** `mercredi 25 novembre, 16:30` */
export function longDateTimeText(local: LocalTime, now: LocalTime): string {
  return `${longDateText(local, now)}${t('ui.date.comma')}${timeText(local)}`;
}

/** When something will be: `à 16:30`, `demain à 08:30`, `lundi à 08:30` within a week, else the whole date. */
export function nearText(local: LocalTime, now: LocalTime): string {
  const days = local.dayNumber - now.dayNumber;
  const time = timeText(local);
  if (days === 0) return plain('ui.date.todayAt', { time });
  if (days === 1) return plain('ui.date.tomorrowAt', { time });
  const day = days > 1 && days < 7 ? nameAt('ui.date.weekdays', local.weekday) : longDateText(local, now);
  return plain('ui.date.dayAt', { day, time });
}

/** Today its time, yesterday by name, else the date. */
export function recentText(local: LocalTime, now: LocalTime): string {
  const days = now.dayNumber - local.dayNumber;
  if (days === 0) return timeText(local);
  if (days === 1) return t('ui.date.yesterday');
  return dateText(local);
}

/** `il y a 3 heures`, `منذ 3 ساعات`; whole units, the largest that fits. */
export function agoText(at: Instant, now: Instant): string {
  const { unit, n } = largestUnit(new Date(now).getTime() - new Date(at).getTime());
  return t(`ui.ago.${unit}`, { n });
}

export function largestUnit(ms: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  if (minutes < 24 * 60) return { unit: 'hours', n: Math.floor(minutes / 60) };
  return { unit: 'days', n: Math.floor(minutes / (24 * 60)) };
}

/** Short, for chips: `29 min`, `1 h 10`, `12 h`, `2 j`; `د`, `س`, `ي` in Arabic. Sign and state stand elsewhere. */
export function shortDuration(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  if (minutes < 60) return t('ui.short.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return rest === 0 || hours >= 10
      ? t('ui.short.hours', { n: hours })
      : t('ui.short.hoursMinutes', { n: hours, m: two(rest) });
  }
  return t('ui.short.days', { n: Math.floor(hours / 24) });
}

/** In full, for sentences: `29 minutes`, `ساعتان`. */
export function longDuration(ms: number): string {
  const { unit, n } = largestUnit(Math.abs(ms));
  return t(`ui.count.${unit}`, { n });
}
