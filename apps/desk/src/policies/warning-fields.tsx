import { IconPlus, IconTrash } from '@tabler/icons-react';
import { WARNING_STATES, type Warning } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { MinutesField } from '../rules/minutes';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { PercentField } from '../rules/percent-field';

const POINTER = '/definition/warnings';

interface WarningFieldsProps {
  warnings: readonly Warning[];
  problem: unknown;
  onChange: (warnings: Warning[]) => void;
}

/** From when a promise is shown as soon due, or as urgent: a share of its time left, minutes left, or whichever comes first. */
export function WarningFields({ warnings, problem, onChange }: WarningFieldsProps) {
  const change = (at: number, next: Warning | null) =>
    onChange(warnings.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])));
  return (
    <div className="stacked">
      {warnings.map((one, at) => (
        <div key={at} className="rl-row wrap" role="group" aria-label={t('rules.warning.nth', { n: at + 1 })}>
          <select
            className="inp rl-narrow"
            aria-label={t('rules.warning.state')}
            value={one.state}
            onChange={(event) => change(at, { ...one, state: event.target.value as Warning['state'] })}
          >
            {WARNING_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`rules.warning.${state}`)}
              </option>
            ))}
          </select>
          <PercentField
            label={t('rules.warning.percent')}
            value={one.percentLeft}
            onChange={(percentLeft) => change(at, { ...one, percentLeft })}
          />
          <span className="mut sm">{t('rules.warning.or')}</span>
          <MinutesField
            label={t('rules.warning.minutes')}
            value={one.minutesLeft}
            onChange={(minutesLeft) => change(at, { ...one, minutesLeft })}
          />
          <span className="mut sm">{t('rules.warning.left')}</span>
          <Btn
            square
            small
            look="quiet"
            aria-label={t('rules.warning.remove', { n: at + 1 })}
            onClick={() => change(at, null)}
          >
            <Icon of={IconTrash} size={16} />
          </Btn>
          <FaultLine text={faultAt(problem, `${POINTER}/${at}`, true)} />
        </div>
      ))}
      <div>
        <Btn small onClick={() => onChange([...warnings, { state: 'soon', percentLeft: 25, minutesLeft: null }])}>
          <Icon of={IconPlus} size={15} />
          {t('rules.warning.add')}
        </Btn>
      </div>
    </div>
  );
}
