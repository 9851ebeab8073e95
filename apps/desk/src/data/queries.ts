import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';

type Schemas = components['schemas'];
export type TicketSummary = Schemas['TicketSummary'];
export type Ticket = Schemas['TicketView'];
export type Message = Schemas['MessageView'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Clock = Schemas['ClockView'];

const HOUR = 3_600_000;

export const hubsQuery = queryOptions({
  queryKey: ['hubs'],
  queryFn: () => call(api.GET('/api/v1/hubs')),
  staleTime: HOUR,
});

/** Queues of the own hub. */
export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: () => call(api.GET('/api/v1/queues')),
  staleTime: HOUR,
});

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: () => call(api.GET('/api/v1/categories')),
  staleTime: HOUR,
});

/** By reference or id, as the address says it. */
export const ticketQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['ticket', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}', { params: { path: { ticket } } })),
  });

export const messagesQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['messages', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/messages', { params: { path: { ticket } } })),
  });

export const eventsQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['events', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/events', { params: { path: { ticket } } })),
  });

export const presenceQuery = queryOptions({
  queryKey: ['presence'],
  queryFn: () => call(api.GET('/api/v1/me/presence')),
});

export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: () => call(api.GET('/api/v1/me/offers')),
});

export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: () => call(api.GET('/api/v1/me/work')),
});

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: () => call(api.GET('/api/v1/notifications', { params: { query: { limit: 20 } } })),
});

export const associationQuery = (id: string) =>
  queryOptions({
    queryKey: ['association', id],
    queryFn: () => call(api.GET('/api/v1/associations/{id}', { params: { path: { id } } })),
    staleTime: 5 * 60_000,
  });

export const contactsQuery = (associationId: string) =>
  queryOptions({
    queryKey: ['contacts', associationId],
    queryFn: () => call(api.GET('/api/v1/contacts', { params: { query: { associationId, limit: 10 } } })),
    staleTime: 5 * 60_000,
  });

/** The latest tickets of an association, whatever their status. */
export const earlierQuery = (associationId: string) =>
  queryOptions({
    queryKey: ['earlier', associationId],
    queryFn: () =>
      call(api.GET('/api/v1/tickets', { params: { query: { associationId, sort: 'opened', limit: 10 } } })),
  });

export type Macro = Schemas['MacroView'];

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: () => call(api.GET('/api/v1/macros', { params: { query: {} } })),
  staleTime: 5 * 60_000,
});

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: () => call(api.GET('/api/v1/me/drafts')),
  staleTime: 5 * 60_000,
});

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: () => call(api.GET('/api/v1/colleagues')),
  staleTime: 5 * 60_000,
});

export const reasonsQuery = queryOptions({
  queryKey: ['reasons'],
  queryFn: () => call(api.GET('/api/v1/reasons')),
  staleTime: HOUR,
});

export const relationsQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['relations', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/relations', { params: { path: { ticket } } })),
  });

export const legalDeadlinesQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['legal-deadlines', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/legal-deadlines', { params: { path: { ticket } } })),
  });

export const savedViewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: () => call(api.GET('/api/v1/views')),
  staleTime: 5 * 60_000,
});

/** Replies that have not left yet, or were held back: the hub alone sees them. */
export const pendingRepliesQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['pending-replies', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/pending-replies', { params: { path: { ticket } } })),
  });

export type PendingReply = Schemas['PendingReplyView'];
export type Consultation = Schemas['ConsultationView'];
export type Validation = Schemas['ValidationView'];

export const consultationsWaitingQuery = queryOptions({
  queryKey: ['consultations'],
  queryFn: () => call(api.GET('/api/v1/consultations')),
});

export const validationsWaitingQuery = queryOptions({
  queryKey: ['validations'],
  queryFn: () => call(api.GET('/api/v1/validations')),
});

export const consultationsQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['consultations', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/consultations', { params: { path: { ticket } } })),
  });

export const validationsQuery = (ticket: string) =>
  queryOptions({
    queryKey: ['validations', ticket],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/validations', { params: { path: { ticket } } })),
  });

export const consultTargetsQuery = queryOptions({
  queryKey: ['consult-targets'],
  queryFn: () => call(api.GET('/api/v1/consultations/targets')),
  staleTime: HOUR,
});

/** How many tickets each view holds. */
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: () => call(api.GET('/api/v1/me/ticket-counts')),
});

/** Calls that the hub owes; the rail counts them up to a hundred. */
export const owedQuery = queryOptions({
  queryKey: ['callbacks', 'owed'],
  queryFn: () => call(api.GET('/api/v1/callbacks', { params: { query: { limit: 100 } } })),
});
