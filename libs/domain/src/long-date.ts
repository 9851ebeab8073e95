import type { Locale } from './person';
import { dayNumber, localParts, weekdayOf } from './zone';

const WEEKDAYS = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  ar: ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'],
};
/** The months as they are called in Morocco. */
const MONTHS = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  ar: ['يناير', 'فبراير', 'مارس', 'أبريل', 'ماي', 'يونيو', 'يوليوز', 'غشت', 'شتنبر', 'أكتوبر', 'نونبر', 'دجنبر'],
};

/** Local day and time of the hubs in words: « lundi 23 novembre 2026 à 17 h 30 », «الاثنين 23 نونبر 2026 على الساعة 17:30». */
export function longDate(instant: Date, language: Locale): string {
  const { date, minute } = localParts(instant);
  const hour = Math.floor(minute / 60);
  const minutes = String(Math.floor(minute % 60)).padStart(2, '0');
  const day = longDay(date, language);
  return language === 'ar' ? `${day} على الساعة ${hour}:${minutes}` : `${day} à ${hour} h ${minutes}`;
}

/** A local day (`YYYY-MM-DD`) in words, without a time. */
export function longDay(date: string, language: Locale): string {
  const weekday = weekdayOf(dayNumber(date));
  const [year, month, day] = date.split('-').map(Number);
  const weekdayName = WEEKDAYS[language][weekday - 1];
  const monthName = MONTHS[language][month - 1];
  return `${weekdayName} ${day === 1 && language === 'fr' ? '1er' : day} ${monthName} ${year}`;
}
