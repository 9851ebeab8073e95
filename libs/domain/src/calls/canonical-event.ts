export const PROVIDERS = ['zammad', 'sipgate', 'placetel', 'twilio', 'jambonz', 'asterisk', 'freeswitch'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Kinds of canonical events, in the order in which they stand when nothing else says (the rank is the index). */
export const CALL_EVENT_TYPES = [
  'call.started',
  'queue.entered',
  'offer.ringing',
  'offer.failed',
  'call.answered',
  'call.held',
  'call.resumed',
  'call.transferred',
  'dtmf.collected',
  'queue.left',
  'recording.available',
  'call.ended',
  'agent.state',
] as const;
export type CallEventType = (typeof CALL_EVENT_TYPES)[number];

export const DIRECTIONS = ['in', 'out', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const AGENT_REF_KINDS = ['extension', 'sipPeer', 'login', 'email', 'displayName', 'providerUserId'] as const;
export type AgentRefKind = (typeof AGENT_REF_KINDS)[number];
/** How a telephone system names somebody of ours. */
export interface AgentRef {
  kind: AgentRefKind;
  value: string;
}

/** Why a call or one of its parts ended, the same for every system. */
export const CAUSES = [
  'normalClearing',
  'busy',
  'cancel',
  'noAnswer',
  'absent',
  'rejected',
  'answeredElsewhere',
  'congestion',
  'notFound',
  'forwarded',
  'voicemail',
  'blocked',
  'unknown',
] as const;
export type Cause = (typeof CAUSES)[number];

/** Why a call left a queue. */
export const QUEUE_EXITS = ['served', 'abandoned', 'timedOut', 'key', 'noAgent', 'overflowed', 'calledBack'] as const;
export type QueueExit = (typeof QUEUE_EXITS)[number];

/**
 * What every adapter makes of what its system says. Instants are ISO 8601 in UTC; numbers are as they came, E.164 is read by the
 * derivation. `sequence` orders the events of one leg where the system counts them.
 */
export interface CanonicalEvent {
  type: CallEventType;
  callId: string;
  /** The first call of a chain of transfers; the call itself when there is none. */
  rootId: string;
  legId: string;
  direction: Direction | null;
  from: string | null;
  to: string | null;
  /** The number dialled before a diversion. */
  diversion?: string | null;
  queueRef: string | null;
  agents: AgentRef[];
  cause: Cause | null;
  causeRaw: string | null;
  exit?: QueueExit | null;
  occurredAt: string | null;
  receivedAt: string;
  sequence: number | null;
  /** Milliseconds, as reported by the system. */
  durations?: { talk?: number; wait?: number; ring?: number };
  ivr?: Record<string, string>;
  recordingRef?: string | null;
  /** Of `agent.state`: paused, device and so on, as the system says it. */
  state?: Record<string, string>;
}

/** Instants that the provider gives, or else that of arrival; milliseconds. */
export function instantOf(event: Pick<CanonicalEvent, 'occurredAt' | 'receivedAt'>): number {
  return Date.parse(event.occurredAt ?? event.receivedAt);
}

export function rankOf({ type }: Pick<CanonicalEvent, 'type'>): number {
  return CALL_EVENT_TYPES.indexOf(type);
}

const COLLAPSED: readonly CallEventType[] = ['call.started', 'call.answered', 'call.ended'];

/**
 * The key under which an event counts once: call, leg, kind, and the provider's number of it, else its time with the hash of the body.
 * Offers and holds repeat in truth, so without number or time only start, answer and end are taken for the same (null: never).
 */
export function dedupKeyOf(event: CanonicalEvent, bodyHash: string): string | null {
  const { callId, legId, type, sequence, occurredAt } = event;
  const place = `${callId}|${legId}|${type}`;
  if (sequence !== null) return `${place}|#${sequence}`;
  if (occurredAt !== null) return `${place}|${occurredAt}|${bodyHash}`;
  return COLLAPSED.includes(type) ? `${place}|${bodyHash}` : null;
}

/** The same words for everything that the derivation does not depend on: ties are broken by content, never by arrival. */
export function contentOf(event: CanonicalEvent): string {
  const { receivedAt: _, ...content } = event;
  return JSON.stringify(content, Object.keys(content).sort());
}
