import { useInfiniteQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, call } from '@app/ui/api';
import { listsStale } from '../data/live';
import { useStore } from '../data/store';
import { keepRow, rowsOf, type ListCursor, type TicketList, type TicketPage } from '../data/ticket-cache';
import type { TicketSummary } from '../data/queries';
import type { TicketQuery } from './views';

const PAGE = 100;
const FIRST: ListCursor = { part: 'first', cursor: null };
/** Pokes come in bursts: the first page is looked at again once they settle, and at least this often. */
const SETTLE_MS = 400;

/** By due time the API lists only what has one; the others follow, latest change first. */
function readPage(query: TicketQuery, { part, cursor }: ListCursor): Promise<TicketPage> {
  const sort = part === 'rest' ? 'updated' : query.sort;
  return call(
    api.GET('/api/v1/tickets', { params: { query: { ...query, sort, limit: PAGE, ...(cursor ? { cursor } : {}) } } }),
  );
}

function nextOf({ sort, due }: TicketQuery, { part }: ListCursor, { nextCursor }: TicketPage): ListCursor | null {
  if (nextCursor) return { part, cursor: nextCursor };
  return part === 'first' && sort === 'due' && !due ? { part: 'rest', cursor: null } : null;
}

export interface ShownList {
  rows: TicketSummary[];
  /** Tickets of the first page that the list does not show yet. */
  fresh: number;
  showFresh: () => void;
  isLoading: boolean;
  problem: unknown;
  hasMore: boolean;
  loadMore: () => void;
}

/**
 * A list that grows by pages and never moves under the reader: rows change in place, new ones are counted and shown when asked for.
 * `atTop` says whether nobody would notice that they come in.
 */
export function useTicketList(query: TicketQuery, atTop: () => boolean): ShownList {
  const client = useQueryClient();
  const key = useMemo(() => ['tickets', query] as const, [query]);
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => readPage(query, pageParam),
    initialPageParam: FIRST,
    getNextPageParam: (page, _pages, last) => nextOf(query, last, page),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => rowsOf(list.data as TicketList | undefined), [list.data]);
  const { fresh, showFresh } = useFresh(client, key, query, rows, atTop, list.isSuccess);
  const { fetchNextPage, isFetching, hasNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  const nothingYet = rows.length === 0 && hasNextPage;
  useEffect(() => {
    if (nothingYet) loadMore();
  }, [loadMore, nothingYet]);
  return {
    rows,
    fresh,
    showFresh,
    isLoading: list.isPending || nothingYet,
    problem: list.error,
    hasMore: list.hasNextPage,
    loadMore,
  };
}

function useFresh(
  client: QueryClient,
  key: readonly unknown[],
  query: TicketQuery,
  rows: readonly TicketSummary[],
  atTop: () => boolean,
  loaded: boolean,
): { fresh: number; showFresh: () => void } {
  const stale = useStore(listsStale);
  const seen = useRef(stale);
  const [head, setHead] = useState<TicketPage | null>(null);
  const latest = useRef({ rows, atTop });
  latest.current = { rows, atTop };
  useEffect(() => setHead(null), [key]);
  const put = useCallback(
    (page: TicketPage) => {
      client.setQueryData<TicketList>(key, { pages: [page], pageParams: [FIRST] });
      setHead(null);
    },
    [client, key],
  );
  useEffect(() => {
    if (!loaded || stale === seen.current) return;
    const timer = setTimeout(() => {
      seen.current = stale;
      readPage(query, FIRST).then(
        (page) => {
          for (const row of page.items) keepRow(client, row);
          if (latest.current.atTop()) put(page);
          else setHead(page);
        },
        () => undefined,
      );
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [client, loaded, put, query, stale]);
  const known = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  const fresh = head ? head.items.filter((row) => !known.has(row.id)).length : 0;
  const showFresh = useCallback(() => head && put(head), [head, put]);
  return { fresh, showFresh };
}
