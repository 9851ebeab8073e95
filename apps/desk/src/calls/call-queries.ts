import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { screenLocale } from '@app/ui/i18n';

type Schemas = components['schemas'];
export type CallItem = Schemas['CallItem'];
export type CallWords = Schemas['CallWordsView'];
export type Code = Schemas['CodeView'];
export type Callback = Schemas['CallbackItem'];
export type CallbackDetail = Schemas['CallbackView'];
export type CallFilter = NonNullable<paths['/api/v1/calls']['get']['parameters']['query']>;
export type CallbackFilter = NonNullable<paths['/api/v1/callbacks']['get']['parameters']['query']>;

const HOUR = 3_600_000;
/** Several values stand in one parameter. */
const lists = { array: { style: 'form', explode: false } } as const;

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'one', id],
    queryFn: () => call(api.GET('/api/v1/calls/{id}', { params: { path: { id } } })),
  });

export const callWordsQuery = queryOptions({
  queryKey: ['call-words'],
  queryFn: () => call(api.GET('/api/v1/calls/words')),
  staleTime: HOUR,
});

export const callListQuery = (filter: CallFilter) =>
  infiniteQueryOptions({
    queryKey: ['calls', 'list', filter],
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/v1/calls', {
          params: { query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          querySerializer: lists,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const callbackListQuery = (filter: CallbackFilter) =>
  infiniteQueryOptions({
    queryKey: ['callbacks', 'list', filter],
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/v1/callbacks', {
          params: { query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          querySerializer: lists,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const callbackQuery = (id: string) =>
  queryOptions({
    queryKey: ['callbacks', 'one', id],
    queryFn: () => call(api.GET('/api/v1/callbacks/{id}', { params: { path: { id } } })),
  });

export const slotsQuery = queryOptions({
  queryKey: ['callbacks', 'slots'],
  queryFn: async () => (await call(api.GET('/api/v1/callbacks/slots'))).items,
});

/** A text that the server has in both languages. */
export const said = (words: { fr: string; ar: string }): string => words[screenLocale() === 'ar' ? 'ar' : 'fr'];

/** The words of a code; the code itself where the programme has dropped it. */
export function codeText(codes: readonly Code[] | undefined, code: string | null): string {
  if (code === null) return '';
  const found = codes?.find((one) => one.code === code);
  return found ? said(found) : code;
}
