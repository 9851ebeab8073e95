import { seesRestricted, type Actor } from '@app/domain/access';
import { audienceOf, type EventType } from '@app/domain/events';

/** Figures of all hubs. */
export const ALL_FIGURES = 'figures:all';

/** The columns of an event and of its ticket, as it is now, that decide who is poked. */
export interface PokedEvent {
  type: EventType;
  /** data.accountId */
  accountId: string | null;
  /** Of an event that is about no ticket. */
  hubId: string | null;
  ticket: {
    id: string;
    hubId: string;
    associationId: string | null;
    requesterAccountId: string | null;
    assigneeId: string | null;
    restricted: boolean;
  } | null;
}

export const ticketRoom = (ticketId: string): string => `ticket:${ticketId}`;
export const ticketStaffRoom = (ticketId: string): string => `ticket:${ticketId}:staff`;
export const figuresRoom = (hubId: string): string => `figures:${hubId}`;

/** People of hubs and lent experts: those who see each other on a ticket. */
export function isStaff(actor: Actor): boolean {
  return actor.role === 'agent' || actor.role === 'supervisor' || actor.role === 'expert';
}

/**
 * The rooms that an actor joins on each connect: never asked by name. A personal room carries its boundary, because one account
 * may act in several memberships. Lent tickets (experts, other hubs) are reached by `watch` only.
 */
export function roomsOf(actor: Actor): string[] {
  const { accountId, hubId, associationId } = actor;
  const own = [`user:${accountId}`];
  switch (actor.role) {
    case 'agent':
    case 'supervisor':
      if (!hubId) return own;
      return [
        ...own,
        `hub:${hubId}`,
        `hub:${hubId}:agent:${accountId}`,
        ...(seesRestricted(actor) ? [`hub:${hubId}:restricted`] : []),
        figuresRoom(hubId),
      ];
    case 'manager':
      return associationId ? [...own, `association:${associationId}`] : own;
    case 'member':
      return associationId ? [...own, `association:${associationId}:member:${accountId}`] : own;
    case 'coordinator':
      return [...own, ALL_FIGURES];
    default:
      return own;
  }
}

/** The rooms that an event pokes. */
export function roomsPoked(event: PokedEvent): string[] {
  const audience = audienceOf(event.type);
  if (audience === 'account') return event.accountId ? [`user:${event.accountId}`] : [];
  if (audience === 'hub') return hubRooms(event);
  const { ticket } = event;
  if (audience === 'nobody' || !ticket) return [];
  const rooms = [ticketStaffRoom(ticket.id)];
  if (ticket.restricted) {
    rooms.push(`hub:${ticket.hubId}:restricted`);
    if (ticket.assigneeId) rooms.push(`hub:${ticket.hubId}:agent:${ticket.assigneeId}`);
  } else {
    rooms.push(`hub:${ticket.hubId}`);
  }
  if (audience === 'public') rooms.push(...requesterRooms(ticket));
  return rooms;
}

/** The hub as a whole, and the one it is about, who may stand elsewhere. */
function hubRooms({ hubId, accountId }: PokedEvent): string[] {
  return [...(hubId ? [`hub:${hubId}`] : []), ...(accountId ? [`user:${accountId}`] : [])];
}

function requesterRooms(ticket: NonNullable<PokedEvent['ticket']>): string[] {
  const rooms = [ticketRoom(ticket.id)];
  if (!ticket.associationId) return rooms;
  rooms.push(`association:${ticket.associationId}`);
  if (ticket.requesterAccountId) {
    rooms.push(`association:${ticket.associationId}:member:${ticket.requesterAccountId}`);
  }
  return rooms;
}
