import type { BusinessCalendar } from '@app/domain/business-hours';
import { applyLiveEvent, countsOf, type LiveEvent, type LiveTicket } from '@app/domain/live-figures';
import { PROMISED } from '@app/domain/promise';
import type { Pause } from '@app/domain/sla-clock';
import type { Status } from '@app/domain/ticket';
import { isOpen } from '@app/domain/ticket-status';
import type { Ask, LogPlace } from '../audit/seal-log';
import { groupByTicket } from './fact-rows';
import { compare, type Finding } from './finding';
import { checkClock, type StoredClock } from './verify-clocks';

const TICKETS_AT_ONCE = 1_000;
const FOLDED = [
  'ticket.created',
  'ticket.status-changed',
  'ticket.assigned',
  'ticket.routed',
  'clock.started',
  'clock.warned',
  'clock.breached',
  'clock.moved',
  'clock.met',
  'clock.cancelled',
  'clock.restored',
];

interface TicketRow {
  id: string;
  hubId: string;
  status: Status;
  assigneeId: string | null;
  live: LiveTicket | null;
}

interface EventRow extends LiveEvent {
  at: Date;
  /** Whether the live figures know of it already. */
  projected: boolean;
}

export interface TicketTotals {
  tickets: number;
  clocks: number;
  /** Counters as they should be, by hub, metric and account. */
  counters: Map<string, number>;
}

const TICKETS = `
  select t.id, t.hub_id as "hubId", t.status, t.assignee_id as "assigneeId", l.state as live
  from ticket t left join live_ticket l on l.ticket_id = t.id where t.id > $1 order by t.id limit ${TICKETS_AT_ONCE}`;
const EVENTS = `
  select type, at, hub_id as "hubId", ticket_id as "ticketId", data, (xid, id) <= ($2::xid8, $3::bigint) as projected
  from event where ticket_id = any ($1::uuid[]) and type = any ($4) order by id`;
const CLOCKS = `
  select c.id, c.ticket_id as "ticketId", c.metric, c.calendar_version_id as "calendarVersionId", c.time, c.target_minutes as "targetMinutes",
    c.started_at as "startedAt", c.due_at as "dueAt", c.state, c.met_at as "metAt", c.warned_at as "warnedAt", c.breached_at as "breachedAt",
    coalesce(v.definition -> 'pause' -> 'pausedMetrics' ? c.metric, c.metric = 'resolution') as pausable
  from sla_clock c join sla_policy_version v on v.id = c.policy_version_id where c.ticket_id = any ($1::uuid[])`;
const PAUSES = `select ticket_id as "ticketId", from_at as "from", to_at as "to" from sla_pause where ticket_id = any ($1::uuid[])`;

/** Folds the log again, some tickets at a time so that memory stays small, and compares each with what is stored. */
export async function checkTickets(
  ask: Ask,
  cursor: LogPlace,
  calendars: ReadonlyMap<string, BusinessCalendar>,
  report: (findings: Finding[]) => void,
): Promise<TicketTotals> {
  const totals: TicketTotals = { tickets: 0, clocks: 0, counters: new Map() };
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const tickets = await ask<TicketRow>(TICKETS, [last]);
    if (tickets.length === 0) return totals;
    const ids = tickets.map((ticket) => ticket.id);
    const events = groupByTicket(await ask<EventRow>(EVENTS, [ids, cursor.xid, cursor.id, FOLDED]));
    const clocks = groupByTicket(await ask<StoredClock>(CLOCKS, [ids]));
    const pauses = groupByTicket(await ask<Pause & { ticketId: string }>(PAUSES, [ids]));
    for (const ticket of tickets) {
      const own = { events: events.get(ticket.id) ?? [], clocks: clocks.get(ticket.id) ?? [] };
      report(checkTicket(ticket, own.events, totals.counters));
      report(checkPromise(ticket, own, pauses.get(ticket.id) ?? [], calendars));
      totals.clocks += own.clocks.length;
    }
    totals.tickets += tickets.length;
    last = ids.at(-1)!;
  }
}

/** Live figures against the log up to their cursor, the ticket against all of it. */
function checkTicket(ticket: TicketRow, events: readonly EventRow[], counters: Map<string, number>): Finding[] {
  const fold = (state: LiveTicket | null, event: EventRow) => applyLiveEvent(state, event);
  const live = events.filter((event) => event.projected).reduce(fold, null);
  for (const { hubId, metric, accountId } of countsOf(live)) {
    const key = counterKey(hubId, metric, accountId);
    counters.set(key, (counters.get(key) ?? 0) + 1);
  }
  const now = events.reduce(fold, null);
  // A closed ticket leaves the fold, and with it who had it.
  const logged = now && { hubId: now.hubId, status: now.status, assigneeId: now.assigneeId };
  const { hubId, status, assigneeId } = ticket;
  const stored = status === 'closed' ? null : { hubId, status, assigneeId };
  return [
    ...compare('live ticket', ticket.id, live, ticket.live),
    ...compare('ticket', ticket.id, logged, stored),
    ...(events[0]?.type === 'ticket.created' ? [] : compare('ticket.created', ticket.id, 'the first event', null)),
  ];
}

export function counterKey(hubId: string, metric: string, accountId: string | null): string {
  return accountId ? `${hubId} ${metric} ${accountId}` : `${hubId} ${metric}`;
}

function checkPromise(
  ticket: TicketRow,
  own: { events: readonly EventRow[]; clocks: readonly StoredClock[] },
  pauses: readonly Pause[],
  calendars: ReadonlyMap<string, BusinessCalendar>,
): Finding[] {
  const metrics = new Set<string>(own.clocks.map((clock) => clock.metric));
  const missing = isOpen(ticket.status) ? PROMISED.filter((metric) => !metrics.has(metric)) : [];
  const known = new Set(own.clocks.map((clock) => clock.id));
  const stray = own.events.filter((event) => event.data.clockId && !known.has(event.data.clockId as string));
  return [
    ...missing.map((metric) => ({ what: 'clock', id: ticket.id, expected: metric, found: 'nothing' })),
    ...stray.map(({ type, data }) => ({ what: type, id: String(data.clockId), expected: 'a clock', found: 'nothing' })),
    ...own.clocks.flatMap((clock) => {
      const events = own.events.filter((event) => event.data.clockId === clock.id);
      return checkClock(clock, events, pauses, calendars.get(clock.calendarVersionId)!);
    }),
  ];
}
