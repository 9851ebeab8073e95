import { agentRef, canonical } from './adapter';
import type { CallEventType, CanonicalEvent, QueueExit } from './canonical-event';
import { causeOf } from './cause';

/** One message of FreeSWITCH's event socket: headers, and the body that its length announces. */
export interface EslMessage {
  headers: Record<string, string>;
  body: string;
}

/** Cuts what has arrived into whole messages. Lengths are of bytes. */
export function splitEsl(bytes: Uint8Array): { messages: EslMessage[]; rest: Uint8Array } {
  const messages: EslMessage[] = [];
  const decoder = new TextDecoder();
  let rest = bytes;
  for (;;) {
    const end = rest.findIndex((byte, at) => byte === 10 && rest[at + 1] === 10);
    if (end < 0) return { messages, rest };
    const headers = headersOf(decoder.decode(rest.subarray(0, end)), (value) => value);
    const length = Number(headers['Content-Length'] ?? 0);
    if (rest.length < end + 2 + length) return { messages, rest };
    messages.push({ headers, body: decoder.decode(rest.subarray(end + 2, end + 2 + length)) });
    rest = rest.subarray(end + 2 + length);
  }
}

function headersOf(text: string, read: (value: string) => string): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).trim()] = read(line.slice(at + 1).trim());
  }
  return headers;
}

/** The fields of an event in plain form: values are written like those of an address. */
export function eslFields({ headers, body }: EslMessage): Record<string, string> | null {
  return headers['Content-Type'] === 'text/event-plain' ? headersOf(body, decoded) : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

type Fields = Record<string, string>;

/** What an event says of calls. `trunks`: contexts in which outside lines arrive. */
export function readEsl(fields: Fields, trunks: readonly string[]): CanonicalEvent[] {
  const said = fields['Event-Name'] === 'CUSTOM' ? inCallCentre(fields) : ofChannel(fields, trunks);
  return said ? [canonical({ legId: said.callId, receivedAt: '', ...timeOf(fields), ...said })] : [];
}

/** Microseconds, and a count of its own. */
function timeOf(fields: Fields): Partial<CanonicalEvent> {
  const micro = fields['Event-Date-Timestamp'] ?? '';
  const occurredAt = /^\d{16}$/.test(micro) ? new Date(Number(micro) / 1_000).toISOString() : null;
  const sequence = fields['Event-Sequence'] ?? '';
  return { occurredAt, sequence: /^\d{1,12}$/.test(sequence) ? Number(sequence) : null };
}

type Said = Partial<CanonicalEvent> & { type: CallEventType; callId: string };

const CHANNEL: Record<string, CallEventType> = {
  CHANNEL_CREATE: 'call.started',
  CHANNEL_HOLD: 'call.held',
  CHANNEL_UNHOLD: 'call.resumed',
  CHANNEL_HANGUP_COMPLETE: 'call.ended',
};

/** Channels of outside lines are the calls; those towards people of ours are told by the queue. */
function ofChannel(fields: Fields, trunks: readonly string[]): Said | null {
  const type = CHANNEL[fields['Event-Name']];
  const callId = fields['Unique-ID'];
  if (!type || !callId) return null;
  const own = fields['Call-Direction'] === 'inbound' && trunks.includes(fields['Caller-Context'] ?? '');
  if (!own) return null;
  const from = fields['Caller-Caller-ID-Number'] ?? null;
  const said: Said = { type, callId, direction: 'in', from, to: fields['Caller-Destination-Number'] ?? null };
  return { ...said, ...(type === 'call.ended' ? causeIn(fields['Hangup-Cause'] ?? 'unknown') : {}), ...chosen(fields) };
}

function causeIn(raw: string): Partial<CanonicalEvent> {
  return { cause: causeOf(raw), causeRaw: raw };
}

/** What the menu asked. */
function chosen(fields: Fields): Partial<CanonicalEvent> {
  const language = fields.variable_language ?? fields.variable_default_language;
  return language ? { ivr: { language } } : {};
}

const ACTION: Record<string, CallEventType> = {
  'member-queue-start': 'queue.entered',
  'member-queue-resume': 'queue.entered',
  'agent-offering': 'offer.ringing',
  'bridge-agent-start': 'call.answered',
  'bridge-agent-fail': 'offer.failed',
  'bridge-agent-end': 'offer.failed',
  'member-queue-end': 'queue.left',
};
const EXIT: Record<string, QueueExit> = {
  BREAK_OUT: 'abandoned',
  NONE: 'abandoned',
  TIMEOUT: 'timedOut',
  EXIT_WITH_KEY: 'key',
  NO_AGENT_TIMEOUT: 'noAgent',
};

function inCallCentre(fields: Fields): Said | null {
  const action = fields['CC-Action'] ?? '';
  if (action === 'agent-status-change' || action === 'agent-state-change') return agentState(fields, action);
  const type = ACTION[action];
  const callId = fields['CC-Member-Session-UUID'];
  if (!type || !callId) return null;
  const queueRef = beforeAt(fields['CC-Queue']) || null;
  const said: Said = { type, callId, queueRef };
  if (type === 'queue.left') return { ...said, exit: exitOf(fields) };
  return type === 'queue.entered' ? said : { ...said, ...offerOf(fields, action) };
}

/** The part towards one agent. The same one may be offered a call again: its channel says which time. */
function offerOf(fields: Fields, action: string): Partial<CanonicalEvent> {
  const agent = beforeAt(fields['CC-Agent']);
  const cause = action === 'bridge-agent-fail' && fields['CC-Hangup-Cause'];
  const parts = { legId: fields['CC-Agent-UUID'] || agent, agents: agent ? [agentRef(agent)] : [] };
  return { ...parts, ...(cause ? causeIn(cause) : {}) };
}

const beforeAt = (name = ''): string => name.split('@')[0];

/** Served is told only when the conversation ends; nothing is left to wait for then. */
function exitOf(fields: Fields): QueueExit {
  if (fields['CC-Cause'] === 'Terminated') return 'served';
  return EXIT[fields['CC-Cancel-Reason'] ?? ''] ?? 'abandoned';
}

/**
 * What stands after `callcenter_config agent list`: a table with `|` between its columns and their names in the first line. A last event
 * says that this was all; nothing where the system has no call centre (its answer is an error then).
 */
export function agentsOfEsl(body: string): CanonicalEvent[] {
  const [head = '', ...rows] = body.split('\n').map((line) => line.trim());
  const columns = head.split('|');
  const [name, status, state] = ['name', 'status', 'state'].map((column) => columns.indexOf(column));
  if (name < 0 || status < 0 || state < 0) return [];
  const cells = rows.filter((row) => row.includes('|')).map((row) => row.split('|'));
  const states: Record<string, string>[] = cells.map((row) => ({
    kind: 'member',
    key: row[name],
    status: row[status] ?? '',
    state: row[state] ?? '',
  }));
  return [...states, { snapshot: 'end' }].map((one) => {
    const callId = one.key ?? 'snapshot';
    return canonical({ type: 'agent.state', callId, legId: callId, receivedAt: '', state: one });
  });
}

function agentState(fields: Fields, action: string): Said | null {
  const key = fields['CC-Agent'];
  if (!key) return null;
  const what = action === 'agent-status-change' ? 'status' : 'state';
  const value = fields[what === 'status' ? 'CC-Agent-Status' : 'CC-Agent-State'] ?? '';
  return { type: 'agent.state', callId: key, state: { kind: 'member', key, [what]: value } };
}
