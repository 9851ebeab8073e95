import { canonical, xml, type Adapter, type Decision, type Reply, type Understood } from './adapter';
import { agentsOf, directionOf, withCause } from './adapter-zammad';
import type { AgentRef, CallEventType, CanonicalEvent } from './canonical-event';
import { all, first, type Fields } from './webhook-fields';

const TYPES: Record<string, CallEventType> = {
  newcall: 'call.started',
  answer: 'call.answered',
  hangup: 'call.ended',
  dtmf: 'dtmf.collected',
};

/** sipgate's push. A transfer has a call id of its own and names the first one in `origCallId`, which may be empty. */
function read(fields: Fields, { receivedAt }: { receivedAt: string }): Understood {
  const type = TYPES[(first(fields, 'event') ?? '').toLowerCase()];
  if (!type) return { problem: 'event_unknown' };
  const callId = first(fields, 'callId');
  if (!callId) return { problem: 'call_id_missing' };
  const rootId = first(fields, 'origCallId') ?? callId;
  const event = canonical({ type, callId, rootId, legId: callId, receivedAt });
  if (type === 'dtmf.collected') {
    event.ivr = { dtmf: first(fields, 'dtmf') ?? '' };
    return { events: [event] };
  }
  const direction = directionOf(first(fields, 'direction'));
  if (!direction) return { problem: 'direction_unknown' };
  return { events: [filled(event, fields, direction)] };
}

function filled(event: CanonicalEvent, fields: Fields, direction: CanonicalEvent['direction']): CanonicalEvent {
  const to = first(fields, 'to');
  Object.assign(event, { direction, from: first(fields, 'from'), to, diversion: first(fields, 'diversion') });
  event.queueRef = direction === 'in' ? (event.diversion ?? to) : null;
  event.agents = [...agentsOf(fields), ...usersOf(fields)];
  withCause(event, fields);
  return event;
}

/** Users are numbered within the account. */
function usersOf(fields: Fields): AgentRef[] {
  const ids = [...all(fields, 'fullUserId'), ...all(fields, 'userId')];
  return ids.map((value) => ({ kind: 'providerUserId', value }));
}

/** Answer and end are sent only to the addresses named in the reply to the first event. */
function reply(decision: Decision, hooks: string): Reply {
  const root = `<Response onAnswer="${xml(hooks)}" onHangup="${xml(hooks)}"`;
  return {
    contentType: 'application/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>${root}${inside(decision)}`,
  };
}

/** At most five numbers are rung. */
function inside(decision: Decision): string {
  if (decision.kind === 'continue') return '/>';
  if (decision.kind === 'reject') return `><Reject reason="${decision.reason}"/></Response>`;
  const caller = decision.callerId ? ` callerId="${xml(decision.callerId)}"` : '';
  const numbers = decision.numbers.slice(0, 5).map((one) => `<Number>${xml(one)}</Number>`);
  return `><Dial${caller}>${numbers.join('')}</Dial></Response>`;
}

export const SIPGATE: Adapter = { read, reply };
