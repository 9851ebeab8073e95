import { screenLocale } from '@app/ui/i18n';

/** A sentence of the server in the language of the screen; it speaks French and Arabic. */
export function wordsOf({ fr, ar }: { fr: string; ar: string }): string {
  return screenLocale() === 'ar' ? ar : fr;
}
