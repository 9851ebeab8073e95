import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

export type Me = components['schemas']['MeAnswer'];
export type Role = Me['role'];

export const DESK_ROLES: readonly Role[] = ['agent', 'expert', 'supervisor', 'coordinator'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => call(api.GET('/api/v1/me')),
  staleTime: Infinity,
  gcTime: Infinity,
});

/** Who is signed in; only below the gate, which has asked. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the role holds a permission: what it may not do is not shown. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
