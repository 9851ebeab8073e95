import { agentRef, canonical, xml, type Adapter, type Decision, type Reply, type Understood } from './adapter';
import type { CallEventType, CanonicalEvent } from './canonical-event';
import { directionOf } from './adapter-zammad';
import { causeOf } from './cause';
import { first, secondsMs, type Fields } from './webhook-fields';

const TYPES: Record<string, CallEventType | null> = {
  queued: 'call.started',
  initiated: 'call.started',
  ringing: 'call.started',
  'in-progress': 'call.answered',
  answered: 'call.answered',
  completed: 'call.ended',
  busy: 'call.ended',
  failed: 'call.ended',
  'no-answer': 'call.ended',
  canceled: 'call.ended',
};

/** Twilio and what is shaped like it. A dialled part names its parent and has a leg of its own. */
function read(fields: Fields, { receivedAt }: { receivedAt: string }): Understood {
  const status = (first(fields, 'CallStatus') ?? '').toLowerCase();
  const callId = first(fields, 'CallSid');
  if (!callId) return { problem: 'call_id_missing' };
  if (!Object.hasOwn(TYPES, status)) return { problem: 'event_unknown' };
  const parent = first(fields, 'ParentCallSid');
  const event = canonical({
    type: typeOf(TYPES[status]!, parent),
    callId,
    rootId: parent ?? callId,
    legId: callId,
    receivedAt,
  });
  event.sequence = numberIn(first(fields, 'SequenceNumber'));
  event.occurredAt = instantIn(first(fields, 'Timestamp'));
  if (parent) event.agents = [agentRef(clientName(first(fields, 'To') ?? ''))];
  else Object.assign(event, partiesOf(fields));
  if (event.type === 'call.ended') ended(event, fields, status);
  event.recordingRef = first(fields, 'RecordingSid');
  return { events: [event] };
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A dialled part rings and fails as an offer; its answer is the answer of the call, its end is the end of that part. */
function typeOf(type: CallEventType, parent: string | null): CallEventType {
  return parent && type === 'call.started' ? 'offer.ringing' : type;
}

function partiesOf(fields: Fields): Partial<CanonicalEvent> {
  const direction = directionOf(first(fields, 'Direction')) ?? 'in';
  const [from, to] = [first(fields, 'From'), first(fields, 'To')];
  return { direction, from, to, diversion: first(fields, 'ForwardedFrom'), queueRef: direction === 'in' ? to : null };
}

function ended(event: CanonicalEvent, fields: Fields, status: string): void {
  event.cause = causeOf(status);
  event.causeRaw = status;
  const talk = secondsMs(first(fields, 'CallDuration'));
  if (talk !== undefined && status === 'completed') event.durations = { talk };
}

/** `client:samira` is Samira. */
function clientName(to: string): string {
  return to.replace(/^(client|sip):/, '');
}

/** RFC 2822 or ISO 8601; null for what is neither. */
function instantIn(text: string | null): string | null {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function reply(decision: Decision): Reply {
  return {
    contentType: 'text/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?><Response>${verb(decision)}</Response>`,
  };
}

function verb(decision: Decision): string {
  if (decision.kind === 'continue') return '';
  if (decision.kind === 'reject') return `<Reject reason="${decision.reason}"/>`;
  const caller = decision.callerId ? ` callerId="${xml(decision.callerId)}"` : '';
  const numbers = decision.numbers.map((one) => `<Number>${xml(one)}</Number>`);
  return `<Dial timeout="${decision.ringSeconds}"${caller}>${numbers.join('')}</Dial>`;
}

export const TWILIO: Adapter = { read, reply };
