import type { ActingRole } from './ticket';

export const MEMBERSHIP_KINDS = ['association', 'hub', 'national'] as const;
export type MembershipKind = (typeof MEMBERSHIP_KINDS)[number];

/** Who acts: one account in one membership, a person without an account, or the system itself. */
export interface Actor {
  /** Of a follower, whose loan it names: the id of its ticket. */
  accountId: string;
  name: string;
  role: ActingRole | 'system';
  hubId: string | null;
  hubIsNational: boolean;
  associationId: string | null;
  /** Of the association acted for: what a ticket copies from it. */
  association: { placeCode: string; nameFr: string; nameAr: string } | null;
  /** May work on restricted tickets. */
  cleared: boolean;
  /** Has a restricted ticket in hand, when known. */
  holdsRestricted?: boolean;
  locale: 'fr' | 'ar';
}

/** Every permission with the roles that hold it; what is not listed is refused. */
export const PERMISSIONS = {
  'me:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator', 'follower'],
  'reference:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'],
  'notifications:read': ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'],
  'tickets:read': ['member', 'manager', 'follower', 'agent', 'expert', 'supervisor'],
  'tickets:create': ['member', 'manager', 'visitor', 'agent', 'supervisor'],
  'tickets:reply': ['member', 'manager', 'follower', 'agent', 'expert', 'supervisor'],
  'tickets:note': ['agent', 'supervisor'],
  'tickets:claim': ['agent', 'supervisor'],
  'tickets:assign': ['agent', 'supervisor'],
  'tickets:escalate': ['agent', 'expert', 'supervisor'],
  'tickets:change': ['agent', 'supervisor'],
  'tickets:rate': ['member', 'manager', 'follower'],
  'tickets:status': ['member', 'manager', 'follower', 'agent', 'expert', 'supervisor'],
  'tickets:route': ['supervisor'],
  'tickets:merge': ['agent', 'supervisor'],
  'tickets:link': ['agent', 'supervisor'],
  'tickets:consult': ['agent', 'supervisor'],
  'consultations:answer': ['agent', 'expert', 'supervisor'],
  'validations:decide': ['agent', 'expert', 'supervisor'],
  'associations:read': ['member', 'manager', 'agent', 'supervisor'],
  'associations:create': ['agent', 'supervisor'],
  'associations:change': ['manager', 'agent', 'supervisor'],
  'members:manage': ['manager', 'supervisor'],
  'contacts:read': ['manager', 'agent', 'supervisor'],
  'contacts:write': ['agent', 'supervisor'],
  'drafts:write': ['member', 'manager', 'agent', 'expert', 'supervisor'],
  'macros:read': ['agent', 'expert', 'supervisor', 'coordinator'],
  'macros:write': ['supervisor', 'coordinator'],
  'views:use': ['agent', 'supervisor'],
  'mail-texts:write': ['supervisor'],
  'programme:manage': ['coordinator'],
  'branding:write': ['supervisor', 'coordinator'],
  'people:manage': ['supervisor', 'coordinator'],
  'audit:read': ['supervisor', 'coordinator'],
  'system:manage': ['coordinator'],
  'work:do': ['agent', 'supervisor'],
  'work:watch': ['supervisor'],
  'work:direct': ['supervisor'],
  'routing:read': ['supervisor', 'coordinator'],
  'routing:change': ['supervisor', 'coordinator'],
  'sla:read': ['agent', 'supervisor', 'coordinator'],
  'sla:publish': ['supervisor', 'coordinator'],
  'reports:read': ['agent', 'supervisor', 'coordinator'],
  'ratings:read': ['supervisor'],
  'reports:plan': ['supervisor', 'coordinator'],
  'reports:export': ['supervisor', 'coordinator'],
  'calls:read': ['agent', 'supervisor'],
  'calls:write': ['agent', 'supervisor'],
  'callbacks:read': ['agent', 'supervisor'],
  'callbacks:write': ['agent', 'supervisor'],
  'callbacks:ask': ['member', 'manager', 'follower'],
  'telephony:manage': ['supervisor'],
  'associations:import': ['supervisor'],
  'hubs:live': ['supervisor', 'agent', 'coordinator'],
} as const satisfies Record<string, readonly ActingRole[]>;
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

/** Somebody who asks without an account, with keys of repetition of its own. */
export const VISITOR: Actor = {
  accountId: '00000000-0000-0000-0000-000000000001',
  name: '',
  role: 'visitor',
  hubId: null,
  hubIsNational: false,
  associationId: null,
  association: null,
  cleared: false,
  locale: 'fr',
};

/** Those who ask and follow, as opposed to those who answer. */
export function isRequester({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'member' || role === 'manager' || role === 'follower' || role === 'visitor';
}

/** Those who see nothing but what is lent to them. */
export function isGuest({ role }: Pick<Actor, 'role'>): boolean {
  return role === 'expert' || role === 'follower';
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
    case 'follower':
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
  return !isGuest(actor) && inScope(listScope(actor), ticket);
}

/** A loan to a hub opens restricted tickets to its cleared people only, as in the hub's own lists. */
function borrows(actor: Actor, ticket: TicketSubject): boolean {
  if (isGuest(actor)) return true;
  if (actor.role !== 'agent' && actor.role !== 'supervisor') return false;
  return !ticket.restricted || seesRestricted(actor) || ticket.assigneeId === actor.accountId;
}

/** Reads that must leave a trace: by guests, of restricted tickets, and by the national hub of another hub's ticket. */
export function readLeavesTrace(actor: Actor, ticket: TicketSubject): boolean {
  if (isRequester(actor) || actor.role === 'system') return false;
  return ticket.restricted || ticket.hubId !== actor.hubId || actor.role === 'expert';
}
