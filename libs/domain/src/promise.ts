import type { BusinessCalendar } from './business-hours';
import { dueSteps, escalationOf, type DueStep, type EscalatingPolicy } from './ladder';
import { dueAt, type Pause } from './sla-clock';
import { targetFor, type Metric, type PolicyDefinition, type Priority, type TimeKind } from './sla-policy';
import type { Status } from './ticket';
import { endsResolution, pausesResolution } from './ticket-status';

/** The metrics that a creation promises to the association. */
export const PROMISED = ['first_response', 'resolution'] as const satisfies readonly Metric[];

/** Holding is the hub's own time: the association neither sees it nor is anything due to it. */
export const isPromise = ({ metric }: { metric: Metric }): boolean => metric !== 'holding';

/** It runs or stands still. */
export const isOpenClock = ({ state }: { state: string }): boolean => state === 'running' || state === 'paused';

/** A promise before it is written. */
export interface PlannedClock {
  metric: Metric;
  time: TimeKind;
  targetMinutes: number;
  startedAt: Date;
  dueAt: Date;
  /** When the sweeper acts on it, the first first. */
  steps: DueStep[];
}

/** The clocks that start with a ticket under a policy, with all that will become due of each; none for what it does not promise. */
export function planPromise(
  policy: PolicyDefinition,
  priority: Priority,
  calendar: BusinessCalendar,
  startedAt: Date,
): PlannedClock[] {
  return PROMISED.flatMap((metric) => {
    const target = targetFor(policy, priority, metric);
    if (!target) return [];
    const clock = { startedAt, minutes: target.minutes, time: target.time, calendar, pauses: [] };
    return [
      {
        metric,
        time: target.time,
        targetMinutes: target.minutes,
        startedAt,
        dueAt: dueAt(clock)!,
        steps: dueSteps(clock, escalationOf(policy, metric)),
      },
    ];
  });
}

/** A clock as stored, with what is needed to move it. */
export interface LiveClock {
  id: string;
  metric: Metric;
  cycle: number;
  time: TimeKind;
  targetMinutes: number;
  startedAt: Date;
  dueAt: Date | null;
  state: 'running' | 'paused' | 'met' | 'cancelled';
  policyVersionId: string;
  calendarVersionId: string;
  calendar: BusinessCalendar;
  /** What becomes due besides the breach; null when its policy is gone. */
  policy: EscalatingPolicy | null;
  /** The policy lets this metric stand still while we wait for others. */
  pausable: boolean;
}

/** `steps`: when the sweeper acts on it, unless it has already. A breach that was due before the act still counts, whatever came after. */
export interface MovedClock extends Pick<LiveClock, 'id' | 'metric' | 'state' | 'dueAt'> {
  metAt: Date | null;
  steps: DueStep[];
}

/** What holds for a ticket now: the policy that its facts choose today, and the hub's calendar. */
export interface InForce extends Pick<LiveClock, 'policyVersionId' | 'calendarVersionId' | 'calendar'> {
  policy: PolicyDefinition;
  priority: Priority;
}

/**
 * A clock that starts later than its ticket: resolution promised anew after a reopening, or the next response that a message of the
 * association asks for. It stands still when it begins in a pause. `renewed`: policy or calendar are other ones than the ticket's were.
 */
export interface NextCycle extends Pick<LiveClock, 'policyVersionId' | 'calendarVersionId'> {
  metric: Metric;
  cycle: number;
  time: TimeKind;
  targetMinutes: number;
  state: 'running' | 'paused';
  dueAt: Date | null;
  steps: DueStep[];
  renewed: boolean;
}

/** What one act changes of the promise: clocks to rewrite, a pause to open or close, clocks that start. */
export interface PromiseChange {
  clocks: MovedClock[];
  openPause: boolean;
  closePause: boolean;
  started: NextCycle[];
  nextDueAt: Date | null;
}

export interface StatusStep {
  from: Status;
  to: Status;
  /** The reason of on_hold allows the clock to stand still. */
  holdPauses: boolean;
  /** A person of the hub has answered in public: automatic replies do not count. */
  humanReply: boolean;
  /** A public message of the association: the target of the next response, null when the policy promises none. */
  asks?: { minutes: number; time: TimeKind } | null;
  /** Asked only where no clock of the ticket is open: one that is has followed what was published since. */
  inForce?: InForce | null;
  now: Date;
}

/**
 * Moves the promise along one step. A human reply meets first and next response; waiting for others pauses what the policy lets
 * pause; resolved or closed meets all; opening again after that starts a new cycle of resolution, and a message of the association
 * starts a next response unless one is owed already. What starts takes policy and calendar of the clock that is open, else those in force. Pauses are those of the ticket, the open one last.
 */
export function stepPromise(clocks: readonly LiveClock[], pauses: readonly Pause[], step: StatusStep): PromiseChange {
  const change: PromiseChange = {
    clocks: [],
    openPause: false,
    closePause: false,
    started: [],
    nextDueAt: null,
  };
  const paused = pauses.some((pause) => pause.to === null);
  const ends = endsResolution(step.to);
  const pauseNow = !ends && pausesResolution(step.to, step.holdPauses);
  change.openPause = pauseNow && !paused;
  change.closePause = !pauseNow && paused;
  const after = pausesAfter(pauses, step.now, change);
  for (const clock of clocks) moveClock(clock, after, { ...step, ends, pauseNow }, change);
  const begin = { now: step.now, pauses: after, inForce: step.inForce };
  if (endsResolution(step.from) && !ends) change.started.push(...nextCycle(clocks, 'resolution', begin));
  if (step.asks && !ends && !owesResponse(clocks)) {
    change.started.push(...nextCycle(clocks, 'next_response', { ...begin, target: step.asks }));
  }
  change.nextDueAt = nextDue(clocks, change);
  return change;
}

function pausesAfter(pauses: readonly Pause[], now: Date, change: PromiseChange): Pause[] {
  const closed = change.closePause ? pauses.map((pause) => (pause.to ? pause : { ...pause, to: now })) : [...pauses];
  return change.openPause ? [...closed, { from: now, to: null }] : closed;
}

type ClockStep = StatusStep & { ends: boolean; pauseNow: boolean };

function moveClock(clock: LiveClock, pauses: Pause[], step: ClockStep, change: PromiseChange): void {
  if (!isOpenClock(clock)) return;
  if (step.ends || (step.humanReply && clock.metric.endsWith('response'))) {
    change.clocks.push(metClock(clock, step.now));
  } else if (clock.pausable && step.pauseNow !== (clock.state === 'paused')) {
    change.clocks.push(turnedClock(clock, pauses, step.pauseNow));
  }
}

function metClock({ id, metric, dueAt: due }: LiveClock, now: Date): MovedClock {
  const late = due !== null && due <= now;
  return { id, metric, state: 'met', dueAt: due, metAt: now, steps: late ? breachOnly(due) : [] };
}

/** Paused or running again; counted from its own start with the pauses as they now are. */
function turnedClock(clock: LiveClock, pauses: Pause[], pause: boolean): MovedClock {
  const { id, metric, startedAt, targetMinutes: minutes, time, calendar, policy } = clock;
  const shape = { startedAt, minutes, time, calendar, pauses };
  const due = dueAt(shape);
  const steps = pause ? breachOnly(due) : dueSteps(shape, escalationOf(policy, metric));
  return { id, metric, state: pause ? 'paused' : 'running', dueAt: due, metAt: null, steps };
}

/** Of a clock that does not run, only the breach that was due before it stopped. */
export const breachOnly = (due: Date | null): DueStep[] => (due ? [{ kind: 'breach', at: due }] : []);

/** A first or next response is running: the association waits for an answer that is promised already. */
function owesResponse(clocks: readonly LiveClock[]): boolean {
  return clocks.some((clock) => clock.metric.endsWith('response') && isOpenClock(clock));
}

interface Begin {
  now: Date;
  pauses: readonly Pause[];
  inForce: InForce | null | undefined;
  /** Of a metric that the ticket has not had yet. */
  target?: { minutes: number; time: TimeKind };
}

type Model = Omit<InForce, 'policy' | 'priority'> & Pick<LiveClock, 'policy' | 'pausable'>;

/** The clock of a metric that begins now: the next cycle of the last one, else the first. */
function nextCycle(clocks: readonly LiveClock[], metric: NextCycle['metric'], begin: Begin): NextCycle[] {
  const [last] = clocks.filter((clock) => clock.metric === metric).sort((a, b) => b.cycle - a.cycle);
  const former = last ?? clocks[0];
  const open = clocks.find(isOpenClock);
  const { inForce } = begin;
  if (!open && inForce) {
    const target = begin.target ?? targetFor(inForce.policy, inForce.priority, metric);
    const pausable = inForce.policy.pause.pausedMetrics.includes(metric);
    return cycleOf({ ...inForce, pausable }, metric, { ...begin, target }, { last, former });
  }
  const model = open ?? former;
  if (!model) return [];
  const target = begin.target ?? (last ? { minutes: last.targetMinutes, time: last.time } : null);
  return cycleOf({ ...model, pausable: (last ?? model).pausable }, metric, { ...begin, target }, { last, former });
}

/** None without a target. */
function cycleOf(
  { policyVersionId, calendarVersionId, calendar, policy, pausable }: Model,
  metric: NextCycle['metric'],
  { now, pauses, target }: Omit<Begin, 'target'> & { target: Begin['target'] | null },
  before: { last?: LiveClock; former?: LiveClock },
): NextCycle[] {
  if (!target) return [];
  const { minutes: targetMinutes, time } = target;
  const shape = { startedAt: now, minutes: targetMinutes, time, calendar, pauses: pausable ? pauses : [] };
  const due = dueAt(shape);
  const { former, last } = before;
  return [
    {
      policyVersionId,
      calendarVersionId,
      metric,
      cycle: (last?.cycle ?? 0) + 1,
      time,
      targetMinutes,
      state: due ? 'running' : 'paused',
      dueAt: due,
      steps: dueSteps(shape, escalationOf(policy, metric)),
      renewed:
        former !== undefined &&
        (former.policyVersionId !== policyVersionId || former.calendarVersionId !== calendarVersionId),
    },
  ];
}

/** The nearest due instant of the clocks that run; null when nothing runs. */
function nextDue(clocks: readonly LiveClock[], change: PromiseChange): Date | null {
  const moved = new Map(change.clocks.map((clock) => [clock.id, clock]));
  const dues = clocks.flatMap((clock) => {
    const now = moved.get(clock.id) ?? clock;
    return now.state === 'running' && now.dueAt ? [now.dueAt.getTime()] : [];
  });
  for (const { dueAt: due } of change.started) if (due) dues.push(due.getTime());
  return dues.length > 0 ? new Date(Math.min(...dues)) : null;
}
