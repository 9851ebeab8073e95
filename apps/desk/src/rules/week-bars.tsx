import { minuteOfDay, WEEKDAYS, type Interval, type WeekHours } from '@app/domain/calendar';
import { t } from '@app/ui/i18n';

const [FROM, TO] = [7 * 60, 20 * 60];
const percent = (minute: number): number => (100 * (Math.min(Math.max(minute, FROM), TO) - FROM)) / (TO - FROM);

/** Opening hours of a week, drawn and written; time runs from left to right in both languages. */
export function WeekBars({ week }: { week: WeekHours }) {
  return (
    <dl className="rl-week">
      {WEEKDAYS.map((day) => (
        <div key={day}>
          <dt>{t(`rules.weekday.${day}`)}</dt>
          <dd>
            <Bar hours={week[day]} />
            <HoursText hours={week[day]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Bar({ hours }: { hours: readonly Interval[] }) {
  return (
    <svg className="rl-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {hours.map(([from, to]) => {
        const start = percent(minuteOfDay(from));
        return <rect key={from} x={start} y="0" height="10" width={percent(minuteOfDay(to)) - start} />;
      })}
    </svg>
  );
}

export function HoursText({ hours }: { hours: readonly Interval[] }) {
  if (hours.length === 0) return <span className="mut">{t('rules.week.closed')}</span>;
  return (
    <span className="row wrap">
      {hours.map(([from, to]) => (
        <span key={from} className="tagl">
          {t('rules.week.span', { from, to })}
        </span>
      ))}
    </span>
  );
}
