import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type Person = Schemas['PersonAtWork'];
export type StaffRole = Person['role'];
export type Invitation = Schemas['InvitationView'];

export interface PeopleFilter {
  q?: string;
  role?: StaffRole;
  status?: 'active' | 'inactive';
  hubId?: string;
}

const HOUR = 3_600_000;

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ['people', filter],
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/v1/accounts', { params: { query: { ...filter, cursor: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });

/** Who may take tickets over in a hub: the active ones that the viewer looks after. */
export const successorsQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['people', 'successors', hubId],
    queryFn: () =>
      call(api.GET('/api/v1/accounts', { params: { query: { hubId, status: 'active' as const, limit: 100 } } })),
  });

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => call(api.GET('/api/v1/invitations')),
});

export const skillsQuery = queryOptions({
  queryKey: ['skills'],
  queryFn: () => call(api.GET('/api/v1/skills')),
  staleTime: HOUR,
});

export const agentSkillsQuery = (hubId: string) =>
  queryOptions({
    queryKey: ['agent-skills', hubId],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/skills', { params: { path: { id: hubId } } })),
  });
