import type { BusinessCalendar } from '@app/domain/business-hours';
import { dueAt, type Pause } from '@app/domain/sla-clock';
import type { Metric, TimeKind } from '@app/domain/sla-policy';
import type { ClockState } from '@app/domain/ticket';
import { compare, type Finding, shown } from './finding';

export interface StoredClock {
  id: string;
  ticketId: string;
  metric: Metric;
  calendarVersionId: string;
  /** Its policy lets it stand still. */
  pausable: boolean;
  time: TimeKind;
  targetMinutes: number;
  startedAt: Date;
  dueAt: Date | null;
  state: ClockState;
  metAt: Date | null;
  warnedAt: Date | null;
  breachedAt: Date | null;
}

export interface ClockEvent {
  type: string;
  at: Date;
  data: Record<string, unknown>;
}

/** All that a clock says of itself, against its own events (in order) and the pauses of its ticket. */
export function checkClock(
  clock: StoredClock,
  events: readonly ClockEvent[],
  pauses: readonly Pause[],
  calendar: BusinessCalendar,
): Finding[] {
  return [
    ...checkOnce('clock.met', clock, clock.metAt, events.map(metAtOf)),
    ...checkOnce('clock.breached', clock, clock.breachedAt, events),
    ...checkWarned(clock, events),
    ...checkDue(clock, pauses, calendar),
  ];
}

/** What follows the log ends at the instant of an event, and says so later. */
function metAtOf(event: ClockEvent): ClockEvent {
  return typeof event.data.metAt === 'string' ? { ...event, at: new Date(event.data.metAt) } : event;
}

function checkOnce(type: string, clock: StoredClock, instant: Date | null, events: readonly ClockEvent[]): Finding[] {
  const logged = events.filter((event) => event.type === type).map((event) => event.at.toISOString());
  return compare(type, clock.id, logged, instant ? [instant.toISOString()] : []);
}

/** A clock that was moved may be warned about once more, and may forget the warning before. */
function checkWarned(clock: StoredClock, events: readonly ClockEvent[]): Finding[] {
  let last: Date | null = null;
  let due = true;
  for (const event of events) {
    if (event.type === 'clock.moved') due = true;
    if (event.type !== 'clock.warned') continue;
    if (!due) return [{ what: 'clock.warned', id: clock.id, expected: 'one warning', found: 'another without a move' }];
    last = event.at;
    due = false;
  }
  const forgotten = due && clock.warnedAt === null;
  return forgotten ? [] : compare('clock.warned', clock.id, last, clock.warnedAt);
}

/** The due time was last worked out when the clock last moved: what happened after it was met does not count. */
function checkDue(clock: StoredClock, pauses: readonly Pause[], calendar: BusinessCalendar): Finding[] {
  if (clock.state === 'cancelled') return [];
  const { startedAt, targetMinutes: minutes, time } = clock;
  const cuts = lastPauses(clock, pauses);
  const allowed = cuts.map((cut) => dueAt({ startedAt, minutes, time, calendar, pauses: cut }));
  // While it stands still, nothing need be due.
  if (cuts.some((cut) => cut.some((pause) => pause.to === null))) allowed.push(null);
  if (allowed.some((due) => shown(due) === shown(clock.dueAt))) return [];
  return compare('clock.due', clock.id, allowed[0], clock.dueAt);
}

/** The pauses that counted; two answers when a pause ended in the act that met the clock. */
function lastPauses({ pausable, metAt }: StoredClock, pauses: readonly Pause[]): Pause[][] {
  if (!pausable) return [[]];
  if (!metAt) return [[...pauses]];
  const before = pauses.filter((pause) => pause.from < metAt);
  const stillOpen = before.map((pause) => (pause.to && pause.to < metAt ? pause : { ...pause, to: null }));
  return [before, stillOpen];
}
