import { Bidi } from '@app/ui/bidi';
import { useNow } from '@app/ui/clock';
import { dateText, localTime, offsetOf, timeText, type Instant } from '@app/ui/dates';
import { t } from '@app/ui/i18n';

const WEEK_DAYS = 7;

/** As short as a list allows: today its time, this week its day, else day and month; the whole instant as a title. */
export function When({ at }: { at: Instant }) {
  const now = useNow();
  const local = localTime(at);
  const days = localTime(now, offsetOf(now)).dayNumber - local.dayNumber;
  const title = `${dateText(local)} ${timeText(local)}`;
  const iso = new Date(at).toISOString();
  if (days > 0 && days < WEEK_DAYS) {
    return (
      <time dateTime={iso} title={title}>
        {t('desk.date.weekdays').split('|')[local.weekday - 1]}
      </time>
    );
  }
  return (
    <time dateTime={iso} title={title}>
      <Bidi>{days === 0 ? timeText(local) : dateText(local).slice(0, 5)}</Bidi>
    </time>
  );
}
