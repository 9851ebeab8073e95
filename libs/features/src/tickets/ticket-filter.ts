import { isGuest, listScope, seesRestricted, type Actor, type ListScope } from '@app/domain/access';
import type { Language } from '@app/domain/language';
import type { Priority } from '@app/domain/sla-policy';
import type { Channel, Kind, Level, Status } from '@app/domain/ticket';
import { OPEN_STATUSES } from '@app/domain/ticket-status';

export const TICKET_SORTS = ['updated', 'opened', 'due'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

/**
 * `late`: a live promise is due already; `soon`: within the hour. As the wall counts them, also while they stand still: `breached`, a
 * promise that is still open was broken; `at_risk`, one was warned about and none is broken.
 */
export const DUE_FILTERS = ['late', 'soon', 'at_risk', 'breached'] as const;
export type DueFilter = (typeof DUE_FILTERS)[number];

/** Filters of a list; all optional, all must hold. */
export interface TicketFilter {
  status?: Status[];
  /** Only tickets that still need somebody. */
  open?: boolean;
  hubId?: string;
  queueId?: string;
  /** An account id, `me` or `none`. */
  assignee?: string;
  associationId?: string;
  categoryCode?: string;
  priority?: Priority;
  kind?: Kind;
  channel?: Channel;
  language?: Language;
  level?: Level;
  /** A live promise is late, or due within the next hour. */
  due?: DueFilter;
  /** The list of lent tickets of other hubs, instead of one's own. */
  granted?: boolean;
  /** Only tickets with a note that calls the actor; `unread`: not read yet. */
  mentions?: 'all' | 'unread';
}

interface Where {
  conditions: string[];
  values: unknown[];
}

const bind = (where: Where, value: unknown): string => {
  where.values.push(value);
  return `$${where.values.length}`;
};

/** Scope and filters as SQL. Statuses are literals of a closed list, so that the planner may take the partial indexes. */
export function ticketWhere(actor: Actor, filter: TicketFilter, now: Date): Where {
  const where: Where = { conditions: [], values: [] };
  if (filter.granted) addLent(where, actor);
  else addScope(where, actor);
  const statuses = filter.status ?? (filter.open ? OPEN_STATUSES : null);
  if (statuses) where.conditions.push(`t.status in (${statuses.map((one) => `'${one}'`).join(', ')})`);
  const equal: [string, unknown][] = [
    ['hub_id', filter.hubId],
    ['queue_id', filter.queueId],
    ['association_id', filter.associationId],
    ['category_code', filter.categoryCode],
    ['priority', filter.priority],
    ['kind', filter.kind],
    ['channel', filter.channel],
    ['language', filter.language],
    ['level', filter.level],
  ];
  for (const [column, value] of equal) {
    if (value !== undefined) where.conditions.push(`t.${column} = ${bind(where, value)}`);
  }
  addAssignee(where, actor, filter.assignee);
  addDue(where, filter.due, now);
  addMentions(where, actor, filter.mentions);
  return where;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The rows of an actor's lists. Who has no restricted ticket in hand sees just what the others without one see. */
export function rowsOf(actor: Actor): ListScope {
  const scope = listScope(actor);
  return scope.kind === 'hub' && scope.restrictedOf && actor.holdsRestricted === false
    ? { ...scope, restrictedOf: NOBODY }
    : scope;
}

function addScope(where: Where, actor: Actor): void {
  const scope = rowsOf(actor);
  switch (scope.kind) {
    case 'none':
      where.conditions.push('false');
      break;
    case 'hub':
      where.conditions.push(`t.hub_id = ${bind(where, scope.hubId)}`);
      if (scope.restrictedOf)
        where.conditions.push(`(not t.restricted or t.assignee_id = ${bind(where, scope.restrictedOf)})`);
      break;
    case 'association':
      where.conditions.push(`t.association_id = ${bind(where, scope.associationId)}`);
      if (scope.requesterAccountId)
        where.conditions.push(`t.requester_account_id = ${bind(where, scope.requesterAccountId)}`);
      break;
    case 'granted':
    case 'all':
      break;
  }
}

/** The guest's own role shows the loans; what the hub owns anyway is in its normal list. */
function addLent(where: Where, actor: Actor): void {
  if (isGuest(actor)) return;
  where.conditions.push(`t.hub_id <> ${bind(where, actor.hubId)}`);
  if (!seesRestricted(actor))
    where.conditions.push(`(not t.restricted or t.assignee_id = ${bind(where, actor.accountId)})`);
}

function addAssignee(where: Where, actor: Actor, assignee: string | undefined): void {
  if (assignee === undefined) return;
  if (assignee === 'none') where.conditions.push('t.assignee_id is null');
  else where.conditions.push(`t.assignee_id = ${bind(where, assignee === 'me' ? actor.accountId : assignee)}`);
}

function addMentions(where: Where, actor: Actor, mentions: TicketFilter['mentions']): void {
  if (mentions === undefined) return;
  const [me, hub] = [bind(where, actor.accountId), bind(where, actor.hubId)];
  const unread = mentions === 'unread' ? ' and m.read_at is null' : '';
  where.conditions.push(
    `t.id = any (array(select m.ticket_id from mention m where m.account_id = ${me} and m.hub_id = ${hub}${unread}))`,
  );
}

const hasClock = (what: string): string =>
  `exists (select from sla_clock c where c.ticket_id = t.id and c.state in ('running', 'paused') and c.${what} is not null)`;

function addDue(where: Where, due: TicketFilter['due'], now: Date): void {
  if (due === 'breached') where.conditions.push(hasClock('breached_at'));
  if (due === 'at_risk') where.conditions.push(hasClock('warned_at'), `not ${hasClock('breached_at')}`);
  // The order of what is due bounds the scan: nothing stands in it behind its promise.
  if (due === 'late') {
    const at = bind(where, now);
    where.conditions.push(`t.urgency_at <= ${at} and t.next_due_at <= ${at}`);
  }
  if (due === 'soon') {
    where.conditions.push(
      `t.next_due_at > ${bind(where, now)} and t.next_due_at <= ${bind(where, new Date(now.getTime() + 3_600_000))}`,
    );
  }
}

interface SortRule {
  column: string;
  property: 'updatedAt' | 'openedAt' | 'urgencyAt';
  direction: 'asc' | 'desc';
}

/** Keyset orders; `due` lists only what has a live due time, and first what is near by law. */
export const SORTS: Record<TicketSort, SortRule> = {
  updated: { column: 't.updated_at', property: 'updatedAt', direction: 'desc' },
  opened: { column: 't.opened_at', property: 'openedAt', direction: 'desc' },
  due: { column: 't.urgency_at', property: 'urgencyAt', direction: 'asc' },
};
