import { UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { minutesText } from '../rules/minutes';
import { nameOf } from '../ui/names';
import { wordsOf } from '../system/words-of';
import type { Simulation } from './policy-queries';

/** Why something is due when it is: which rule applies, then each clock step by step, in the words of the server. */
export function SimulationSteps({ found }: { found: Simulation }) {
  return (
    <div className="stacked" role="status">
      <p className="sm">
        {t('rules.simulate.applies')} <bdi className="b">{nameOf(found.policy)}</bdi>
        {' · '}
        <bdi>{nameOf(found.hub)}</bdi>
      </p>
      {found.clocks.map((clock, at) => (
        <details key={`${clock.metric} ${clock.cycle}`} className="rl-clock" open={at === 0}>
          <summary>
            <span className="b">{t(`desk.metric.${clock.metric}`)}</span>{' '}
            <span className="mut">
              {t(`rules.time.of.${clock.time}`, { time: minutesText(clock.targetMinutes, clock.time) })}
            </span>
            <span className="u">
              {clock.dueAt ? <DateTime at={clock.dueAt} style="longTime" /> : t('rules.simulate.standing')}
            </span>
          </summary>
          <ol className="rl-steps">
            {clock.steps.map((step, place) => (
              <li key={place} className={`is-${step.kind}`}>
                <UserLine text={wordsOf({ fr: step.textFr, ar: step.textAr })} />
              </li>
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}
