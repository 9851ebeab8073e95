import type { Role } from './ticket';

export const MEMBERSHIP_KINDS = ['association', 'hub', 'national'] as const;
export type MembershipKind = (typeof MEMBERSHIP_KINDS)[number];

/** Who acts: one account in one membership, or the system itself. */
export interface Actor {
  accountId: string;
  name: string;
  role: Role | 'system';
  hubId: string | null;
  hubIsNational: boolean;
  associationId: string | null;
  /** Of the association acted for: what a ticket copies from it. */
  association: { placeCode: string; nameFr: string; nameAr: string } | null;
  /** May work on restricted tickets. */
  cleared: boolean;
  locale: 'fr' | 'ar';
}

/** Every permission with the roles that hold it; what is not listed is refused. */
export const PERMISSIONS = {
  'me:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'],
  'reference:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'],
  'notifications:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'],
  'tickets:read': ['member', 'manager', 'agent', 'expert', 'supervisor'],
  'tickets:create': ['member', 'manager', 'agent', 'supervisor'],
  'tickets:reply': ['member', 'manager', 'agent', 'expert', 'supervisor'],
  'tickets:note': ['agent', 'supervisor'],
  'tickets:claim': ['agent', 'supervisor'],
  'tickets:assign': ['agent', 'supervisor'],
  'tickets:escalate': ['agent', 'expert', 'supervisor'],
  'tickets:change': ['agent', 'supervisor'],
  'tickets:status': ['member', 'manager', 'agent', 'expert', 'supervisor'],
  'tickets:route': ['supervisor'],
  'associations:read': ['member', 'manager', 'agent', 'supervisor'],
  'associations:create': ['agent', 'supervisor'],
  'associations:change': ['manager', 'agent', 'supervisor'],
  'contacts:read': ['manager', 'agent', 'supervisor'],
  'contacts:write': ['agent', 'supervisor'],
  'work:do': ['agent', 'supervisor'],
  'work:watch': ['supervisor'],
  'reports:read': ['agent', 'supervisor', 'coordinator'],
  'reports:plan': ['supervisor', 'coordinator'],
  'reports:export': ['supervisor', 'coordinator'],
  'hubs:live': ['supervisor', 'agent', 'coordinator'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;
export type TicketAction = Extract<Permission, `tickets:${string}`>;

/** The columns of a ticket that decide who may do what with it. `grant`: a live loan to the actor or its hub. */
export interface TicketSubject {
  hubId: string;
  associationId: string | null;
  requesterAccountId: string | null;
  assigneeId: string | null;
  restricted: boolean;
  grant: 'none' | 'read' | 'write';
}

/** Whether the role of the actor holds the permission at all; the system holds every one. */
export function holds(actor: Actor, permission: Permission): boolean {
  return actor.role === 'system' || (PERMISSIONS[permission] as readonly string[]).includes(actor.role);
}

/**
 * The one policy for a single ticket. Deny by default: without sight of the ticket nothing is allowed,
 * with sight the role's permission decides, and a read-only loan allows reading only.
 */
export function may(actor: Actor, action: TicketAction, ticket: TicketSubject): boolean {
  if (!holds(actor, action)) return false;
  if (sees(actor, ticket)) return true;
  if (ticket.grant === 'none' || !borrows(actor, ticket)) return false;
  return action === 'tickets:read' || ticket.grant === 'write';
}

/** What a list, a search or a room of the actor may contain; `may(…, 'tickets:read', …)` row by row gives the same set. */
export type ListScope =
  | { kind: 'none' }
  | { kind: 'all' }
  | { kind: 'hub'; hubId: string; restrictedOf: string | null }
  | { kind: 'association'; associationId: string; requesterAccountId: string | null }
  | { kind: 'granted' };

/**
 * The set of tickets in the actor's own lists. `restrictedOf`: when set, restricted tickets appear only if
 * assigned to this account. Lent tickets of other hubs are a list of their own (`granted`), never mixed in.
 */
export function listScope(actor: Actor): ListScope {
  switch (actor.role) {
    case 'system':
      return { kind: 'all' };
    case 'member':
    case 'manager':
      if (!actor.associationId) return { kind: 'none' };
      return {
        kind: 'association',
        associationId: actor.associationId,
        requesterAccountId: actor.role === 'manager' ? null : actor.accountId,
      };
    case 'agent':
    case 'supervisor':
      return hubScope(actor);
    case 'expert':
      return { kind: 'granted' };
    default:
      return { kind: 'none' };
  }
}

function hubScope(actor: Actor): ListScope {
  if (!actor.hubId) return { kind: 'none' };
  return { kind: 'hub', hubId: actor.hubId, restrictedOf: seesRestricted(actor) ? null : actor.accountId };
}

/** Row test of a scope; lists translate the same scope to SQL. `granted` rows carry their grant. */
export function inScope(scope: ListScope, ticket: TicketSubject): boolean {
  switch (scope.kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'granted':
      return ticket.grant !== 'none';
    case 'hub':
      if (ticket.hubId !== scope.hubId) return false;
      return !ticket.restricted || scope.restrictedOf === null || ticket.assigneeId === scope.restrictedOf;
    case 'association':
      if (ticket.associationId !== scope.associationId) return false;
      return scope.requesterAccountId === null || ticket.requesterAccountId === scope.requesterAccountId;
  }
}

/** Restricted tickets: supervisors and cleared agents; others only what is assigned to them. */
export function seesRestricted(actor: Actor): boolean {
  return actor.role === 'supervisor' || actor.role === 'system' || actor.cleared;
}

function sees(actor: Actor, ticket: TicketSubject): boolean {
  return actor.role !== 'expert' && inScope(listScope(actor), ticket);
}

/** A loan to a hub opens restricted tickets to its cleared people only, as in the hub's own lists. */
function borrows(actor: Actor, ticket: TicketSubject): boolean {
  if (actor.role === 'expert') return true;
  if (actor.role !== 'agent' && actor.role !== 'supervisor') return false;
  return !ticket.restricted || seesRestricted(actor) || ticket.assigneeId === actor.accountId;
}

/** Reads that must leave a trace: by guests, of restricted tickets, and by the national hub of another hub's ticket. */
export function readLeavesTrace(actor: Actor, ticket: TicketSubject): boolean {
  if (actor.role === 'member' || actor.role === 'manager' || actor.role === 'system') return false;
  return ticket.restricted || ticket.hubId !== actor.hubId || actor.role === 'expert';
}
