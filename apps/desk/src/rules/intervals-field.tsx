import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Interval } from '@app/domain/calendar';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { faultAt } from './fault';
import { FaultLine } from './fault-line';
import { TimeInput } from './time-input';

interface IntervalsFieldProps {
  /** The day. */
  label: string;
  hours: readonly Interval[];
  problem: unknown;
  pointer: string;
  onChange: (hours: Interval[]) => void;
}

/** The opening hours of one day: as many intervals as there are; none is closed. */
export function IntervalsField({ label, hours, problem, pointer, onChange }: IntervalsFieldProps) {
  const change = (at: number, next: Interval | null) =>
    onChange(hours.flatMap((one, i): Interval[] => (i === at ? (next ? [next] : []) : [one])));
  return (
    <div className="rl-day" role="group" aria-label={label}>
      <span className="b">{label}</span>
      <div className="stacked">
        <div className="row wrap">
          {hours.length === 0 && <span className="mut">{t('rules.week.closed')}</span>}
          {hours.map(([from, to], at) => (
            <span key={at} className="rl-interval">
              <TimeInput
                aria-label={t('rules.week.opens', { day: label, n: at + 1 })}
                aria-invalid={faultAt(problem, `${pointer}/${at}`) !== null || undefined}
                value={from}
                onChange={(time) => change(at, [time, to])}
              />
              <span className="mut">{t('rules.week.until')}</span>
              <TimeInput
                aria-label={t('rules.week.closes', { day: label, n: at + 1 })}
                value={to}
                onChange={(time) => change(at, [from, time])}
              />
              <Btn
                square
                small
                look="quiet"
                aria-label={t('rules.week.remove', { day: label, n: at + 1 })}
                onClick={() => change(at, null)}
              >
                <Icon of={IconTrash} size={15} />
              </Btn>
            </span>
          ))}
          <Btn
            square
            small
            aria-label={t('rules.week.add', { day: label })}
            onClick={() => onChange([...hours, next(hours)])}
          >
            <Icon of={IconPlus} size={15} />
          </Btn>
        </div>
        <FaultLine text={faultAt(problem, pointer, true)} />
      </div>
    </div>
  );
}

/** After a morning comes an afternoon. */
function next(hours: readonly Interval[]): Interval {
  return hours.length === 0 ? ['08:30', '12:00'] : ['14:30', '16:30'];
}
