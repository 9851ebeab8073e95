import type { Priority } from '../sla-policy';
import { roomFor, type InterruptRules, type Load, type Room } from './capacity';
import { isFresh, type Presence } from './presence';
import { opens, stepReached, USUAL_TIMES, type Relaxation, type RelaxationTimes } from './relaxation';
import type { WorkKind } from './work-item';

/** A skill asked for at a level. Relaxation lowers the level, never below the floor: clearances and languages have a floor. */
export interface Requirement {
  skill: string;
  level: number;
  floor: number;
}

/** Work that waits, with all that its choice needs. */
export interface WaitingItem {
  id: string;
  kind: WorkKind;
  hubId: string;
  cost: number;
  priority: Priority;
  /** When it first came; kept whatever happens to it later. */
  queuedAt: Date;
  maxWaitSeconds: number;
  /** When each step of relaxation opens; the usual times when left out. */
  times?: RelaxationTimes;
  offerSeconds: number;
  /** End of the promise that runs on it. */
  dueAt: Date | null;
  /** A delay of the law is near: it goes before everything. */
  legalNear?: boolean;
  required: readonly Requirement[];
  /** Conflict of interest. */
  excludedAccounts: readonly string[];
  excludedHubs: readonly string[];
  /** Hubs with an agreement to help in this queue. */
  helpingHubs: readonly string[];
  visitedHubs: readonly string[];
  hops: number;
  /** Who had the matter before: first choice until `until`, waited for until `waitUntil` when busy. */
  sticky: { accountId: string; until: Date; waitUntil: Date } | null;
  /** Agents who missed or declined this item, and when. */
  misses: readonly { accountId: string; at: Date }[];
}

export interface WorkAgent {
  accountId: string;
  hubId: string;
  presence: Presence;
  pendingPresence: Presence | null;
  heartbeatAt: Date | null;
  idleSince: Date;
  skills: ReadonlyMap<string, number>;
  load: readonly Load[];
}

/** A miss keeps the item from the same agent for so long. */
export const COOL_DOWN_MS = 60_000;
export const MAX_HOPS = 2;

/** The step that an item has reached by waiting. A clock that stepped back gives the first. */
export function relaxationOf(
  { queuedAt, maxWaitSeconds, times }: Pick<WaitingItem, 'queuedAt' | 'maxWaitSeconds' | 'times'>,
  now: Date,
): Relaxation {
  return stepReached(now.getTime() - queuedAt.getTime(), maxWaitSeconds, times ?? USUAL_TIMES);
}

/** The level asked for at a step; where levels are never lowered, the one that was asked for until nothing but the floor is left. */
export function levelAt(
  { level, floor }: Requirement,
  step: Relaxation,
  times: RelaxationTimes | undefined = USUAL_TIMES,
): number {
  if (step === 'max_wait') return floor;
  return opens('lower_level', step, times) ? Math.max(floor, level - 1, 1) : level;
}

/** Whether the skills cover every requirement at a step of relaxation. */
export function covers(
  skills: ReadonlyMap<string, number>,
  required: readonly Requirement[],
  step: Relaxation,
  times?: RelaxationTimes,
): boolean {
  return required.every((one) => (skills.get(one.skill) ?? 0) >= levelAt(one, step, times));
}

/** Sum of the levels of the skills asked for: more is a better fit. */
export function skillFit(skills: ReadonlyMap<string, number>, required: readonly Requirement[]): number {
  return required.reduce((sum, one) => sum + (skills.get(one.skill) ?? 0), 0);
}

/** Whether the hub may serve the item at this step: its own, or a helping one not yet visited, and never one in conflict. */
export function hubServes(item: WaitingItem, hubId: string, step: Relaxation): boolean {
  if (item.excludedHubs.includes(hubId)) return false;
  if (hubId === item.hubId) return true;
  const open = opens('neighbour', step, item.times ?? USUAL_TIMES);
  return open && item.helpingHubs.includes(hubId) && item.hops < MAX_HOPS && !item.visitedHubs.includes(hubId);
}

/** Whether the agent could take offers at all: available, not about to leave, seen lately. */
export function isReady(agent: Pick<WorkAgent, 'presence' | 'pendingPresence' | 'heartbeatAt'>, now: Date): boolean {
  return agent.presence === 'available' && agent.pendingPresence === null && isFresh(agent.heartbeatAt, now);
}

/** Whether the agent missed or declined this item within the cool-down. A clock that stepped back does not end it. */
export function coolsDown(item: Pick<WaitingItem, 'misses'>, accountId: string, now: Date): boolean {
  return item.misses.some((miss) => miss.accountId === accountId && now.getTime() - miss.at.getTime() < COOL_DOWN_MS);
}

/** Whether the item may ever go to the agent at this step, capacity apart. */
export function isEligible(item: WaitingItem, agent: WorkAgent, step: Relaxation, now: Date): boolean {
  return (
    hubServes(item, agent.hubId, step) &&
    !item.excludedAccounts.includes(agent.accountId) &&
    !coolsDown(item, agent.accountId, now) &&
    covers(agent.skills, item.required, step, item.times)
  );
}

/** The room that a ready and eligible agent has for the item; null = no candidate. */
export function candidateRoom(
  item: WaitingItem,
  agent: WorkAgent,
  now: Date,
  rules: InterruptRules = {},
  step: Relaxation = relaxationOf(item, now),
): Room | null {
  return isReady(agent, now) && isEligible(item, agent, step, now) ? roomFor(item, agent.load, rules) : null;
}
