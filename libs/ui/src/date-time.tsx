import {
  agoText,
  dateText,
  localTime,
  longDateText,
  longDateTimeText,
  nearText,
  offsetOf,
  recentText,
  timeText,
  type Instant,
  type LocalTime,
} from './dates';
import { useNow } from './clock';

export type DateStyle = 'time' | 'date' | 'dateTime' | 'long' | 'longTime' | 'near' | 'recent' | 'ago';

interface DateTimeProps {
  /** Instant, in UTC or with its offset as in `dueLocal`. */
  at: Instant;
  /** Minutes east of UTC; from the instant or the page when left out. */
  offset?: number;
  style?: DateStyle;
  className?: string;
}

const LEFT_TO_RIGHT: ReadonlySet<DateStyle> = new Set(['time', 'date', 'dateTime']);

const TEXT: Record<Exclude<DateStyle, 'ago'>, (local: LocalTime, now: LocalTime) => string> = {
  time: timeText,
  date: dateText,
  dateTime: (local) => `${dateText(local)} ${timeText(local)}`,
  long: longDateText,
  longTime: longDateTimeText,
  near: nearText,
  recent: recentText,
};

/** An instant in the time of the hub. */
export function DateTime({ at, offset, style = 'date', className }: DateTimeProps) {
  const now = useNow();
  const minutes = offset ?? offsetOf(at);
  const local = localTime(at, minutes);
  const text = style === 'ago' ? agoText(at, now) : TEXT[style](local, localTime(now, offsetOf(now)));
  const digits = LEFT_TO_RIGHT.has(style) || (style === 'recent' && /^\d/.test(text));
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={style === 'ago' || style === 'recent' ? `${dateText(local)} ${timeText(local)}` : undefined}
      className={className}
    >
      <bdi dir={digits ? 'ltr' : undefined}>{text}</bdi>
    </time>
  );
}
