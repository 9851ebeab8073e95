import { chooseRule, type RoutingFacts, type RoutingRule } from './routing';

/** What a rule decides, as far as a comparison shows it. */
export interface RuleOutcome {
  queueCode: string;
  requiredSkills: readonly { skill: string; level: number }[];
  /** Position in its set, from 1. */
  position: number;
}

/** Tickets that share all facts which rules look at. */
export interface FactGroup {
  facts: RoutingFacts;
  tickets: number;
}

export interface TouchedGroup extends FactGroup {
  before: RuleOutcome | null;
  after: RuleOutcome | null;
}

export interface DryRun {
  /** Tickets looked at. */
  tickets: number;
  /** Those that would have gone elsewhere, or asked for other skills. */
  touched: number;
  groups: TouchedGroup[];
}

/**
 * What a draft of rules would have changed: both sets decide anew on the stored facts, so that what people moved by hand later does not
 * count. Groups in which queue or skills differ, most tickets first; a mere change of position touches nothing.
 */
export function dryRun(
  current: readonly RoutingRule[],
  draft: readonly RoutingRule[],
  history: readonly FactGroup[],
): DryRun {
  const groups = history
    .map((group) => ({ ...group, before: outcome(current, group.facts), after: outcome(draft, group.facts) }))
    .filter(({ before, after }) => decided(before) !== decided(after))
    .sort((a, b) => b.tickets - a.tickets);
  const sum = (list: readonly FactGroup[]): number => list.reduce((total, group) => total + group.tickets, 0);
  return { tickets: sum(history), touched: sum(groups), groups };
}

/**
 * The rule that now decides on a ticket, when it decides something else than the set before did: another queue, or other skills. Null when
 * nothing changes, as in the dry run: what people or overflow moved since does not count.
 */
export function decidesAnew(
  before: readonly RoutingRule[],
  after: readonly RoutingRule[],
  facts: RoutingFacts,
): RoutingRule | null {
  const rule = chooseRule(after, facts);
  return decided(chooseRule(before, facts)) === decided(rule) ? null : rule;
}

function outcome(rules: readonly RoutingRule[], facts: RoutingFacts): RuleOutcome | null {
  const rule = chooseRule(rules, facts);
  return rule && { queueCode: rule.queueCode, requiredSkills: rule.requiredSkills, position: rule.position };
}

function decided(one: Pick<RuleOutcome, 'queueCode' | 'requiredSkills'> | null): string {
  const skills = (one?.requiredSkills ?? []).map(({ skill, level }) => `${skill} ${level}`).sort();
  return JSON.stringify([one?.queueCode ?? null, skills]);
}
