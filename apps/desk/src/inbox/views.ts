import type { paths } from '@app/contract/openapi';
import type { InboxSearch, Sort } from './inbox-search';

export type TicketQuery = NonNullable<paths['/api/v1/tickets']['get']['parameters']['query']>;

interface View {
  query: TicketQuery;
  sort: Sort;
}

/** Lists that everybody has. The address filters further; names are `desk.view.<id>`. */
export const VIEWS = {
  mine: { query: { assignee: 'me', open: 'true' }, sort: 'due' },
  unassigned: { query: { assignee: 'none', open: 'true' }, sort: 'due' },
  /** As the wall counts who waits: nobody has it, and it does not wait for others. */
  waiting: { query: { assignee: 'none', status: ['new', 'open'] }, sort: 'due' },
  hub: { query: { open: 'true' }, sort: 'due' },
  mentions: { query: { mentions: 'all' }, sort: 'updated' },
  soon: { query: { open: 'true', due: 'at_risk' }, sort: 'updated' },
  late: { query: { open: 'true', due: 'breached' }, sort: 'updated' },
  lent: { query: { granted: 'true', open: 'true' }, sort: 'updated' },
  all: { query: {}, sort: 'updated' },
} satisfies Record<string, View>;
export type ViewId = keyof typeof VIEWS;

export const VIEW_IDS = Object.keys(VIEWS) as ViewId[];

export function viewOf(id: string): ViewId {
  return VIEW_IDS.find((one) => one === id) ?? 'mine';
}

/** What the API is asked for a view with the filters of the address. */
export function queryOf(view: ViewId, search: InboxSearch): TicketQuery {
  const { ticket: _open, sort, status, ...filters } = search;
  const { query, sort: usual } = VIEWS[view] as View;
  return {
    ...query,
    ...filters,
    ...(status ? { status: [status] as never, open: undefined } : {}),
    ...(search.q ? {} : { sort: sort ?? usual }),
  };
}

/** The view whose own filters a set of filters holds: the narrowest one. */
export function viewOfQuery(query: Record<string, string>): ViewId {
  const fits = VIEW_IDS.filter((id) =>
    Object.entries(VIEWS[id].query).every(([name, value]) => query[name] === String(value)),
  );
  const size = (id: ViewId) => Object.keys(VIEWS[id].query).length;
  return fits.sort((a, b) => size(b) - size(a))[0] ?? 'all';
}
