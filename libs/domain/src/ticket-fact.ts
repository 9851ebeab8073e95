import { businessMs } from './business-hours';
import type { Pause } from './sla-clock';
import { isOpen } from './ticket-status';
import { localParts } from './zone';
import { holdingFacts, responseFacts, type HoldingFact, type ResponseFact } from './ticket-fact-stretches';
import {
  calendarOf,
  seconds,
  type Calendars,
  type FactClock,
  type FactEvent,
  type FactSource,
  type FactTicket,
} from './ticket-fact-source';
import { INTERVAL_MINUTES } from './forecast';

/** What reports know of one ticket. Durations in whole seconds, days local. */
export interface TicketFact extends Omit<FactTicket, 'status' | 'assigneeId'> {
  day: string;
  intervalNo: number;
  agentId: string | null;
  open: boolean;
  waiting: boolean;
  firstBusinessS: number | null;
  firstCalendarS: number | null;
  firstKept: boolean | null;
  firstDecidedOn: string | null;
  resolutionBusinessS: number | null;
  resolutionCalendarS: number | null;
  resolutionKept: boolean | null;
  resolutionDecidedOn: string | null;
  reopened: number;
  transfers: number;
  escalations: number;
  responses: ResponseFact[];
  holdings: HoldingFact[];
  /** Hubs that had it in hand besides the one that has it now. */
  otherHolders: string[];
}

/**
 * The facts of a ticket, from its row, its clocks and its events; always worked out from the beginning, so that the order in which news
 * arrive cannot matter. First response: the first reply of a person. Resolution: until the last time it was resolved, and nothing while
 * it is open again; its business time leaves out pauses and the time between a resolution and a reopening.
 */
export function ticketFact(source: FactSource, calendars: Calendars): TicketFact {
  const { ticket, clocks, pauses, events } = source;
  const { status, assigneeId, ...kept } = ticket;
  const { date, minute } = localParts(ticket.openedAt);
  const holdings = holdingFacts(source, calendarOf(first(clocks), calendars));
  const count = (is: (event: FactEvent) => boolean): number => events.filter(is).length;
  return {
    ...kept,
    day: date,
    intervalNo: Math.floor(minute / INTERVAL_MINUTES),
    open: isOpen(status),
    waiting: assigneeId === null && (status === 'new' || status === 'open'),
    ...firstResponse(ticket, clocks, events, calendars),
    ...resolution(ticket, clocks, pauses, calendars),
    reopened: count(isReopening),
    transfers: count(isTransfer),
    escalations: count((event) => event.type === 'ticket.escalated'),
    responses: responseFacts(clocks, events, calendars),
    holdings,
    otherHolders: [...new Set(holdings.map((one) => one.hubId))].filter((id) => id !== ticket.hubId).sort(),
  };
}

/** The clock by whose calendar the ticket itself is measured. */
function first(clocks: readonly FactClock[]): FactClock | undefined {
  return clocks.find((clock) => clock.metric === 'first_response') ?? clocks[0];
}

/** New rules may ask for other skills in the same queue, which moves nothing. */
function isTransfer({ type, data }: FactEvent): boolean {
  return type === 'ticket.routed' && (data.from === undefined || data.from !== data.queueId);
}

const AFTER_WORK: readonly unknown[] = ['answered', 'resolved', 'closed'];

function isReopening({ type, data }: FactEvent): boolean {
  return type === 'ticket.status-changed' && data.to === 'open' && AFTER_WORK.includes(data.from);
}

function firstResponse(
  { openedAt }: FactTicket,
  clocks: readonly FactClock[],
  events: readonly FactEvent[],
  calendars: Calendars,
) {
  const reply = events.find((event) => event.type === 'ticket.replied');
  const own = clocks.filter((clock) => clock.metric === 'first_response');
  const calendar = calendarOf(first(clocks), calendars);
  return {
    agentId: reply?.actorId ?? null,
    firstCalendarS: reply ? seconds(reply.at.getTime() - openedAt.getTime()) : null,
    firstBusinessS: reply && calendar ? seconds(businessMs(calendar, openedAt, reply.at)) : null,
    ...named('first', outcomeOf(own)),
  };
}

function resolution(
  { openedAt }: FactTicket,
  clocks: readonly FactClock[],
  pauses: readonly Pause[],
  calendars: Calendars,
) {
  const own = clocks
    .filter((clock) => clock.metric === 'resolution' && clock.state !== 'cancelled')
    .sort((a, b) => a.cycle - b.cycle);
  const metAt = own.at(-1)?.metAt ?? null;
  const worked = own.reduce((sum, clock) => sum + workedMs(clock, pauses, calendars), 0);
  return {
    resolutionCalendarS: metAt ? seconds(metAt.getTime() - openedAt.getTime()) : null,
    resolutionBusinessS: metAt ? seconds(worked) : null,
    ...named('resolution', outcomeOf(own)),
  };
}

/** Opening hours between start and end of a clock, pauses left out: they follow one another and never overlap. */
function workedMs(clock: FactClock, pauses: readonly Pause[], calendars: Calendars): number {
  const { startedAt, metAt } = clock;
  const calendar = calendarOf(clock, calendars);
  if (!metAt || !calendar) return 0;
  const paused = pauses.reduce((sum, { from, to }) => {
    const begin = from > startedAt ? from : startedAt;
    const end = to && to < metAt ? to : metAt;
    return sum + businessMs(calendar, begin, end);
  }, 0);
  return businessMs(calendar, startedAt, metAt) - paused;
}

interface Outcome {
  kept: boolean | null;
  at: Date | null;
}

/** Broken once is broken; kept when every cycle that counts was met; else not known yet. */
function outcomeOf(clocks: readonly FactClock[]): Outcome {
  const counting = clocks.filter((clock) => clock.state !== 'cancelled');
  const breaches = counting.flatMap((clock) => clock.breachedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  if (breaches.length > 0) return { kept: false, at: breaches[0] };
  if (counting.length === 0 || counting.some((clock) => !clock.metAt)) return { kept: null, at: null };
  const at = new Date(Math.max(...counting.map((clock) => clock.metAt!.getTime())));
  return { kept: true, at };
}

function named<P extends 'first' | 'resolution'>(prefix: P, { kept, at }: Outcome) {
  const decidedOn = at ? localParts(at).date : null;
  return { [`${prefix}Kept`]: kept, [`${prefix}DecidedOn`]: decidedOn } as Record<`${P}Kept`, boolean | null> &
    Record<`${P}DecidedOn`, string | null>;
}
