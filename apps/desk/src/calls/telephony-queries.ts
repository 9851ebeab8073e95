import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type Telephony = Schemas['TelephonyView'];
export type Settings = Telephony['settings'];
export type Integration = Schemas['IntegrationView'];
export type Secret = Schemas['IntegrationSecretView'];
export type Received = Schemas['ReceivedEventView'];

const EVENTS_MS = 3_000;

export const telephonyQuery = (id: string) =>
  queryOptions({
    queryKey: ['telephony', id],
    queryFn: () => call(api.GET('/api/v1/hubs/{id}/telephony', { params: { path: { id } } })),
  });

/** Looked at while somebody rings: the newest stand first after a few seconds. */
export const receivedQuery = (id: string, integrationId: string) =>
  queryOptions({
    queryKey: ['telephony', id, 'events', integrationId],
    queryFn: async () =>
      (
        await call(
          api.GET('/api/v1/hubs/{id}/telephony/integrations/{integrationId}/events', {
            params: { path: { id, integrationId } },
          }),
        )
      ).items,
    refetchInterval: EVENTS_MS,
  });
