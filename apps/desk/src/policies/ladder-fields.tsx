import { IconPlus, IconTrash } from '@tabler/icons-react';
import { LADDER_ACTIONS, LADDER_MOMENTS, METRICS, TIME_KINDS, type LadderStep } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { CheckList } from '../rules/check-list';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { MinutesField } from '../rules/minutes';
import { moved, OrderButtons } from '../rules/order-buttons';
import { PercentField } from '../rules/percent-field';
import { TwinTexts } from '../rules/twin-texts';
import { isShown, SHOWN_MEANS } from './means';

/** To whom each action goes. */
const RECIPIENTS: Record<LadderStep['action'], readonly LadderStep['to'][]> = {
  notify: ['assignee', 'queue', 'supervisor', 'national'],
  raise_priority: ['one_level'],
  reassign: ['queue', 'supervisor'],
  climb: ['supervisor', 'national'],
};
const POINTER = '/definition/ladder';
const FIRST: Omit<LadderStep, 'step'> = {
  ...{ metric: 'first_response', when: 'share', value: 75, unit: 'percent', time: 'business' },
  ...{ action: 'notify', to: 'assignee', means: ['in_app'], fr: '', ar: '' },
};

interface LadderFieldsProps {
  ladder: readonly LadderStep[];
  problem: unknown;
  onChange: (ladder: LadderStep[]) => void;
}

/** What happens on its own when a promise comes near its end, or is broken. Steps are numbered by their place. */
export function LadderFields({ ladder, problem, onChange }: LadderFieldsProps) {
  const set = (steps: readonly LadderStep[]) => onChange(steps.map((one, at) => ({ ...one, step: at + 1 })));
  return (
    <div className="stacked">
      <ol className="stacked">
        {ladder.map((one, at) => (
          <li key={at} className="rl-step">
            <div className="row">
              <span className="b">{t('rules.ladder.nth', { n: at + 1 })}</span>
              <span className="end row">
                <OrderButtons
                  name={t('rules.ladder.nth', { n: at + 1 })}
                  at={at}
                  count={ladder.length}
                  onMove={(to) => set(moved(ladder, at, to))}
                />
                <Btn
                  square
                  small
                  look="quiet"
                  aria-label={t('rules.ladder.remove', { n: at + 1 })}
                  onClick={() => set(ladder.filter((_, i) => i !== at))}
                >
                  <Icon of={IconTrash} size={16} />
                </Btn>
              </span>
            </div>
            <StepFields
              step={one}
              problem={problem}
              pointer={`${POINTER}/${at}`}
              onChange={(step) => set(ladder.map((old, i) => (i === at ? step : old)))}
            />
            <FaultLine text={faultAt(problem, `${POINTER}/${at}`, true)} />
          </li>
        ))}
      </ol>
      <div>
        <Btn small onClick={() => set([...ladder, { ...FIRST, step: 0 }])}>
          <Icon of={IconPlus} size={15} />
          {t('rules.ladder.add')}
        </Btn>
      </div>
    </div>
  );
}

interface StepFieldsProps {
  step: LadderStep;
  problem: unknown;
  pointer: string;
  onChange: (step: LadderStep) => void;
}

function StepFields({ step, problem, pointer, onChange }: StepFieldsProps) {
  const { metric, action, to, means } = step;
  return (
    <div className="stacked">
      <div className="rl-row wrap">
        <Picker
          label={t('rules.ladder.metric')}
          value={metric}
          options={METRICS.map((value) => ({ value, label: t(`desk.metric.${value}`) }))}
          onChange={(value) => onChange({ ...step, metric: value })}
        />
        <Moment step={step} onChange={onChange} />
      </div>
      <div className="rl-row wrap">
        <Picker
          label={t('rules.ladder.act')}
          value={action}
          options={LADDER_ACTIONS.map((value) => ({ value, label: t(`rules.ladder.action.${value}`) }))}
          onChange={(value) => {
            const known = RECIPIENTS[value];
            onChange({ ...step, action: value, to: known.includes(to) ? to : known[0] });
          }}
        />
        <Picker
          label={t('rules.ladder.whom')}
          value={to}
          options={[...new Set([...RECIPIENTS[action], to])].map((value) => ({
            value,
            label: t(`rules.ladder.to.${value}`),
          }))}
          onChange={(value) => onChange({ ...step, to: value })}
        />
        <CheckList
          legend={t('rules.ladder.by')}
          options={SHOWN_MEANS.map((value) => ({ value, label: t(`rules.ladder.means.${value}`) }))}
          values={means}
          onChange={(value) => onChange({ ...step, means: [...value, ...means.filter((one) => !isShown(one))] })}
        />
      </div>
      <TwinTexts
        label={t('rules.ladder.text')}
        values={{ fr: step.fr, ar: step.ar }}
        pointers={{ fr: `${pointer}/fr`, ar: `${pointer}/ar` }}
        problem={problem}
        onChange={(language, text) => onChange({ ...step, [language]: text })}
      />
    </div>
  );
}

/** A share of the time, or a time after it. */
function Moment({ step, onChange }: { step: LadderStep; onChange: (step: LadderStep) => void }) {
  const { when, value, time } = step;
  return (
    <>
      <Picker
        label={t('rules.ladder.when')}
        value={when}
        options={LADDER_MOMENTS.map((one) => ({ value: one, label: t(`rules.ladder.${one}`) }))}
        onChange={(next) =>
          onChange({
            ...step,
            when: next,
            ...(next === 'share' ? { value: 75, unit: 'percent' as const } : { value: 0, unit: 'minutes' as const }),
          })
        }
      />
      {when === 'share' ? (
        <PercentField
          label={t('rules.ladder.share')}
          value={value}
          onChange={(next) => onChange({ ...step, value: next ?? 0 })}
        />
      ) : (
        <MinutesField
          label={t('rules.ladder.after')}
          value={value}
          time={time}
          onChange={(next) => onChange({ ...step, value: next ?? 0 })}
        />
      )}
      <Picker
        label={t('rules.ladder.time')}
        value={time}
        options={TIME_KINDS.map((one) => ({ value: one, label: t(`rules.time.${one}`) }))}
        onChange={(next) => onChange({ ...step, time: next })}
      />
    </>
  );
}

interface PickerProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

function Picker<T extends string>({ label, value, options, onChange }: PickerProps<T>) {
  return (
    <select
      className="inp rl-narrow"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
