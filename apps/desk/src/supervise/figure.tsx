import { Bidi } from '@app/ui/bidi';
import { longDuration, shortDuration } from '@app/ui/dates';
import { screenLocale, t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import type { Report } from './report-search';

type Unit = Report['metrics'][number]['unit'];

/** A text that the server has in both languages. */
export const wordsOf = (words: { fr: string; ar: string }): string => words[screenLocale() === 'ar' ? 'ar' : 'fr'];

interface FigureTextProps {
  figure: { value: number | null; n: number; few: boolean };
  unit: Unit;
}

/** A number, a share or a duration; how many tickets it stands on where these are few. */
export function FigureText({ figure: { value, n, few }, unit }: FigureTextProps) {
  if (value === null) return <span className="mut">{t('supervise.report.noData')}</span>;
  const title = unit === 'minutes' ? longDuration(value * 60_000) : undefined;
  return (
    <span className="nw" title={title}>
      {unit === 'minutes' ? (
        <bdi>{shortDuration(value * 60_000)}</bdi>
      ) : (
        <Bidi>{unit === 'share' ? formatPercent(value) : formatNumber(value)}</Bidi>
      )}
      {few && (unit === 'share' || unit === 'minutes') && (
        <span className="mut xs"> {t('supervise.report.few', { n })}</span>
      )}
    </span>
  );
}
