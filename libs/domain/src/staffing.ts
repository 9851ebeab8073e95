import { erlangA, erlangC, MAX_AGENTS, trafficOf, type Load, type QueueOutcome } from './erlang';
import { Refusal } from './refusal';

export interface StaffingPlan extends Load {
  /** Share of callers to be answered within the threshold, above 0 and below 1. */
  target: number;
  withinSeconds: number;
  /** Mean time after which a caller gives up; without it only Erlang C is worked out. */
  patienceSeconds?: number;
  /** Share of paid time away from the queue (leave, training, meetings), 0 to below 1. */
  shrinkage: number;
}

export const STAFFING_WARNINGS = ['few_agents', 'high_occupancy', 'unstable'] as const;
export type StaffingWarning = (typeof STAFFING_WARNINGS)[number];

export interface StaffingOption {
  agents: number;
  /** People on the roster so that so many are at the queue. */
  roster: number;
  erlangC: QueueOutcome;
  erlangA: QueueOutcome | null;
  meetsTarget: boolean;
  warnings: StaffingWarning[];
}

export interface Staffing {
  traffic: number;
  needed: number;
  /** One fewer (when there is one), the number needed, one more. */
  options: StaffingOption[];
}

/** The model is weak for fewer agents than this: one absence changes everything. */
const FEW_AGENTS = 4;
const HIGH_OCCUPANCY = 0.85;
/** Decimal fractions have no exact binary form; a person too many must not come from that. */
const ROUNDING = 1e-9;

/**
 * The least number of agents with which Erlang C meets the target; 1 without calls.
 * @throws Refusal `validation_failed` when the target cannot be or would take more than 2,000 agents
 */
export function agentsNeeded(load: Load, target: number, withinSeconds: number): number {
  if (!(target > 0 && target < 1)) throw Refusal.field('?target', 'out_of_range', 'The target lies between 0 and 1.');
  for (let agents = Math.max(1, Math.floor(trafficOf(load))); agents <= MAX_AGENTS; agents++) {
    if (erlangC(load, agents, withinSeconds).serviceLevel >= target) return agents;
  }
  throw Refusal.field('?calls', 'out_of_range', `This would take more than ${MAX_AGENTS} agents.`);
}

/** People on the roster for so many at the queue, rounded up. Shrinkage from 0 to below 1. */
export function rosterFor(agents: number, shrinkage: number): number {
  if (!(shrinkage >= 0 && shrinkage < 1)) {
    throw Refusal.field('?shrinkage', 'out_of_range', 'Shrinkage lies from 0 to below 1.');
  }
  return Math.ceil(agents / (1 - shrinkage) - ROUNDING);
}

/** The number of agents needed with its two neighbours, because the next person is the real question. */
export function planStaffing(plan: StaffingPlan): Staffing {
  const needed = agentsNeeded(plan, plan.target, plan.withinSeconds);
  const around = [needed - 1, needed, needed + 1].filter((agents) => agents >= 1 && agents <= MAX_AGENTS);
  return { traffic: trafficOf(plan), needed, options: around.map((agents) => staffingOption(plan, agents)) };
}

function staffingOption(plan: StaffingPlan, agents: number): StaffingOption {
  const { withinSeconds, patienceSeconds } = plan;
  const patient = erlangC(plan, agents, withinSeconds);
  return {
    agents,
    roster: rosterFor(agents, plan.shrinkage),
    erlangC: patient,
    erlangA: patienceSeconds === undefined ? null : erlangA(plan, agents, withinSeconds, patienceSeconds),
    meetsTarget: patient.serviceLevel >= plan.target,
    warnings: warningsOf(patient),
  };
}

function warningsOf({ agents, occupancy, meanWaitSeconds }: QueueOutcome): StaffingWarning[] {
  return [
    ...(agents < FEW_AGENTS ? (['few_agents'] as const) : []),
    ...(occupancy > HIGH_OCCUPANCY ? (['high_occupancy'] as const) : []),
    ...(meanWaitSeconds === null ? (['unstable'] as const) : []),
  ];
}

export interface Pooling {
  separately: number[];
  pooled: number;
  saved: number;
}

/** Agents for each hub by itself, against one queue for all of them; the common handling time is weighted by calls. */
export function poolHubs(loads: readonly Load[], target: number, withinSeconds: number): Pooling {
  const separately = loads.map((load) => agentsNeeded(load, target, withinSeconds));
  const callsPerHour = loads.reduce((sum, load) => sum + load.callsPerHour, 0);
  const traffic = loads.reduce((sum, load) => sum + trafficOf(load), 0);
  const handleSeconds = callsPerHour > 0 ? (traffic * 3600) / callsPerHour : 1;
  const pooled = agentsNeeded({ callsPerHour, handleSeconds }, target, withinSeconds);
  return { separately, pooled, saved: separately.reduce((sum, agents) => sum + agents, 0) - pooled };
}
