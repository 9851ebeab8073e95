import { METRICS, type PolicyDefinition } from '@app/domain/sla-policy';
import type { Status } from '@app/domain/ticket';
import { t } from '@app/ui/i18n';
import { CheckList } from '../rules/check-list';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';

/** While a ticket is one of these, somebody else has the next move. */
const STANDING: readonly Status[] = ['pending', 'on_hold', 'answered'];
const POINTER = '/definition/pause';

interface PauseFieldsProps {
  pause: PolicyDefinition['pause'];
  problem: unknown;
  onChange: (pause: PolicyDefinition['pause']) => void;
}

/** When which clocks stand still. */
export function PauseFields({ pause, problem, onChange }: PauseFieldsProps) {
  const statuses = [...STANDING, ...pause.statuses.filter((one) => !STANDING.includes(one))];
  return (
    <div className="stacked">
      <CheckList
        legend={t('rules.pause.statuses')}
        options={statuses.map((value) => ({ value, label: t(`desk.moves.${value}`) }))}
        values={pause.statuses}
        onChange={(next) => onChange({ ...pause, statuses: next })}
      />
      <FaultLine text={faultAt(problem, `${POINTER}/statuses`, true)} />
      <CheckList
        legend={t('rules.pause.metrics')}
        options={METRICS.map((value) => ({ value, label: t(`desk.metric.${value}`) }))}
        values={pause.pausedMetrics}
        onChange={(next) => onChange({ ...pause, pausedMetrics: next })}
      />
      <FaultLine text={faultAt(problem, `${POINTER}/pausedMetrics`, true)} />
      <label className="row sm">
        <input
          type="checkbox"
          checked={pause.onHoldReasonsRequired}
          onChange={(event) => onChange({ ...pause, onHoldReasonsRequired: event.target.checked })}
        />
        {t('rules.pause.reasons')}
      </label>
      <FaultLine text={faultAt(problem, `${POINTER}/onHoldReasonsRequired`)} />
    </div>
  );
}
