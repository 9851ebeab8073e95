import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import type { AuditSearch } from './audit-search';

export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditSeal = components['schemas']['AuditSeal'];
export type SystemState = components['schemas']['SystemState'];
export type MacroView = components['schemas']['MacroView'];
export type MailText = components['schemas']['MailTextView'];

export const auditQuery = ({ actor, ...filter }: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', actor, filter],
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/v1/audit', {
          params: {
            query: { ...filter, ...(actor ? { actorId: actor } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
    retry: false,
  });

export const auditTypesQuery = queryOptions({
  queryKey: ['audit-types'],
  queryFn: () => call(api.GET('/api/v1/audit/types')),
  staleTime: 60 * 60_000,
});

export const peopleQuery = queryOptions({
  queryKey: ['audit-people'],
  queryFn: () => call(api.GET('/api/v1/accounts', { params: { query: { limit: 100 } } })),
});

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => call(api.GET('/api/v1/system')),
  refetchInterval: 10_000,
});

export const allMacrosQuery = queryOptions({
  queryKey: ['macros', 'all'],
  queryFn: () => call(api.GET('/api/v1/macros', { params: { query: { all: 'true' } } })),
});

export const mailTextsQuery = queryOptions({
  queryKey: ['mail-texts'],
  queryFn: () => call(api.GET('/api/v1/mail-texts')),
});
