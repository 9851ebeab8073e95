/** Languages with a catalogue; people choose between the first two, English is for developers. */
export const LOCALES = ['fr', 'ar', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Direction = 'ltr' | 'rtl';

/** Never bare `ar`: plural rules and names are those of Morocco. */
export const LOCALE_TAGS: Record<Locale, string> = { fr: 'fr-MA', ar: 'ar-MA', en: 'en-GB' };

export function directionOf(locale: Locale): Direction {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The language the page was served in: `<html lang>` stands before the first paint. */
export function pageLocale(): Locale {
  const lang = document.documentElement.lang;
  return LOCALES.find((locale) => lang === locale) ?? 'fr';
}

/** Remembered for the next visit; the server reads it for `/` and `/desk/`. */
export function rememberLocale(locale: Locale): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `sanad_lang=${locale}; path=/; max-age=31536000; samesite=lax${secure}`;
}
