import type { Locale } from '@app/ui/locale';
import 'dayjs/locale/ar-ma';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/fr';

const NAMES: Record<Locale, string> = { fr: 'fr', ar: 'ar-ma', en: 'en-gb' };

/** The calendar's own names of months and days. */
export const dayjsLocale = (locale: Locale): string => NAMES[locale];
