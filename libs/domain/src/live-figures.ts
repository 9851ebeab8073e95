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
  const { data } = event;
  if (event.type === 'ticket.created') {
    const clocks = Object.fromEntries((data.clocks as string[]).map((id) => [id, 'running' as const]));
    return {
      hubId: event.hubId!,
      status: data.status as Status,
      assigneeId: (data.assigneeId as string) ?? null,
      clocks,
    };
  }
  if (event.type === 'ticket.status-changed') {
    const to = data.to as Status;
    if (to === 'closed') return null;
    const base = state ?? { hubId: event.hubId!, status: to, assigneeId: null, clocks: {} };
    return { ...base, status: to, assigneeId: (data.assigneeId as string) ?? null };
  }
  if (!state) return null;
  switch (event.type) {
    case 'ticket.assigned':
      return { ...state, assigneeId: (data.to as string) ?? null };
    case 'ticket.routed':
      return { ...state, hubId: (data.hubId as string) ?? state.hubId };
    case 'clock.started':
      return { ...state, clocks: { ...state.clocks, [data.clockId as string]: 'running' } };
    case 'clock.warned':
    case 'clock.breached':
    case 'clock.moved':
      return withClock(state, data.clockId as string, CLOCK_AFTER[event.type]);
    case 'clock.met':
    case 'clock.cancelled':
      return { ...state, clocks: without(state.clocks, data.clockId as string) };
    default:
      return state;
  }
}

const CLOCK_AFTER = { 'clock.warned': 'warned', 'clock.breached': 'breached', 'clock.moved': 'running' } as const;

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
