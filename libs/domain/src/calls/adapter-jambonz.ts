import { agentRef, canonical, type Adapter, type Decision, type Reply, type Understood } from './adapter';
import type { CallEventType, CanonicalEvent, QueueExit } from './canonical-event';
import { directionOf } from './adapter-zammad';
import { causeOf } from './cause';
import { first, secondsMs, type Fields } from './webhook-fields';

const TYPES: Record<string, CallEventType | null> = {
  trying: 'call.started',
  ringing: 'call.started',
  'early-media': null,
  queued: null,
  'in-progress': 'call.answered',
  completed: 'call.ended',
  failed: 'call.ended',
  busy: 'call.ended',
  'no-answer': 'call.ended',
};

/** jambonz: status of a call, or what happens in a queue. It numbers nothing and gives no time, except for queues. */
function read(fields: Fields, { receivedAt }: { receivedAt: string }): Understood {
  const callId = first(fields, 'call_sid');
  if (!callId) return { problem: 'call_id_missing' };
  const parent = first(fields, 'parent_call_sid');
  const event = canonical({ type: 'call.started', callId, rootId: parent ?? callId, legId: callId, receivedAt });
  const queue = first(fields, 'event');
  if (queue !== null) return inQueue(event, fields, queue);
  return ofStatus(event, fields, parent);
}

function ofStatus(event: CanonicalEvent, fields: Fields, parent: string | null): Understood {
  const status = (first(fields, 'call_status') ?? '').toLowerCase();
  if (!Object.hasOwn(TYPES, status)) return { problem: 'event_unknown' };
  const type = TYPES[status];
  if (!type) return { ignored: status };
  // The part towards somebody of ours is an offer.
  event.type = parent && type === 'call.started' ? 'offer.ringing' : type;
  if (parent) event.agents = [agentRef(first(fields, 'to') ?? '')].filter((one) => one.value);
  else Object.assign(event, partiesOf(fields));
  if (type === 'call.ended') ended(event, fields, status);
  return { events: [event] };
}

function partiesOf(fields: Fields): Partial<CanonicalEvent> {
  const direction = directionOf(first(fields, 'direction')) ?? 'in';
  const to = first(fields, 'to');
  return { direction, from: first(fields, 'from', 'caller_id'), to, queueRef: direction === 'in' ? to : null };
}

function ended(event: CanonicalEvent, fields: Fields, status: string): void {
  event.cause = causeOf(status);
  event.causeRaw = first(fields, 'sip_status') ?? status;
  const talk = secondsMs(first(fields, 'duration'));
  if (talk !== undefined && status === 'completed') event.durations = { talk };
}

const EXITS: Record<string, QueueExit> = { abandoned: 'abandoned', dequeued: 'served', timeout: 'timedOut' };

function inQueue(event: CanonicalEvent, fields: Fields, what: string): Understood {
  event.queueRef = first(fields, 'queue_name', 'queue');
  if (what === 'join') {
    event.type = 'queue.entered';
    event.occurredAt = epoch(first(fields, 'join_time'));
    return { events: [event] };
  }
  if (what !== 'leave') return { problem: 'event_unknown' };
  event.type = 'queue.left';
  event.occurredAt = epoch(first(fields, 'leave_time'));
  event.exit = EXITS[first(fields, 'leave_reason') ?? ''] ?? 'timedOut';
  return { events: [event] };
}

/** Milliseconds since 1970, as an instant. */
function epoch(text: string | null): string | null {
  return text !== null && /^\d{12,14}$/.test(text) ? new Date(Number(text)).toISOString() : null;
}

function reply(decision: Decision): Reply {
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(verbs(decision)) };
}

function verbs(decision: Decision): unknown[] {
  if (decision.kind === 'continue') return [];
  if (decision.kind === 'reject') return [{ verb: 'sip:decline', status: decision.reason === 'busy' ? 486 : 603 }];
  const target = decision.numbers.map((number) => ({ type: 'phone', number }));
  const caller = decision.callerId ? { callerId: decision.callerId } : {};
  return [{ verb: 'dial', ...caller, timeout: decision.ringSeconds, target }];
}

export const JAMBONZ: Adapter = { read, reply };
