import { businessMs, type BusinessCalendar } from './business-hours';
import { allHoldings, HAND_EVENTS } from './holding';
import {
  calendarOf,
  seconds,
  type Calendars,
  type FactClock,
  type FactEvent,
  type FactSource,
} from './ticket-fact-source';

/** An answer that was owed after the first: a message of the association asked for it. */
export interface ResponseFact {
  /** Who gave it; null while nobody has. */
  agentId: string | null;
  /** Null without an answer, as when the ticket was resolved without one. */
  businessS: number | null;
  calendarS: number | null;
  /** Null until it is known whether the promise was kept. */
  kept: boolean | null;
}

/** A stretch of time in which one hub had the ticket in hand. */
export interface HoldingFact {
  hubId: string;
  /** Null while it goes on. */
  businessS: number | null;
  calendarS: number | null;
  /** Against the target of the policy; null without one, and until it is known. */
  kept: boolean | null;
}

/** Each next response by its own clock: from the message that asked until the first answer of a person. */
export function responseFacts(
  clocks: readonly FactClock[],
  events: readonly FactEvent[],
  calendars: Calendars,
): ResponseFact[] {
  return clocks
    .filter((clock) => clock.metric === 'next_response' && clock.state !== 'cancelled')
    .sort((a, b) => a.cycle - b.cycle)
    .map((clock) => {
      const { startedAt, metAt } = clock;
      const answer =
        metAt && events.find(({ type, at }) => type === 'ticket.replied' && at >= startedAt && at <= metAt);
      return {
        agentId: answer?.actorId ?? null,
        ...timeOf(startedAt, answer?.at, calendarOf(clock, calendars)),
        kept: keptOf(clock),
      };
    });
}

/** Stretches from the log, whether a target holds for them or not; with a target, what became of its clock. */
export function holdingFacts(
  { ticket, clocks, events, nationalHubId }: FactSource,
  calendar?: BusinessCalendar,
): HoldingFact[] {
  const hands = events.filter((event) => (HAND_EVENTS as readonly string[]).includes(event.type));
  const own = clocks.filter((clock) => clock.metric === 'holding' && clock.state !== 'cancelled');
  return allHoldings(hands, ticket.hubId, nationalHubId).map(({ holderId: hubId, from, to }) => {
    const clock = own.find((one) => one.holderId === hubId && one.startedAt.getTime() === from.getTime());
    return { hubId, ...timeOf(from, to, calendar), kept: clock ? keptOf(clock) : null };
  });
}

function timeOf(from: Date, to: Date | null | undefined, calendar: BusinessCalendar | undefined) {
  return {
    businessS: to && calendar ? seconds(businessMs(calendar, from, to)) : null,
    calendarS: to ? seconds(to.getTime() - from.getTime()) : null,
  };
}

function keptOf({ breachedAt, metAt }: FactClock): boolean | null {
  if (breachedAt) return false;
  return metAt ? true : null;
}
