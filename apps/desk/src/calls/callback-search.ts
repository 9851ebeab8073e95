import type { CallbackState } from '@app/domain/calls/callback-rules';

export const CALLBACK_STATES = [
  ...(['waiting', 'calling', 'reached', 'unreached', 'cancelled', 'called_in'] as const),
] as const satisfies readonly CallbackState[];

/** What the address says of what is owed. */
export interface CallbackSearch {
  state?: CallbackState;
  mine?: true;
  breached?: true;
  open?: string;
}

export function readCallbackSearch(search: Record<string, unknown>): CallbackSearch {
  const yes = (value: unknown) => (value === true || value === 'true' ? (true as const) : undefined);
  const found: CallbackSearch = {
    state: CALLBACK_STATES.find((one) => one === search.state),
    mine: yes(search.mine),
    breached: yes(search.breached),
    open: typeof search.open === 'string' ? search.open : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
