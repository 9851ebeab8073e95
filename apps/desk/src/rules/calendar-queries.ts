import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import type { CalendarDefinition } from '@app/domain/calendar';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type Calendar = Omit<Schemas['CalendarDetailsView'], 'definition'> & { definition: CalendarDefinition };
export type Impact = Schemas['CalendarImpactView'];

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => call(api.GET('/api/v1/sla/calendars')),
});

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id],
    queryFn: async () =>
      (await call(api.GET('/api/v1/sla/calendars/{id}', { params: { path: { id } } }))) as unknown as Calendar,
  });
