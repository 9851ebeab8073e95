import { DAY_MS } from './zone';

/** An event of one ticket, as far as it says who has the ticket in hand. */
export interface HandEvent {
  type: string;
  at: Date;
  hubId: string | null;
  data: Record<string, unknown>;
}

/** A stretch of time in which one hub had the ticket in hand; `to` null: it still has. */
export interface Holding {
  holderId: string;
  from: Date;
  to: Date | null;
}

export const HAND_EVENTS = [
  'ticket.assigned',
  'ticket.escalated',
  'ticket.routed',
  'ticket.replied',
  'ticket.status-changed',
] as const;

/** What is older than this is history that was loaded, not work in hand. */
const LONGEST_MS = DAY_MS;

export interface Hands {
  /** Who has it before the events, null when nobody's time runs. */
  holder: Pick<Holding, 'holderId'> | null;
  /** The ticket was at the national level before them. */
  national: boolean;
  nationalHubId: string;
  now: Date;
}

/**
 * The time of hubs, internal: it begins when somebody of a hub takes a ticket, passes to the national hub with an escalation there and to
 * another hub with a transfer, and ends with a public answer, with the solution, or with the next holder. Who hands over inside a hub
 * changes nothing. Returns when the holding before the events ended (null: it goes on) and those that began, in order.
 */
export function followHands(before: Hands, events: readonly HandEvent[]): { endedAt: Date | null; began: Holding[] } {
  const began: Holding[] = [];
  let endedAt: Date | null = null;
  let running: Pick<Holding, 'holderId'> | Holding | null = before.holder;
  let { national } = before;
  const end = (at: Date): void => {
    if (running && 'from' in running) running.to = at;
    else if (running) endedAt = at;
    running = null;
  };
  const begin = (holderId: string, at: Date): void => {
    if (running?.holderId === holderId || before.now.getTime() - at.getTime() > LONGEST_MS) return;
    end(at);
    running = { holderId, from: at, to: null };
    began.push(running);
  };
  for (const { type, at, hubId, data } of events) {
    if (type === 'ticket.escalated' && data.to === 'national') national = true;
    if (ends(type, data)) end(at);
    else if (takes(type, data)) begin(national ? before.nationalHubId : hubId!, at);
  }
  return { endedAt, began };
}

/**
 * All stretches of a ticket's life, from its log alone. Events follow their ticket when it moves, so that who had it when is found from
 * where it is now, backwards. @param events those of HAND_EVENTS, in order
 */
export function allHoldings(
  events: readonly Omit<HandEvent, 'hubId'>[],
  hubId: string,
  nationalHubId: string | null,
): Holding[] {
  let at = hubId;
  const placed = [...events].reverse().map((event): HandEvent => {
    const placedEvent = { ...event, hubId: at };
    if (event.type === 'ticket.routed' && typeof event.data.fromHubId === 'string') at = event.data.fromHubId;
    return placedEvent;
  });
  const start: Hands = { holder: null, national: false, nationalHubId: nationalHubId ?? hubId, now: new Date(0) };
  return followHands(start, placed.reverse()).began;
}

function ends(type: string, { to }: HandEvent['data']): boolean {
  return type === 'ticket.replied' || (type === 'ticket.status-changed' && (to === 'resolved' || to === 'closed'));
}

function takes(type: string, { to, fromHubId }: HandEvent['data']): boolean {
  if (type === 'ticket.assigned') return typeof to === 'string';
  if (type === 'ticket.escalated') return to === 'national';
  return type === 'ticket.routed' && typeof fromHubId === 'string';
}
