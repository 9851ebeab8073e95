import type { LadderStep, PolicyDefinition, Target } from '@app/domain/sla-policy';
import { METRICS, PRIORITIES } from '@app/domain/sla-policy';
import { isolate, t } from '@app/ui/i18n';
import { formatPercent } from '@app/ui/numbers';
import { nameOf } from '../ui/names';
import { minutesText } from '../rules/minutes';
import { isShown } from './means';
import { conditionText, type Vocabulary } from '../rules/vocabulary';

/** One thing that a policy says, readable. */
export interface PolicyLine {
  key: string;
  head: string;
  texts: string[];
}

/** A policy as sentences: to read it, and to compare two versions line by line. */
export function policyLines(policy: PolicyDefinition, vocabulary: Vocabulary): PolicyLine[] {
  const { conditions, targets, pause, warnings, ladder } = policy;
  const promised = PRIORITIES.flatMap((priority) => {
    const of = METRICS.flatMap((metric) => targets.filter((one) => one.priority === priority && one.metric === metric));
    return of.length > 0
      ? [{ key: `targets.${priority}`, head: t(`desk.priority.${priority}`), texts: of.map(targetText) }]
      : [];
  });
  return [
    {
      key: 'conditions',
      head: t('rules.policy.when'),
      texts:
        conditions.length > 0 ? conditions.map((one) => conditionText(vocabulary, one)) : [t('rules.condition.all')],
    },
    ...promised,
    { key: 'pause', head: t('rules.pause.title'), texts: pauseTexts(pause) },
    {
      key: 'warnings',
      head: t('rules.warning.title'),
      texts: warnings.map((one) =>
        t('rules.warning.line', { state: t(`rules.warning.${one.state}`), left: leftText(one) }),
      ),
    },
    { key: 'ladder', head: t('rules.ladder.title'), texts: ladder.map(stepText) },
  ];
}

export function targetText({ metric, minutes, time }: Target): string {
  return t(`rules.target.line.${time}`, { metric: t(`desk.metric.${metric}`), time: minutesText(minutes, time) });
}

function pauseTexts({ statuses, pausedMetrics, onHoldReasonsRequired }: PolicyDefinition['pause']): string[] {
  if (statuses.length === 0 || pausedMetrics.length === 0) return [t('rules.pause.never')];
  const join = (words: string[]) => words.join(t('rules.condition.or'));
  return [
    t('rules.pause.line', {
      statuses: join(statuses.map((one) => t(`desk.moves.${one}`))),
      metrics: pausedMetrics.map((one) => t(`desk.metric.${one}`)).join(t('rules.comma')),
    }),
    ...(onHoldReasonsRequired ? [t('rules.pause.reasons')] : []),
  ];
}

function leftText({ percentLeft, minutesLeft }: PolicyDefinition['warnings'][number]): string {
  return [
    ...(percentLeft === null ? [] : [isolate(formatPercent(percentLeft / 100))]),
    ...(minutesLeft === null ? [] : [minutesText(minutesLeft)]),
  ].join(t('rules.condition.or'));
}

function stepText(step: LadderStep, at: number): string {
  const { metric, when, value, time, action, to, means } = step;
  const amount = when === 'share' ? formatPercent(value / 100) : minutesText(value, time);
  const text = t('rules.ladder.line', {
    n: at + 1,
    metric: t(`desk.metric.${metric}`),
    moment: t(`rules.ladder.moment.${when}`, { amount }),
    action: t(`rules.ladder.action.${action}`),
    to: t(`rules.ladder.to.${to}`),
  });
  const by = means
    .filter(isShown)
    .map((one) => t(`rules.ladder.means.${one}`))
    .join(t('rules.comma'));
  const named = nameOf({ nameFr: step.fr, nameAr: step.ar });
  return t(by ? 'rules.ladder.lineBy' : 'rules.ladder.lineOnly', by ? { text, by, named } : { text, named });
}
