import { dueAt, instantAtShare, warnAt, type SlaClock } from './sla-clock';
import type { LadderStep, Metric, PolicyDefinition, Warning } from './sla-policy';

/** Something that becomes due of one clock. `kind`: `warn`, `breach`, or the step of the ladder as `action:recipient:number`. */
export interface DueStep {
  kind: string;
  at: Date;
}

/** What a policy does about one metric besides promising it. */
export interface Escalation {
  warning: Warning | null;
  ladder: readonly LadderStep[];
}

export type EscalatingPolicy = Pick<PolicyDefinition, 'warnings' | 'ladder'>;

/** The part of a policy that concerns one metric; the first threshold warns. Nothing without a policy. */
export function escalationOf(policy: EscalatingPolicy | null, metric: Metric): Escalation {
  return {
    warning: policy?.warnings?.[0] ?? null,
    ladder: (policy?.ladder ?? []).filter((step) => step.metric === metric),
  };
}

export const stepKind = ({ action, to, step }: Pick<LadderStep, 'action' | 'to' | 'step'>): string =>
  `${action}:${to}:${step}`;

/**
 * All that becomes due of a running clock, in its order: warning, steps at a share of the target, breach, steps after it; among equal
 * instants in this order and by number. A step at a share counts in the time of the clock, one after the breach in its own; pauses are
 * cut out of both. Empty while the clock stands still, because nothing is due then.
 */
export function dueSteps(clock: SlaClock, { warning, ladder }: Escalation): DueStep[] {
  const due = dueAt(clock);
  if (!due) return [];
  const warn = warning && warnAt(clock, warning);
  const found = ladder.flatMap((step) => {
    const at = stepAt(clock, due, step);
    return at ? [{ kind: stepKind(step), at, rank: (step.when === 'share' ? 1 : 3) + step.step / 1000 }] : [];
  });
  if (warn) found.push({ kind: 'warn', at: warn, rank: 0 });
  found.push({ kind: 'breach', at: due, rank: 2 });
  return found.sort((a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank).map(({ kind, at }) => ({ kind, at }));
}

function stepAt(clock: SlaClock, due: Date, { when, value, time }: LadderStep): Date | null {
  if (when === 'share') return instantAtShare(clock, value);
  return value === 0 ? due : dueAt({ ...clock, startedAt: due, minutes: value, time });
}
