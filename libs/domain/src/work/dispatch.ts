import {
  candidateRoom,
  isEligible,
  isReady,
  relaxationOf,
  skillFit,
  type WaitingItem,
  type WorkAgent,
} from './candidates';
import { CAPACITY, interruptsAnything, pointsUsed, withOffer, type InterruptRules, type Room } from './capacity';
import { compareAgents, inOrder } from './choosing';
import type { ChoiceReason } from './reasons';
import type { Relaxation } from './relaxation';

/** An item for an agent, until an instant; what gives way for it comes along. */
export interface PlannedOffer extends Room {
  itemId: string;
  accountId: string;
  /** The agent's hub. */
  hubId: string;
  expiresAt: Date;
  relaxation: Relaxation;
  why: ChoiceReason;
}

interface Seat {
  agent: WorkAgent;
  /** Points left. */
  free: number;
}

interface Choice {
  seat: Seat;
  room: Room;
  why: ChoiceReason;
}

interface Tick {
  seats: Seat[];
  now: Date;
  rules: InterruptRules;
}

/**
 * One tick: every waiting item, in order, goes to the best of the agents who can take it now. Deterministic: the same items, agents and
 * instant give the same offers. Nobody gets more than fits, an item without a candidate waits, and what was planned in this tick for
 * somebody is not pushed out by what comes after it.
 */
export function dispatch(
  items: readonly WaitingItem[],
  agents: readonly WorkAgent[],
  now: Date,
  rules: InterruptRules = {},
): PlannedOffer[] {
  const seats = agents.filter((agent) => isReady(agent, now)).map(seatOf);
  const tick: Tick = { seats, now, rules };
  const offers: PlannedOffer[] = [];
  for (const item of inOrder(items, now)) {
    const step = relaxationOf(item, now);
    const choice = choose(item, step, tick);
    if (!choice) continue;
    const { seat, room, why } = choice;
    const { accountId, hubId, load } = seat.agent;
    Object.assign(seat, seatOf({ ...seat.agent, load: withOffer(load, item, room) }));
    const expiresAt = new Date(now.getTime() + item.offerSeconds * 1_000);
    offers.push({ itemId: item.id, accountId, hubId, expiresAt, relaxation: step, why, ...room });
  }
  return offers;
}

function seatOf(agent: WorkAgent): Seat {
  return { agent, free: CAPACITY - pointsUsed(agent.load) };
}

function choose(item: WaitingItem, step: Relaxation, tick: Tick): Choice | null {
  const { sticky } = item;
  const known = sticky && tick.now < sticky.until ? seatOfAccount(tick, sticky.accountId) : undefined;
  if (sticky && known) {
    const room = candidateRoom(item, known.agent, tick.now, tick.rules, step);
    if (room) return { seat: known, room, why: 'known_agent' };
    // Worth waiting for only when there is something to wait for.
    if (tick.now < sticky.waitUntil && isEligible(item, known.agent, step, tick.now)) return null;
  }
  return best(item, step, tick);
}

function seatOfAccount({ seats }: Tick, accountId: string): Seat | undefined {
  return seats.find((one) => one.agent.accountId === accountId);
}

function best(item: WaitingItem, step: Relaxation, tick: Tick): Choice | null {
  const found = bestOf(tick.seats, item, step, tick);
  if (!found) return null;
  if (found.seat.agent.hubId !== item.hubId) return { ...found, why: 'helping_hub' };
  const rest = tick.seats.filter((seat) => seat !== found.seat);
  return { ...found, why: whyBefore(item, found.seat.agent, bestOf(rest, item, step, tick)?.seat.agent) };
}

/** What the chosen one has before the next best. */
function whyBefore(item: WaitingItem, chosen: WorkAgent, next: WorkAgent | undefined): ChoiceReason {
  if (!next || next.hubId !== item.hubId) return 'only_one';
  if (skillFit(chosen.skills, item.required) !== skillFit(next.skills, item.required)) return 'best_skill';
  return pointsUsed(chosen.load) === pointsUsed(next.load) ? 'longest_idle' : 'least_work';
}

function bestOf(
  seats: readonly Seat[],
  item: WaitingItem,
  step: Relaxation,
  { now, rules }: Tick,
): Omit<Choice, 'why'> | null {
  let found: Omit<Choice, 'why'> | null = null;
  for (const seat of seats) {
    // Most agents are full in a rush: what costs nothing to know is asked first.
    if (seat.free < item.cost && !interruptsAnything(item.kind)) continue;
    if (found && compareAgents(item, seat.agent, found.seat.agent) > 0) continue;
    const room = candidateRoom(item, seat.agent, now, rules, step);
    if (room) found = { seat, room };
  }
  return found;
}
