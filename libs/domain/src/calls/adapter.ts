import type { AgentRef, CanonicalEvent } from './canonical-event';
import type { Fields } from './webhook-fields';

/** What an adapter is told besides the body. */
export interface ReadContext {
  /** ISO 8601 in UTC. */
  receivedAt: string;
}

/** What a body says, or why it says nothing: the word goes to the page on which an integration is tried. */
export type Understood = { events: CanonicalEvent[] } | { problem: ReadProblem } | { ignored: string };
export const READ_PROBLEMS = [
  'unreadable',
  'event_unknown',
  'call_id_missing',
  'direction_unknown',
  'number_missing',
] as const;
export type ReadProblem = (typeof READ_PROBLEMS)[number];

/** What the telephone system is asked to do with a call. */
export type Decision =
  | { kind: 'continue' }
  | { kind: 'reject'; reason: 'busy' | 'rejected' }
  /** Ring these, one after the other or together as the system does; numbers or extensions. */
  | { kind: 'dial'; numbers: string[]; callerId: string | null; ringSeconds: number };

export interface Reply {
  contentType: string;
  body: string;
}

export interface Adapter {
  read(fields: Fields, context: ReadContext): Understood;
  /** In the words of the system. `hooks`: where it should send what comes next. */
  reply(decision: Decision, hooks: string): Reply;
}

const BASE = {
  from: null,
  to: null,
  queueRef: null,
  agents: [],
  cause: null,
  causeRaw: null,
  occurredAt: null,
  sequence: null,
} satisfies Partial<CanonicalEvent>;

/** An event with what was not said left empty. */
export function canonical(
  said: Partial<CanonicalEvent> & Pick<CanonicalEvent, 'type' | 'callId' | 'legId' | 'receivedAt'>,
): CanonicalEvent {
  return { ...BASE, direction: null, rootId: said.callId, ...said };
}

/** How a short text names somebody: an address, an extension of digits, a SIP user, else a name. */
export function agentRef(value: string): AgentRef {
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(value)) return { kind: 'email', value: value.toLowerCase() };
  if (/^\+?\d{1,15}$/.test(value)) return { kind: 'extension', value };
  if (/^(sip|pjsip|local|agent)[:/]/i.test(value)) return { kind: 'sipPeer', value };
  return { kind: 'displayName', value };
}

/** Text for an attribute or element of XML. */
export function xml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
