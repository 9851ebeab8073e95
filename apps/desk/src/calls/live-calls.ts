import { queryOptions } from '@tanstack/react-query';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { createStore } from '../data/store';

export type Call = components['schemas']['CallView'];

const HELD = 'sanad.call';
const LIVE = ['ringing', 'queued', 'active', 'held'] as const;
const MOST = 20;

/** Calls of the hub that go on now. */
export const liveCallsQuery = queryOptions({
  queryKey: ['calls', 'live'],
  queryFn: () =>
    call(
      api.GET('/api/v1/calls', {
        params: { query: { state: [...LIVE], limit: MOST } },
        querySerializer: { array: { style: 'form', explode: false } },
      }),
    ),
});

/** The call in one's hands, until it is written up; this tab keeps it over a reload. */
export const heldCall = createStore<string | null>(readHeld());

function readHeld(): string | null {
  try {
    return sessionStorage.getItem(HELD);
  } catch {
    return null;
  }
}

export function holdCall(id: string | null): void {
  heldCall.set(id);
  try {
    if (id === null) sessionStorage.removeItem(HELD);
    else sessionStorage.setItem(HELD, id);
  } catch {
    // It then lasts as long as the page.
  }
}
