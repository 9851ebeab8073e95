import { agentRef, canonical, type Adapter, type Decision, type Reply, type Understood } from './adapter';
import type { AgentRef, CallEventType, CanonicalEvent, Direction } from './canonical-event';
import { causeOf } from './cause';
import { all, first, type Fields } from './webhook-fields';

const TYPES: Record<string, CallEventType> = {
  newcall: 'call.started',
  answer: 'call.answered',
  hangup: 'call.ended',
};

/**
 * Zammad's generic CTI as telephone systems send it: `callId` or `call_id`, `user` or `caller`, one or many, `queue` or, when that is
 * empty, the called number. The Asterisk bridge leaves numbers out after newCall.
 */
function read(fields: Fields, { receivedAt }: { receivedAt: string }): Understood {
  const type = TYPES[(first(fields, 'event') ?? '').toLowerCase()];
  if (!type) return { problem: 'event_unknown' };
  const callId = first(fields, 'callId', 'call_id', 'callid');
  if (!callId) return { problem: 'call_id_missing' };
  const direction = directionOf(first(fields, 'direction'));
  if (!direction) return { problem: 'direction_unknown' };
  const from = first(fields, 'from');
  const to = first(fields, 'to');
  if (type === 'call.started' && !from && !to) return { problem: 'number_missing' };
  const event = canonical({ type, callId, legId: callId, receivedAt, direction, from, to });
  event.queueRef = first(fields, 'queue') ?? (direction === 'in' ? to : from);
  event.agents = agentsOf(fields);
  event.diversion = first(fields, 'diversion');
  withCause(event, fields);
  return { events: [event] };
}

export function directionOf(text: string | null): Direction | null {
  const direction = (text ?? '').toLowerCase();
  if (direction === 'in' || direction === 'inbound' || direction === 'incoming') return 'in';
  if (direction === 'out' || direction.startsWith('outbound') || direction === 'outgoing') return 'out';
  return direction === 'internal' ? 'internal' : null;
}

/** Who answered, by telephone first, then by name. */
export function agentsOf(fields: Fields): AgentRef[] {
  const answering = first(fields, 'answeringNumber', 'answering_number');
  const names = [...all(fields, 'user'), ...all(fields, 'caller')];
  return [...(answering ? [answering] : []), ...names].map(agentRef);
}

export function withCause(event: CanonicalEvent, fields: Fields): void {
  const cause = first(fields, 'cause');
  if (!cause || event.type === 'call.started') return;
  event.cause = causeOf(cause);
  event.causeRaw = cause;
}

/** The documentation writes the caller's number in two ways: both are sent. */
function reply(decision: Decision): Reply {
  const json = (body: unknown): Reply => ({
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  });
  if (decision.kind === 'reject') return json({ action: 'reject', reason: decision.reason });
  if (decision.kind === 'continue') return json({});
  const { numbers, callerId } = decision;
  const caller = callerId ? { caller_id: callerId, callerId } : {};
  return json({ action: 'dial', ...caller, number: numbers[0], numbers, timeout: decision.ringSeconds });
}

export const ZAMMAD: Adapter = { read, reply };
