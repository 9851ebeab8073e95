import type { BusinessCalendar } from './business-hours';
import { dueSteps, type DueStep, escalationOf } from './ladder';
import { dueAt, type Pause } from './sla-clock';
import {
  firstMatch,
  type Metric,
  type PolicyDefinition,
  type PolicyFacts,
  targetFor,
  type TimeKind,
} from './sla-policy';

/** A policy as it holds, with the version that clocks keep; of no hub: the programme's. */
export interface AppliedPolicy extends PolicyDefinition {
  policyId: string;
  versionId: string;
  hubId: string | null;
}

/** A clock that runs or stands still, with what it counts by. */
export interface OpenClock {
  id: string;
  metric: Metric;
  state: 'running' | 'paused';
  time: TimeKind;
  targetMinutes: number;
  startedAt: Date;
  dueAt: Date | null;
  breachedAt: Date | null;
  policyId: string;
  policyVersionId: string;
  calendarId: string;
  calendarVersionId: string;
}

export interface OpenTicket {
  id: string;
  hubId: string;
  facts: PolicyFacts;
  clocks: OpenClock[];
  pauses: Pause[];
}

/** The calendar that holds now; `replacesId`: the one by which the hub worked before. */
export interface ChangedCalendar {
  calendarId: string;
  versionId: string;
  replacesId?: string | null;
}

/** What was changed: some policies of the list, or one calendar. */
export type PromiseChangeOf = { policyIds: ReadonlySet<string> } | { calendar: ChangedCalendar };

/** What holds once the change is published. */
export interface PromiseRules {
  policies: readonly AppliedPolicy[];
  /** The definition that a clock keeps, by its version. */
  policyOf(versionId: string): PolicyDefinition | undefined;
  calendarOf(versionId: string): BusinessCalendar;
}

/** A clock under its new version. `moved`: the association is promised another instant; `late`: one that has passed. */
export interface Renewal extends Pick<
  OpenClock,
  'policyVersionId' | 'calendarVersionId' | 'time' | 'targetMinutes' | 'dueAt'
> {
  clock: OpenClock;
  /** When the sweeper acts on it, unless it has already. */
  steps: DueStep[];
  moved: boolean;
  late: boolean;
}

/**
 * The open clocks of a ticket that a change takes along, counted again from their own start and pauses. A change of policies touches the
 * clocks that were under one of them or now come under one; a change of a calendar those that count by it. A clock that was due before
 * `now` keeps what was promised, as does one whose metric the new policy does not promise. Refuses what falls beyond five years.
 */
export function renewals(ticket: OpenTicket, change: PromiseChangeOf, rules: PromiseRules, now: Date): Renewal[] {
  const open = ticket.clocks.filter((clock) => !clock.breachedAt && (clock.dueAt === null || clock.dueAt > now));
  if (open.length === 0) return [];
  const renewed =
    'calendar' in change
      ? open.map((clock) => underCalendar(clock, change.calendar, rules))
      : underPolicies(ticket, open, change.policyIds, rules);
  return renewed.flatMap((next) => (next ? renewal(next, ticket.pauses, rules, now) : []));
}

type Under = Pick<Renewal, 'clock' | 'policyVersionId' | 'calendarVersionId' | 'time' | 'targetMinutes'> & {
  policy: PolicyDefinition | undefined;
};

function underCalendar(
  clock: OpenClock,
  { calendarId, versionId, replacesId }: ChangedCalendar,
  rules: PromiseRules,
): Under | null {
  const counts = clock.calendarId === calendarId || clock.calendarId === replacesId;
  if (!counts || clock.calendarVersionId === versionId) return null;
  const { policyVersionId, time, targetMinutes } = clock;
  const policy = rules.policyOf(policyVersionId);
  return { clock, policy, policyVersionId, calendarVersionId: versionId, time, targetMinutes };
}

function underPolicies(
  { hubId, facts }: OpenTicket,
  open: readonly OpenClock[],
  changed: ReadonlySet<string>,
  { policies }: PromiseRules,
): (Under | null)[] {
  const policy = firstMatch(policiesOf(policies, hubId), facts);
  if (!policy) return [];
  return open.map((clock) => {
    const target = targetFor(policy, facts.priority, clock.metric);
    const touched = changed.has(policy.policyId) || changed.has(clock.policyId);
    if (!touched || !target || clock.policyVersionId === policy.versionId) return null;
    const { calendarVersionId } = clock;
    const { time, minutes: targetMinutes } = target;
    return { clock, policy, policyVersionId: policy.versionId, calendarVersionId, time, targetMinutes };
  });
}

/** The programme's policies and the hub's own; `firstMatch` asks them in order of position, of two alike the hub's. */
export function policiesOf<P extends Pick<AppliedPolicy, 'hubId'>>(policies: readonly P[], hubId: string): P[] {
  return policies.filter((one) => one.hubId === null || one.hubId === hubId);
}

function renewal({ policy, ...next }: Under, pauses: readonly Pause[], rules: PromiseRules, now: Date): Renewal {
  const { clock } = next;
  const shape = {
    startedAt: clock.startedAt,
    minutes: next.targetMinutes,
    time: next.time,
    calendar: rules.calendarOf(next.calendarVersionId),
    pauses: pausesFor(policy, clock.metric, pauses),
  };
  const due = dueAt(shape);
  return {
    ...next,
    dueAt: due,
    steps: dueSteps(shape, escalationOf(policy ?? null, clock.metric)),
    moved: movedBetween(clock, { ...next, dueAt: due }),
    late: due !== null && due <= now,
  };
}

/** The pauses that count for a metric; a policy without a list of its own pauses resolution. */
export function pausesFor(
  policy: Pick<PolicyDefinition, 'pause'> | undefined,
  metric: Metric,
  pauses: readonly Pause[],
): readonly Pause[] {
  const paused = policy?.pause?.pausedMetrics ?? ['resolution'];
  return paused.includes(metric) ? pauses : [];
}

/** While a clock stands still its promise moves with its target. */
function movedBetween(before: OpenClock, after: Pick<Renewal, 'dueAt' | 'targetMinutes' | 'time'>): boolean {
  if (before.dueAt?.getTime() !== after.dueAt?.getTime()) return true;
  return after.dueAt === null && (before.targetMinutes !== after.targetMinutes || before.time !== after.time);
}
