import type { WorkKind } from './work-item';

/** Points of every agent. */
export const CAPACITY = 100;

/** Points that work of a kind takes while it is on offer, in hand or in wrap-up; a ticket merely owned takes none. */
export const COST: Record<WorkKind, number> = {
  call: 100,
  callback: 100,
  chat: 30,
  portal_message: 25,
  email: 20,
  ticket_task: 20,
  voicemail: 20,
};

/** How many of a kind one agent may have, whatever the points; null = the points decide. */
export const LIMIT: Record<WorkKind, number | null> = {
  call: 1,
  callback: 1,
  chat: 3,
  portal_message: null,
  email: null,
  ticket_task: null,
  voicemail: null,
};

/** Seconds an offer stands when its queue does not say. */
export const OFFER_SECONDS: Record<WorkKind, number> = {
  call: 20,
  callback: 60,
  chat: 60,
  portal_message: 4 * 3_600,
  email: 4 * 3_600,
  ticket_task: 4 * 3_600,
  voicemail: 4 * 3_600,
};

/** Longest wrap-up in seconds when the queue does not say; 0 = none. */
export const WRAP_UP_SECONDS: Record<WorkKind, number> = {
  call: 60,
  callback: 60,
  chat: 30,
  portal_message: 0,
  email: 0,
  ticket_task: 0,
  voicemail: 0,
};

/** One item that an agent has on offer or in hand. */
export interface Load {
  itemId: string;
  kind: WorkKind;
  state: 'offered' | 'accepted' | 'active' | 'held' | 'wrap_up';
  cost: number;
  /** Interrupted by something more urgent: costs nothing and resumes first. */
  suspended: boolean;
  /** Planned in the tick under way: nothing of the same tick pushes it out. */
  planned?: boolean;
}

/** What has to give way so that an item fits: work is suspended, an offer that nobody took goes back. */
export interface Room {
  suspends: string[];
  rescinds: string[];
}

/** A hub may let calls interrupt chats too. */
export interface InterruptRules {
  overChat?: boolean;
}

/** Points in use. */
export function pointsUsed(load: readonly Load[]): number {
  return load.reduce((sum, one) => sum + (one.suspended ? 0 : one.cost), 0);
}

/** Whether work of this kind ever interrupts other work. */
export function interruptsAnything(kind: WorkKind): boolean {
  return kind === 'call';
}

/** Whether work of a kind may be offered over work of another. */
export function mayInterrupt(kind: WorkKind, over: WorkKind, rules: InterruptRules = {}): boolean {
  if (!interruptsAnything(kind)) return false;
  return over === 'ticket_task' || over === 'email' || (over === 'chat' && rules.overChat === true);
}

/**
 * Whether an item of a kind and cost fits beside what the agent has, and what gives way for it; null when it does not.
 * Nothing fits during wrap-up. As little as possible gives way, the last come first.
 */
export function roomFor(
  item: { kind: WorkKind; cost: number },
  load: readonly Load[],
  rules: InterruptRules = {},
): Room | null {
  if (load.some((one) => one.state === 'wrap_up') || atLimit(item.kind, load)) return null;
  const room: Room = { suspends: [], rescinds: [] };
  let missing = pointsUsed(load) + item.cost - CAPACITY;
  const yielding = load.filter((one) => !one.suspended && !one.planned && mayInterrupt(item.kind, one.kind, rules));
  for (const one of yielding.reverse()) {
    if (missing <= 0) break;
    missing -= one.cost;
    (one.state === 'offered' ? room.rescinds : room.suspends).push(one.itemId);
  }
  return missing <= 0 ? room : null;
}

const VOICE: readonly WorkKind[] = ['call', 'callback'];

/** What a call that somebody has answered takes: points, and what gives way or is over with it. */
export interface LineRoom extends Room {
  cost: number;
  /** Writing up of an earlier call: whoever talks again has finished it. */
  ends: string[];
}

/**
 * Room for a call that a telephone system has put through: nobody asked whether it fits, so it takes all that is left. Offers go back,
 * tasks and mails are suspended, chats stay. Null while another call or callback is in hand: the line is counted once.
 */
export function roomOnLine(load: readonly Load[]): LineRoom | null {
  const voice = load.filter((one) => VOICE.includes(one.kind) && one.state !== 'offered');
  if (voice.some((one) => one.state !== 'wrap_up')) return null;
  const ids = (of: readonly Load[]): string[] => of.map((one) => one.itemId);
  const rest = load.filter((one) => one.state !== 'offered' && !voice.includes(one));
  const gives = rest.filter((one) => !one.suspended && one.state !== 'wrap_up' && mayInterrupt('call', one.kind));
  return {
    ends: ids(voice),
    rescinds: ids(load.filter((one) => one.state === 'offered')),
    suspends: ids(gives),
    cost: CAPACITY - pointsUsed(rest.filter((one) => !gives.includes(one))),
  };
}

function atLimit(kind: WorkKind, load: readonly Load[]): boolean {
  const limit = LIMIT[kind];
  return limit !== null && load.filter((one) => one.kind === kind).length >= limit;
}

/** The load after an item was offered in the room found for it. */
export function withOffer(
  load: readonly Load[],
  item: { id: string; kind: WorkKind; cost: number },
  room: Room,
): Load[] {
  const rest = load
    .filter((one) => !room.rescinds.includes(one.itemId))
    .map((one) => (room.suspends.includes(one.itemId) ? { ...one, suspended: true } : one));
  return [
    ...rest,
    { itemId: item.id, kind: item.kind, state: 'offered', cost: item.cost, suspended: false, planned: true },
  ];
}
