import { t } from './i18n';
import { formatNumber } from './numbers';

const KILO = 1000;

/** Size of a file: `84 ko`, `1,2 Mo`; decimal units, never under one. */
export function fileSizeText(bytes: number): string {
  if (bytes < KILO * KILO) return t('ui.size.kb', { size: formatNumber(Math.max(1, Math.round(bytes / KILO)), 0) });
  return t('ui.size.mb', { size: formatNumber(bytes / (KILO * KILO), 1) });
}
