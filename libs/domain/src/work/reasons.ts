import { coolsDown, hubServes, isReady, levelAt, relaxationOf, type WaitingItem, type WorkAgent } from './candidates';

/** Why somebody got a piece of work, or its offer; the first that holds names it. */
export const CHOICE_REASONS = [
  'known_agent',
  'helping_hub',
  'best_skill',
  'least_work',
  'longest_idle',
  'only_one',
  'asked_for',
  'accepted',
  'by_person',
] as const;
export type ChoiceReason = (typeof CHOICE_REASONS)[number];

/** Why work still waits. */
export const WAIT_REASONS = [
  'nobody_present',
  'all_busy',
  'missing_skill',
  'in_conflict',
  'after_refusal',
  'kept_for_agent',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export interface Wait {
  why: WaitReason;
  /** Skills that nobody of those present has at the level asked for now. */
  missingSkills: string[];
}

/**
 * Why nobody is offered an item now: the first thing that the agents at hand fail in, in the order in which the choice asks. `agents` are
 * those of the hub and of its helpers.
 */
export function whyWaiting(item: WaitingItem, agents: readonly WorkAgent[], now: Date): Wait {
  const step = relaxationOf(item, now);
  const present = agents.filter((agent) => isReady(agent, now) && hubServes(item, agent.hubId, step));
  if (present.length === 0) return wait('nobody_present');
  const free = present.filter((agent) => !item.excludedAccounts.includes(agent.accountId));
  if (free.length === 0) return wait('in_conflict');
  const lacking = (agent: WorkAgent): string[] =>
    item.required
      .filter((one) => (agent.skills.get(one.skill) ?? 0) < levelAt(one, step, item.times))
      .map((one) => one.skill);
  const able = free.filter((agent) => lacking(agent).length === 0);
  if (able.length === 0) {
    const fewest = free.map(lacking).sort((a, b) => a.length - b.length)[0];
    return { why: 'missing_skill', missingSkills: [...fewest].sort() };
  }
  const rested = able.filter((agent) => !coolsDown(item, agent.accountId, now));
  if (rested.length === 0) return wait('after_refusal');
  return wait(keptFor(item, rested, now) ? 'kept_for_agent' : 'all_busy');
}

function keptFor({ sticky }: WaitingItem, able: readonly WorkAgent[], now: Date): boolean {
  return sticky !== null && now < sticky.waitUntil && able.some((agent) => agent.accountId === sticky.accountId);
}

const wait = (why: WaitReason): Wait => ({ why, missingSkills: [] });
