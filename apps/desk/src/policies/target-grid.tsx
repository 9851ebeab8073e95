import { METRICS, PRIORITIES, TIME_KINDS, type Metric, type Priority, type Target } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { MinutesField, minutesText } from '../rules/minutes';

interface TargetGridProps {
  targets: readonly Target[];
  /** What the programme promises to the same questions; a hub promises no less. */
  floors: readonly Target[];
  problem: unknown;
  onChange: (targets: Target[]) => void;
}

const POINTER = '/definition/targets';

/** By priority, how soon each promise is due. An empty place promises nothing. */
export function TargetGrid({ targets, floors, problem, onChange }: TargetGridProps) {
  const change = (priority: Priority, metric: Metric, next: Target | null) => {
    const at = targets.findIndex((one) => one.priority === priority && one.metric === metric);
    if (at < 0) return next && onChange([...targets, next]);
    onChange(targets.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])));
  };
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('rules.target.title')}>
        <table className="tbl rl-targets">
          <caption className="sr">{t('rules.target.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('rules.field.priority')}</th>
              {METRICS.map((metric) => (
                <th key={metric} scope="col">
                  {t(`desk.metric.${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PRIORITIES.map((priority) => (
              <tr key={priority}>
                <th scope="row">{t(`desk.priority.${priority}`)}</th>
                {METRICS.map((metric) => (
                  <td key={metric}>
                    <TargetCell
                      {...{ priority, metric, problem }}
                      at={targets.findIndex((one) => one.priority === priority && one.metric === metric)}
                      target={targets.find((one) => one.priority === priority && one.metric === metric) ?? null}
                      floor={strictest(floors.filter((one) => one.priority === priority && one.metric === metric))}
                      onChange={(next) => change(priority, metric, next)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FaultLine text={faultAt(problem, POINTER)} />
    </>
  );
}

const strictest = (floors: readonly Target[]): Target | null =>
  floors.reduce<Target | null>((least, one) => (least === null || one.minutes < least.minutes ? one : least), null);

interface TargetCellProps {
  priority: Priority;
  metric: Metric;
  /** Place in the list of the body. */
  at: number;
  target: Target | null;
  floor: Target | null;
  problem: unknown;
  onChange: (target: Target | null) => void;
}

function TargetCell({ priority, metric, at, target, floor, problem, onChange }: TargetCellProps) {
  const name = t('rules.target.name', { metric: t(`desk.metric.${metric}`), priority: t(`desk.priority.${priority}`) });
  const time = (target ?? floor)?.time ?? 'business';
  const fault = at < 0 ? null : faultAt(problem, `${POINTER}/${at}`, true);
  const id = `fault-${priority}-${metric}`;
  return (
    <div className="rl-target">
      <MinutesField
        label={name}
        value={target?.minutes ?? null}
        time={time}
        invalid={fault !== null}
        describedBy={fault ? id : undefined}
        onChange={(minutes) => onChange(minutes === null ? null : { priority, metric, minutes, time })}
      />
      {target && <TimeSelect name={name} target={target} onChange={onChange} />}
      {floor && <FloorHint floor={floor} />}
      <FaultLine id={id} text={fault} />
    </div>
  );
}

/** What the programme promises to the same questions. */
function FloorHint({ floor: { time, minutes } }: { floor: Target }) {
  return <span className="hint">{t(`rules.target.floor.${time}`, { time: minutesText(minutes, time) })}</span>;
}

function TimeSelect({ name, target, onChange }: { name: string; target: Target; onChange: (target: Target) => void }) {
  return (
    <select
      className="inp rl-time"
      aria-label={t('rules.target.timeOf', { name })}
      value={target.time}
      onChange={(event) => onChange({ ...target, time: event.target.value as Target['time'] })}
    >
      {TIME_KINDS.map((one) => (
        <option key={one} value={one}>
          {t(`rules.time.${one}`)}
        </option>
      ))}
    </select>
  );
}
