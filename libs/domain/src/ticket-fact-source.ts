import type { BusinessCalendar } from './business-hours';
import type { Pause } from './sla-clock';
import type { Metric } from './sla-policy';
import type { ClockState, Status } from './ticket';

export type Calendars = ReadonlyMap<string, BusinessCalendar>;

/** What a ticket is, as it stands. */
export interface FactTicket {
  ticketId: string;
  hubId: string;
  queueId: string;
  openedAt: Date;
  placeCode: string;
  regionCode: string;
  channel: string;
  language: string;
  categoryCode: string;
  kind: string;
  priority: string;
  level: string;
  status: Status;
  assigneeId: string | null;
}

export interface FactClock {
  metric: Metric;
  cycle: number;
  /** The hub whose time it is, of holding clocks. */
  holderId: string | null;
  state: ClockState;
  calendarVersionId: string;
  startedAt: Date;
  metAt: Date | null;
  breachedAt: Date | null;
}

export interface FactEvent {
  type: string;
  at: Date;
  actorId: string | null;
  data: Record<string, unknown>;
}

/** The events that change a fact; all others leave it as it is. */
export const FACT_EVENTS = [
  'ticket.created',
  'ticket.replied',
  'ticket.status-changed',
  'ticket.assigned',
  'ticket.changed',
  'ticket.routed',
  'ticket.escalated',
  'clock.started',
  'clock.met',
  'clock.moved',
  'clock.breached',
  'clock.cancelled',
  'clock.restored',
] as const;

export interface FactSource {
  ticket: FactTicket;
  clocks: readonly FactClock[];
  pauses: readonly Pause[];
  /** Those of FACT_EVENTS, in their order. */
  events: readonly FactEvent[];
  nationalHubId: string | null;
}

export function calendarOf(clock: FactClock | undefined, calendars: Calendars): BusinessCalendar | undefined {
  return clock && calendars.get(clock.calendarVersionId);
}

export const seconds = (ms: number): number => Math.max(0, Math.round(ms / 1000));
