import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { WallSnapshot } from '@app/contract/realtime';
import { api, call } from '@app/ui/api';
import { connection, live } from '../data/live';
import { useStore } from '../data/store';

const wallQuery = (hubId: string | undefined) =>
  queryOptions({
    queryKey: ['wall', hubId ?? null],
    queryFn: () => call(api.GET('/api/v1/reports/wallboard', { params: { query: hubId ? { hubId } : {} } })),
  });

export interface Wall {
  wall: WallSnapshot | undefined;
  /** When the line broke, ms since 1970; null while it holds. */
  frozenSince: number | null;
  problem: unknown;
}

/** The wall of one hub, or of all: read once, then replaced whole by each snapshot that is pushed. No arithmetic here. */
export function useWall(hubId: string | undefined): Wall {
  const client = useQueryClient();
  const { queryKey } = wallQuery(hubId);
  const { data, error } = useQuery(wallQuery(hubId));
  const state = useStore(connection);
  const [frozenSince, setFrozenSince] = useState<number | null>(null);
  useEffect(() => {
    const socket = live();
    if (state !== 'live' || !socket) return;
    socket.standAtWall(hubId ? { hubId } : {});
    const end = socket.on('wall', (snapshot) => {
      // A snapshot of the wall one has just left may still come.
      if (snapshot.hubId === (hubId ?? null) || hubId === undefined) client.setQueryData(queryKey, snapshot);
    });
    return () => {
      end();
      socket.standAtWall(null);
    };
  }, [state, hubId, client, queryKey[1]]);
  useEffect(() => setFrozenSince(state === 'lost' ? Date.now() : null), [state === 'lost']);
  return { wall: data, frozenSince, problem: error };
}

const subscribe = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
};
const second = (): number => Math.floor(Date.now() / 1_000) * 1_000;

/** The time to the second, ms since 1970: a wall is watched for what it says now. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, second);
}
