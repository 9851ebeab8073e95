import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call } from '@app/ui/api';
import { presenceQuery } from '../data/queries';

const BEAT_MS = 10_000;

/** A sign of life while the person is not off duty; without it no offers come. */
export function useHeartbeat(works: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!works) return;
    const beat = async () => {
      const known = client.getQueryData(presenceQuery.queryKey);
      if (!known || known.presence === 'offline') return;
      const view = await call(api.POST('/api/v1/me/presence/heartbeat')).catch(() => null);
      if (view) client.setQueryData(presenceQuery.queryKey, view);
    };
    const timer = setInterval(() => void beat(), BEAT_MS);
    return () => clearInterval(timer);
  }, [client, works]);
}
