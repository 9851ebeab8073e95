import { screenLocale } from '@app/ui/i18n';

interface Named {
  nameFr: string;
  nameAr: string;
}

/** The name in the language of the screen; the other one when it has none. */
export function nameOf({ nameFr, nameAr }: Named): string {
  return screenLocale() === 'ar' ? nameAr || nameFr : nameFr || nameAr;
}

/** The name in the other language, or nothing when both are the same. */
export function otherNameOf({ nameFr, nameAr }: Named): { text: string; lang: 'fr' | 'ar' } | null {
  if (nameFr === nameAr) return null;
  return screenLocale() === 'ar'
    ? nameFr && nameAr
      ? { text: nameFr, lang: 'fr' }
      : null
    : nameAr && nameFr
      ? { text: nameAr, lang: 'ar' }
      : null;
}
