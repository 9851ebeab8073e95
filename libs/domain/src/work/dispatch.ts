import {
  candidateRoom,
  isEligible,
  isReady,
  relaxationOf,
  type Relaxation,
  type WaitingItem,
  type WorkAgent,
} from './candidates';
import { withOffer, type InterruptRules, type Room } from './capacity';
import { compareAgents, inOrder } from './choosing';

/** An item for an agent, until an instant; what gives way for it comes along. */
export interface PlannedOffer extends Room {
  itemId: string;
  accountId: string;
  /** The agent's hub. */
  hubId: string;
  expiresAt: Date;
  relaxation: Relaxation;
}

interface Choice {
  at: number;
  room: Room;
}

/**
 * One tick: every waiting item, in order, goes to the best of the agents who can take it now. Deterministic: the same items, agents and
 * instant give the same offers. Nobody gets more than fits, and an item without a candidate waits.
 */
export function dispatch(
  items: readonly WaitingItem[],
  agents: readonly WorkAgent[],
  now: Date,
  rules: InterruptRules = {},
): PlannedOffer[] {
  const ready = agents.filter((agent) => isReady(agent, now));
  const offers: PlannedOffer[] = [];
  for (const item of inOrder(items, now)) {
    const step = relaxationOf(item, now);
    const choice = choose(item, ready, step, now, rules);
    if (!choice) continue;
    const { at, room } = choice;
    const { accountId, hubId, load } = ready[at];
    ready[at] = { ...ready[at], load: withOffer(load, item, room) };
    const expiresAt = new Date(now.getTime() + item.offerSeconds * 1_000);
    offers.push({ itemId: item.id, accountId, hubId, expiresAt, relaxation: step, ...room });
  }
  return offers;
}

function choose(
  item: WaitingItem,
  agents: readonly WorkAgent[],
  step: Relaxation,
  now: Date,
  rules: InterruptRules,
): Choice | null {
  const { sticky } = item;
  const known = sticky && now < sticky.until ? agents.findIndex((one) => one.accountId === sticky.accountId) : -1;
  if (known >= 0) {
    const room = candidateRoom(item, agents[known], now, rules, step);
    if (room) return { at: known, room };
    // Worth waiting for only when there is something to wait for.
    if (now < sticky!.waitUntil && isEligible(item, agents[known], step, now)) return null;
  }
  return best(item, agents, step, now, rules);
}

function best(
  item: WaitingItem,
  agents: readonly WorkAgent[],
  step: Relaxation,
  now: Date,
  rules: InterruptRules,
): Choice | null {
  let found: Choice | null = null;
  agents.forEach((agent, at) => {
    if (found && compareAgents(item, agent, agents[found.at]) > 0) return;
    const room = candidateRoom(item, agent, now, rules, step);
    if (room) found = { at, room };
  });
  return found;
}
