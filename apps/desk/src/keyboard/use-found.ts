import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, call } from '@app/ui/api';
import { isolate } from '@app/ui/i18n';
import { useMay } from '../session/me';
import type { Command } from './commands';

const LEAST = 3;
const MOST = 6;

/** Tickets by reference or words, as commands that open them. */
export function useFound(typed: string): Command[] {
  const navigate = useNavigate();
  const may = useMay();
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const { data } = useQuery({
    queryKey: ['found', asked],
    queryFn: () => call(api.GET('/api/v1/tickets', { params: { query: { q: asked, limit: MOST } } })),
    enabled: asked.length >= LEAST && may('tickets:read'),
    staleTime: 10_000,
  });
  return useMemo(() => {
    if (typed.trim().length < LEAST) return [];
    return (data?.items ?? []).map((ticket) => ({
      id: `ticket.${ticket.id}`,
      group: 'ticket' as const,
      label: `${isolate(ticket.reference)} · ${isolate(ticket.subject)}`,
      run: () => void navigate({ to: '/t/$ticket', params: { ticket: ticket.reference } }),
    }));
  }, [data, navigate, typed]);
}
