import { Refusal } from './refusal';

/** Demand on one queue. Rates are per hour and times in seconds, as people say them. */
export interface Load {
  callsPerHour: number;
  /** Average handling time: talk, hold and wrap-up. */
  handleSeconds: number;
}

/** What a number of agents makes of a load; shares from 0 to 1, times in seconds. */
export interface QueueOutcome {
  agents: number;
  waitProbability: number;
  /** Answered within the threshold, of all who called. */
  serviceLevel: number;
  /** Mean wait of all callers; null when the queue grows without end. */
  meanWaitSeconds: number | null;
  /** Mean wait of those who wait at all; null when the queue grows without end. */
  meanWaitOfWaitingSeconds: number | null;
  occupancy: number;
  /** Callers who give up; 0 in Erlang C, where nobody does. */
  abandonment: number;
}

/** More agents than any hub will have; it bounds the work. */
export const MAX_AGENTS = 2_000;
/** Beyond it a further state changes no printed digit. */
const NEGLIGIBLE = 1e-15;
/** Weights of an overloaded queue outgrow any number; above this all sums are scaled down together. */
const LARGE = 1e200;

/** Offered traffic in erlang. */
export function trafficOf({ callsPerHour, handleSeconds }: Load): number {
  return (callsPerHour * handleSeconds) / 3600;
}

/**
 * Erlang B: the share of calls that find all `agents` busy when nobody can wait. By the recursion B(k) = A·B(k−1)/(k + A·B(k−1)).
 * @param traffic erlang, 0 or more
 */
export function erlangB(traffic: number, agents: number): number {
  let blocked = 1;
  for (let k = 1; k <= agents; k++) blocked = (traffic * blocked) / (k + traffic * blocked);
  return blocked;
}

/** Erlang C: the share of calls that wait when nobody gives up; 1 when the agents cannot carry the traffic. */
export function waitProbability(traffic: number, agents: number): number {
  if (agents <= traffic) return 1;
  const blocked = erlangB(traffic, agents);
  return (agents * blocked) / (agents - traffic * (1 - blocked));
}

/**
 * Erlang C for a queue where nobody gives up. With fewer agents than traffic nobody is answered in time and waits have no mean.
 * @param withinSeconds threshold of the service level
 * @throws Refusal `validation_failed` for loads or agents that make no sense
 */
export function erlangC(load: Load, agents: number, withinSeconds: number): QueueOutcome {
  check(load, agents, withinSeconds);
  const traffic = trafficOf(load);
  if (traffic === 0) return idle(agents);
  const waits = waitProbability(traffic, agents);
  const spare = agents - traffic;
  const stable = spare > 0;
  const meanOfWaiting = stable ? load.handleSeconds / spare : null;
  return {
    agents,
    waitProbability: waits,
    serviceLevel: stable ? 1 - waits * Math.exp((-spare * withinSeconds) / load.handleSeconds) : 0,
    meanWaitSeconds: meanOfWaiting === null ? null : waits * meanOfWaiting,
    meanWaitOfWaitingSeconds: meanOfWaiting,
    occupancy: Math.min(1, traffic / agents),
    abandonment: 0,
  };
}

/**
 * Erlang A: as Erlang C, but callers give up after a random time with the mean `patienceSeconds`. Stable with any number of agents.
 * State N+k has the weight Π λ/(Nµ + jθ); the time to reach service from there is a sum of exponentials, whose distribution is the
 * incomplete beta function I_y(c+1, k+1) with c = Nµ/θ and y = e^(−θt). It grows with k by known terms, so no approximation is needed.
 * @throws Refusal `validation_failed` for numbers that make no sense
 */
export function erlangA(load: Load, agents: number, withinSeconds: number, patienceSeconds: number): QueueOutcome {
  check(load, agents, withinSeconds);
  if (!(patienceSeconds > 0)) throw Refusal.field('?patience', 'out_of_range', 'Patience must be more than nothing.');
  const traffic = trafficOf(load);
  if (traffic === 0) return idle(agents);
  const rates = { arrival: load.callsPerHour / 3600, served: agents / load.handleSeconds, lost: 1 / patienceSeconds };
  const sums = queueSums(rates, withinSeconds);
  const full = 1 / (sums.first * (1 / erlangB(traffic, agents) - 1) + sums.states);
  const waits = full * sums.states;
  const meanWait = (full * sums.length) / rates.arrival;
  const abandonment = rates.lost * meanWait;
  return {
    agents,
    waitProbability: waits,
    serviceLevel: 1 - waits + full * sums.inTime,
    meanWaitSeconds: meanWait,
    meanWaitOfWaitingSeconds: meanWait / waits,
    occupancy: (traffic * (1 - abandonment)) / agents,
    abandonment,
  };
}

interface Rates {
  arrival: number;
  served: number;
  lost: number;
}

/** Sums over the states with all agents busy and k waiting; `first` is the weight of the state with none waiting. */
function queueSums({ arrival, served, lost }: Rates, withinSeconds: number) {
  let sums = { first: 1, states: 0, length: 0, inTime: 0, weight: 1 };
  const c = served / lost;
  const beta = new RisingBeta(c + 1, Math.exp(-lost * withinSeconds));
  for (let k = 0; ; k++) {
    const { weight } = sums;
    sums.states += weight;
    sums.length += k * weight;
    sums.inTime += weight * (c / (c + k + 1)) * (1 - beta.value);
    const ratio = arrival / (served + (k + 1) * lost);
    if (ratio < 1 && (k + 1) * weight < NEGLIGIBLE * (1 - ratio) ** 2 * sums.states) return sums;
    sums.weight *= ratio;
    if (sums.weight > LARGE) sums = scaled(sums, 1 / LARGE);
    beta.next();
  }
}

function scaled<T extends Record<string, number>>(sums: T, by: number): T {
  return Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, value * by])) as T;
}

/** The regularised incomplete beta function I_x(a, b) for b = 1, 2, 3, …: each step adds x^a (1−x)^b Γ(a+b)/(Γ(a) b!). */
export class RisingBeta {
  value: number;
  private b = 1;
  /** As a logarithm: the first terms may be smaller than any number. */
  private logTerm: number;

  constructor(
    private readonly a: number,
    private readonly x: number,
  ) {
    this.value = x ** a;
    this.logTerm = a * Math.log(x) + Math.log1p(-x) + Math.log(a);
  }

  next(): void {
    this.value = Math.min(1, this.value + Math.exp(this.logTerm));
    this.b += 1;
    this.logTerm += Math.log1p(-this.x) + Math.log((this.a + this.b - 1) / this.b);
  }
}

function idle(agents: number): QueueOutcome {
  return {
    agents,
    waitProbability: 0,
    serviceLevel: 1,
    meanWaitSeconds: 0,
    meanWaitOfWaitingSeconds: 0,
    occupancy: 0,
    abandonment: 0,
  };
}

function check({ callsPerHour, handleSeconds }: Load, agents: number, withinSeconds: number): void {
  if (!(callsPerHour >= 0) || !Number.isFinite(callsPerHour)) {
    throw Refusal.field('?calls', 'out_of_range', 'Calls per hour must be a number, not negative.');
  }
  if (!(handleSeconds > 0) || !Number.isFinite(handleSeconds)) {
    throw Refusal.field('?aht', 'out_of_range', 'The handling time must be more than nothing.');
  }
  if (!Number.isInteger(agents) || agents < 1 || agents > MAX_AGENTS) {
    throw Refusal.field('?agents', 'out_of_range', `Agents must be a whole number from 1 to ${MAX_AGENTS}.`);
  }
  if (!(withinSeconds >= 0)) throw Refusal.field('?within', 'out_of_range', 'The threshold must not be negative.');
}
