import type { Status } from './ticket';
import { isOpen } from './ticket-status';

/** What the live figures need to know of one ticket; a fold of its events. */
export interface LiveTicket {
  hubId: string;
  status: Status;
  assigneeId: string | null;
  /** Clocks that still count: by clock id, whether they were warned about or are late. */
  clocks: Record<string, 'running' | 'warned' | 'breached'>;
}

/** An event of the log, as far as the fold reads it. */
export interface LiveEvent {
  type: string;
  hubId: string | null;
  ticketId: string | null;
  data: Record<string, unknown>;
}

export const LIVE_METRICS = ['open', 'waiting', 'at_risk', 'late', 'assigned'] as const;
export type LiveMetric = (typeof LIVE_METRICS)[number];

/** One counter: `assigned` counts by agent, the others by hub (no account). */
export interface LiveCount {
  hubId: string;
  metric: LiveMetric;
  accountId: string | null;
}

/**
 * The state of a ticket after one more event of its own; null when the figures no longer need it (closed).
 * Events of an unknown ticket other than its creation or a reopening leave it unknown.
 */
export function applyLiveEvent(state: LiveTicket | null, event: LiveEvent): LiveTicket | null {
  if (event.type === 'ticket.created') return created(event);
  if (event.type === 'ticket.status-changed') return moved(state, event);
  // The hub's own time makes no ticket late.
  if (event.data.metric === 'holding') return state;
  return state && (FOLD[event.type]?.(state, event.data) ?? state);
}

function created({ hubId, data }: LiveEvent): LiveTicket {
  const clocks = Object.fromEntries(
    ((data.clocks as string[] | undefined) ?? []).map((id) => [id, 'running' as const]),
  );
  return { hubId: hubId!, status: data.status as Status, assigneeId: idOf(data.assigneeId), clocks };
}

function moved(state: LiveTicket | null, { hubId, data }: LiveEvent): LiveTicket | null {
  const status = data.to as Status;
  if (status === 'closed') return null;
  return { ...(state ?? { hubId: hubId!, clocks: {} }), status, assigneeId: idOf(data.assigneeId) };
}

type Fold = (state: LiveTicket, data: LiveEvent['data']) => LiveTicket;

const FOLD: Record<string, Fold | undefined> = {
  'ticket.assigned': (state, { to }) => ({ ...state, assigneeId: idOf(to) }),
  'ticket.routed': (state, { hubId }) => ({ ...state, hubId: idOf(hubId) ?? state.hubId }),
  'clock.started': (state, { clockId }) => ({ ...state, clocks: { ...state.clocks, [String(clockId)]: 'running' } }),
  'clock.warned': (state, { clockId }) => withClock(state, String(clockId), 'warned'),
  'clock.breached': (state, { clockId }) => withClock(state, String(clockId), 'breached'),
  'clock.met': (state, { clockId }) => ({ ...state, clocks: without(state.clocks, String(clockId)) }),
  'clock.restored': (state, { clockId, was }) => ({
    ...state,
    clocks: { ...state.clocks, [String(clockId)]: was as 'running' | 'warned' | 'breached' },
  }),
  'clock.cancelled': (state, { clockId }) => ({ ...state, clocks: without(state.clocks, String(clockId)) }),
};

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function withClock(state: LiveTicket, id: string, to: 'running' | 'warned' | 'breached'): LiveTicket {
  const now = state.clocks[id];
  // A late clock stays late, and one that no longer counts does not come back.
  if (now === undefined || now === 'breached') return state;
  return { ...state, clocks: { ...state.clocks, [id]: to } };
}

function without(clocks: LiveTicket['clocks'], id: string): LiveTicket['clocks'] {
  const rest = { ...clocks };
  delete rest[id];
  return rest;
}

/** The counters in which a ticket stands; at risk and late exclude each other. */
export function countsOf(state: LiveTicket | null): LiveCount[] {
  if (!state || !isOpen(state.status)) return [];
  const { hubId, assigneeId } = state;
  const counts: LiveCount[] = [{ hubId, metric: 'open', accountId: null }];
  if (!assigneeId && (state.status === 'new' || state.status === 'open')) {
    counts.push({ hubId, metric: 'waiting', accountId: null });
  }
  const clocks = Object.values(state.clocks);
  if (clocks.includes('breached')) counts.push({ hubId, metric: 'late', accountId: null });
  else if (clocks.includes('warned')) counts.push({ hubId, metric: 'at_risk', accountId: null });
  if (assigneeId) counts.push({ hubId, metric: 'assigned', accountId: assigneeId });
  return counts;
}
