import { t } from '@app/ui/i18n';
import { minutesText } from '../rules/minutes';

/** `20 s`, `4 h`. */
export function secondsText(seconds: number): string {
  return seconds % 60 === 0 && seconds > 0 ? minutesText(seconds / 60) : t('rules.seconds', { n: seconds });
}
