import { canonical, xml, type Adapter, type Decision, type Reply, type Understood } from './adapter';
import type { CallEventType, CanonicalEvent, Direction } from './canonical-event';
import { causeOf } from './cause';
import { first, secondsMs, type Fields } from './webhook-fields';

const TYPES: Record<string, [CallEventType, Direction | null]> = {
  IncomingCall: ['call.started', 'in'],
  OutgoingCall: ['call.started', 'out'],
  CallAccepted: ['call.answered', 'in'],
  HungUp: ['call.ended', null],
};

/** Placetel. Calls going out are never reported as accepted: their talk time is the duration told at the end. */
function read(fields: Fields, { receivedAt }: { receivedAt: string }): Understood {
  const known = first(fields, 'event') ?? '';
  if (!Object.hasOwn(TYPES, known)) return { problem: 'event_unknown' };
  const [type, implied] = TYPES[known];
  const callId = first(fields, 'call_id');
  if (!callId) return { problem: 'call_id_missing' };
  // Old versions do not say the direction: the stored call does.
  const said = first(fields, 'direction');
  const direction = said === 'in' || said === 'out' ? said : implied;
  const [from, to] = [first(fields, 'from'), first(fields, 'to')];
  const event = canonical({ type, callId, legId: callId, receivedAt, direction, from, to });
  event.queueRef = direction === 'in' ? to : null;
  const peer = first(fields, 'peer');
  if (peer) event.agents = [{ kind: 'sipPeer', value: peer }];
  if (type === 'call.ended') ended(event, fields);
  return { events: [event] };
}

function ended(event: CanonicalEvent, fields: Fields): void {
  const type = first(fields, 'type') ?? 'unknown';
  event.cause = causeOf(type);
  event.causeRaw = type;
  const talk = secondsMs(first(fields, 'duration'));
  // 0 of a call that was not accepted says nothing.
  if (talk !== undefined && type === 'accepted') event.durations = { talk };
}

function reply(decision: Decision): Reply {
  return {
    contentType: 'application/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>${bodyOf(decision)}`,
  };
}

function bodyOf(decision: Decision): string {
  if (decision.kind === 'continue') return '<Response/>';
  if (decision.kind === 'reject') return '<Response><Reject/></Response>';
  const targets = decision.numbers.map(
    (one) => `<Target ringtime="${decision.ringSeconds}"><Number>${xml(one)}</Number></Target>`,
  );
  return `<Response><Forward>${targets.join('')}</Forward></Response>`;
}

export const PLACETEL: Adapter = { read, reply };
