import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import type { PolicyDefinition } from '@app/domain/sla-policy';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type Policy = Omit<Schemas['PolicyView'], 'definition'> & { definition: PolicyDefinition };
export type PolicyVersion = Schemas['VersionView'];
export type PolicyImpact = Schemas['PolicyImpactView'];
export type Simulation = Schemas['SimulationView'];

/** What somebody is writing, and the version it was begun from (0: a new policy). */
export interface Draft {
  base: number;
  definition: PolicyDefinition;
  active: boolean;
}

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: async () => (await call(api.GET('/api/v1/sla/policies'))).items as unknown as Policy[],
});

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id, 'versions'],
    queryFn: async () => (await call(api.GET('/api/v1/sla/policies/{id}', { params: { path: { id } } }))).versions,
  });

export const policyVersionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['policies', id, 'versions', version],
    queryFn: async () => {
      const path = { id, version };
      const found = await call(api.GET('/api/v1/sla/policies/{id}/versions/{version}', { params: { path } }));
      return found.definition as unknown as PolicyDefinition;
    },
    staleTime: Infinity,
  });

/** How far a published change has come; asked until it is done. */
export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['sla-change', id],
    queryFn: () => call(api.GET('/api/v1/sla/changes/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'done' ? false : 1000),
  });

/** The body of impact and publication; the contract knows a definition as any object. */
export const bodyOf = ({ definition, active }: Draft) => ({
  definition: definition as unknown as Schemas['PolicyDraftBody']['definition'],
  active,
});
