import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type ManagedHub = Schemas['ManagedHub'];
export type Agreement = Schemas['AgreementView'];
export type Territory = Schemas['PlannedTerritory'];
export type Impact = Schemas['TerritoryImpact'];
export type ManagedCategory = Schemas['ManagedCategory'];
export type Branding = Schemas['BrandingView'];

/** All under one key, because a change of one moves the others. */
export const PROGRAMME = 'programme';

export const managedHubsQuery = queryOptions({
  queryKey: [PROGRAMME, 'hubs'],
  queryFn: async () => (await call(api.GET('/api/v1/programme/hubs'))).items,
});

export const agreementsQuery = queryOptions({
  queryKey: [PROGRAMME, 'agreements'],
  queryFn: async () => (await call(api.GET('/api/v1/programme/agreements'))).items,
});

export const territoriesQuery = queryOptions({
  queryKey: [PROGRAMME, 'territories'],
  queryFn: async () => (await call(api.GET('/api/v1/programme/territories'))).items,
});

export const managedCategoriesQuery = queryOptions({
  queryKey: [PROGRAMME, 'categories'],
  queryFn: async () => (await call(api.GET('/api/v1/programme/categories'))).items,
});

export const brandingQuery = (hubId: string) =>
  queryOptions({
    queryKey: [PROGRAMME, 'branding', hubId],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/branding', { params: { path: { id: hubId } } })),
  });

/** Queues of a hub, for what an agreement is about. */
export const queuesQuery = (hubId: string) =>
  queryOptions({
    queryKey: [PROGRAMME, 'queues', hubId],
    queryFn: async () => (await call(api.GET('/api/v1/hubs/{id}/queues', { params: { path: { id: hubId } } }))).items,
  });
