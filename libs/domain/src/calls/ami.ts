import { canonical } from './adapter';
import type { AgentRef, CanonicalEvent, CallEventType } from './canonical-event';
import { causeOf } from './cause';
import { secondsMs } from './webhook-fields';

/** One message of Asterisk's manager interface; of repeated names the last counts. */
export type AmiMessage = Record<string, string>;

/** Cuts what has arrived into whole messages; the rest waits for more. */
export function splitAmi(text: string): { messages: AmiMessage[]; rest: string } {
  const parts = text.split('\r\n\r\n');
  const rest = parts.pop() ?? '';
  return { messages: parts.map(messageOf), rest };
}

function messageOf(text: string): AmiMessage {
  const message: AmiMessage = Object.create(null) as AmiMessage;
  for (const line of text.split('\r\n')) {
    const at = line.indexOf(':');
    if (at > 0) message[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return message;
}

type Reader = (message: AmiMessage, trunks: readonly string[]) => Partial<CanonicalEvent> | null;

/** `type` of ours for each event of theirs, and what else it says. */
const READERS: Record<string, [CallEventType, Reader]> = {
  Newchannel: ['call.started', begun],
  QueueCallerJoin: ['queue.entered', inQueue],
  AgentCalled: ['offer.ringing', offered],
  // Milliseconds here, whatever the manual says.
  AgentRingNoAnswer: [
    'offer.failed',
    (m) => ({ ...offered(m), cause: 'noAnswer', durations: ringOf(Number(m.RingTime)) }),
  ],
  // Seconds here.
  AgentConnect: ['call.answered', (m) => ({ ...offered(m), durations: ringOf(secondsMs(m.RingTime ?? null)) })],
  AgentComplete: ['offer.failed', (m) => ({ ...offered(m), cause: 'normalClearing', causeRaw: m.Reason ?? null })],
  AgentDump: ['offer.failed', (m) => ({ ...offered(m), cause: 'rejected' })],
  QueueCallerAbandon: ['queue.left', (m) => ({ ...inQueue(m), exit: 'abandoned' })],
  // Also next to a connect or an abandonment, which then decide.
  QueueCallerLeave: ['queue.left', (m) => ({ ...inQueue(m), exit: 'timedOut' })],
  Hold: ['call.held', (m) => ({ legId: m.Uniqueid })],
  Unhold: ['call.resumed', (m) => ({ legId: m.Uniqueid })],
  BlindTransfer: ['call.transferred', (m) => ({ callId: m.TransfererLinkedid })],
  AttendedTransfer: ['call.transferred', (m) => ({ callId: m.OrigTransfererLinkedid })],
  DTMFEnd: ['dtmf.collected', (m) => ({ ivr: { dtmf: m.Digit ?? '' } })],
  UserEvent: ['dtmf.collected', handedOver],
  Hangup: ['call.ended', hungUp],
};

/**
 * What a message says of calls; nothing for what is not ours to know. The root is the Linkedid: the call of the person, whatever
 * channels it passes through. `trunks`: contexts in which outside lines arrive.
 */
export function readAmi(message: AmiMessage, trunks: readonly string[]): CanonicalEvent[] {
  if (/^QueueMember/.test(message.Event ?? '')) return [memberState(message)];
  if (!Object.hasOwn(READERS, message.Event ?? '')) return [];
  const [type, reader] = READERS[message.Event];
  const said = reader(message, trunks);
  const callId = said?.callId ?? message.Linkedid;
  if (!said || !callId) return [];
  return [canonical({ type, legId: callId, receivedAt: '', ...timeOf(message), ...said, callId, rootId: callId })];
}

/** Only when the system is told to add it; else the time of arrival counts. */
function timeOf({ Timestamp, SequenceNumber }: AmiMessage): Partial<CanonicalEvent> {
  const at = /^\d{10}(\.\d{1,9})?$/.test(Timestamp ?? '') ? Number(Timestamp) * 1_000 : null;
  const sequence = /^\d{1,9}$/.test(SequenceNumber ?? '') ? Number(SequenceNumber) : null;
  return { occurredAt: at === null ? null : new Date(at).toISOString(), sequence };
}

function begun({ Uniqueid, Linkedid, Context = '', CallerIDNum, Exten }: AmiMessage, trunks: readonly string[]) {
  if (Uniqueid !== Linkedid) return null;
  const from = CallerIDNum && CallerIDNum !== '<unknown>' ? CallerIDNum : 'unknown';
  if (trunks.includes(Context)) return { direction: 'in' as const, from, to: Exten ?? null };
  const direction = (Exten ?? '').length > 6 ? ('out' as const) : ('internal' as const);
  return { direction, from, to: Exten ?? null, agents: [{ kind: 'extension', value: from } as AgentRef] };
}

function inQueue({ Queue }: AmiMessage): Partial<CanonicalEvent> {
  return { queueRef: Queue ?? null };
}

/** The part towards one member: its channel, else its interface. */
function offered(message: AmiMessage): Partial<CanonicalEvent> {
  const { DestUniqueid, Interface = '', MemberName, Queue } = message;
  const agents = [
    ...interfaceRefs(Interface),
    ...(MemberName ? [{ kind: 'displayName', value: MemberName } as AgentRef] : []),
  ];
  return { legId: DestUniqueid ?? Interface, agents, queueRef: Queue ?? null };
}

/** `PJSIP/204`, `Local/204@agents/n`: the extension, and the interface as it stands. */
function interfaceRefs(name: string): AgentRef[] {
  const extension = /^\w+\/(\d{1,15})(?=$|@|-|\/)/.exec(name)?.[1];
  const peer: AgentRef[] = name ? [{ kind: 'sipPeer', value: name }] : [];
  return extension ? [{ kind: 'extension', value: extension }, ...peer] : peer;
}

function ringOf(ms: number | undefined): { ring: number } | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms > 0 ? { ring: ms } : undefined;
}

/** A dial plan hands over what it asked: `UserEvent(Sanad,Language: fr)`. */
function handedOver(message: AmiMessage): Partial<CanonicalEvent> | null {
  if (message.UserEvent !== 'Sanad') return null;
  const { Language, RecordingRef } = message;
  return { ivr: Language ? { language: Language } : {}, recordingRef: RecordingRef ?? null };
}

/** The end of the person's channel ends the call, that of another only its part. */
function hungUp({ Uniqueid, Linkedid, Cause = '' }: AmiMessage): Partial<CanonicalEvent> {
  const told = { cause: causeOf(Cause), causeRaw: Cause };
  return Uniqueid === Linkedid ? told : { ...told, type: 'offer.failed', legId: Uniqueid };
}

function memberState(message: AmiMessage): CanonicalEvent {
  const said = (...names: string[]): string => names.map((name) => message[name]).find(Boolean) ?? '';
  // The name is the same in every event, the field is not.
  const key = said('Interface', 'Location', 'StateInterface', 'MemberName');
  const names = { name: said('MemberName', 'Name'), paused: said('Paused'), reason: said('PausedReason') };
  const state: Record<string, string> = { kind: 'member', key, ...names, device: said('Status') };
  if (message.Event === 'QueueMemberRemoved') state.removed = 'yes';
  const at = { callId: key, legId: key, receivedAt: '', queueRef: message.Queue ?? null };
  return canonical({ ...at, type: 'agent.state', state });
}

/** One look at everything: people and those who wait in queues, for the mirror, and the channels that live. */
export interface AmiSnapshot {
  events: CanonicalEvent[];
  /** Linkedids of the calls that go on. */
  living: Set<string>;
}

/**
 * What stands after `QueueStatus` and `CoreShowChannels`. Somebody waits whose beginning was not heard: the call is told with the time
 * at which it came into the queue. `now` in milliseconds.
 */
export function snapshotOf(messages: readonly AmiMessage[], now: number): AmiSnapshot {
  const living = new Set(messages.filter((one) => one.Event === 'CoreShowChannel').map((one) => one.Linkedid));
  const members = messages.filter((one) => one.Event === 'QueueMember').map(memberState);
  const waiting = messages.filter((one) => one.Event === 'QueueEntry').flatMap((one) => entered(one, now));
  const end = canonical({
    type: 'agent.state',
    callId: 'snapshot',
    legId: 'snapshot',
    receivedAt: '',
    state: { snapshot: 'end' },
  });
  return { events: [...members, ...waiting, end], living };
}

function entered(
  { Uniqueid, Linkedid, Queue, Wait, CallerIDNum, Position }: AmiMessage,
  now: number,
): CanonicalEvent[] {
  const callId = Linkedid ?? Uniqueid;
  const waited = secondsMs(Wait ?? null) ?? 0;
  const state = { kind: 'caller', key: callId, position: Position ?? '', number: CallerIDNum ?? '' };
  const at = { callId, legId: callId, receivedAt: '', queueRef: Queue ?? null };
  const occurredAt = new Date(now - waited).toISOString();
  return [
    canonical({ ...at, type: 'agent.state', state }),
    canonical({ ...at, type: 'queue.entered', direction: 'in', from: CallerIDNum ?? null, occurredAt }),
  ];
}

/** The end of calls that are no more, told after a gap in listening. */
export function missedEnds(open: readonly string[], living: ReadonlySet<string>): CanonicalEvent[] {
  return open
    .filter((root) => !living.has(root))
    .map((callId) =>
      canonical({ type: 'call.ended', callId, legId: callId, receivedAt: '', cause: 'unknown', causeRaw: 'reconcile' }),
    );
}
