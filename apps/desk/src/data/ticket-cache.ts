import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Ticket, TicketSummary } from './queries';

export interface TicketPage {
  items: TicketSummary[];
  nextCursor: string | null;
}
export type TicketList = InfiniteData<TicketPage, ListCursor>;
export type ListCursor = { part: 'first' | 'rest'; cursor: string | null };

/** The rows of a list as shown: a ticket that moved between two pages while they were loaded appears once. */
export function rowsOf(list: TicketList | undefined): TicketSummary[] {
  const rows = new Map<string, TicketSummary>();
  for (const page of list?.pages ?? []) {
    for (const row of page.items) if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return [...rows.values()];
}

/** The list with one row replaced, unless what it holds is as new; the same object when nothing changed. */
export function withRow(list: TicketList, row: TicketSummary): TicketList {
  let changed = false;
  const pages = list.pages.map((page) => {
    const at = page.items.findIndex((one) => one.id === row.id);
    if (at < 0 || page.items[at].version >= row.version) return page;
    changed = true;
    return { ...page, items: page.items.with(at, row) };
  });
  return changed ? { ...list, pages } : list;
}

export function withoutRow(list: TicketList, id: string): TicketList {
  if (!list.pages.some((page) => page.items.some((one) => one.id === id))) return list;
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })) };
}

/** Puts a ticket just read or changed wherever it is shown: its own query, under id or reference, and every loaded list. */
export function keepTicket(client: QueryClient, ticket: Ticket): void {
  for (const query of client.getQueryCache().findAll({ queryKey: ['ticket'] })) {
    const held = query.state.data as Ticket | undefined;
    if (held?.id === ticket.id && held.version <= ticket.version) client.setQueryData(query.queryKey, ticket);
  }
  keepRow(client, ticket);
}

export function keepRow(client: QueryClient, row: TicketSummary): void {
  client.setQueriesData<TicketList>({ queryKey: ['tickets'] }, (list) => list && withRow(list, row));
}

export function dropRow(client: QueryClient, id: string): void {
  client.setQueriesData<TicketList>({ queryKey: ['tickets'] }, (list) => list && withoutRow(list, id));
}

/** The addresses under which a ticket is held, and its newest known version. */
export function heldTicket(client: QueryClient, id: string): { keys: string[]; version: number } {
  const keys: string[] = [];
  let version = 0;
  for (const query of client.getQueryCache().findAll({ queryKey: ['ticket'] })) {
    const held = query.state.data as Ticket | undefined;
    if (held?.id !== id) continue;
    keys.push(query.queryKey[1] as string);
    version = Math.max(version, held.version);
  }
  return { keys, version };
}

/** Version of the row in any loaded list; null when no list holds it. */
export function rowVersion(client: QueryClient, id: string): number | null {
  for (const [, list] of client.getQueriesData<TicketList>({ queryKey: ['tickets'] })) {
    const row = list?.pages.flatMap((page) => page.items).find((one) => one.id === id);
    if (row) return row.version;
  }
  return null;
}
