import type { IncomingHttpHeaders } from 'node:http';
import type { LogCursor } from '@app/contract/realtime';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGITS = /^[0-9]{1,18}$/;

/** The token of a handshake: `auth.token` first, else the cookie, never the address; null when there is neither. */
export function tokenOfHandshake(auth: unknown, headers: IncomingHttpHeaders, cookieName: string): string | null {
  const given = field(auth, 'token');
  if (given !== undefined) return typeof given === 'string' ? given : '';
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.split('=', 2);
    if (name.trim() === cookieName) return (value ?? '').trim();
  }
  return null;
}

/** Splits a packet into its name, its one body and the way to answer. */
export function readPacket(packet: readonly unknown[]): {
  name: string | null;
  body: unknown;
  ack: ((answer: unknown) => void) | null;
} {
  const last = packet[packet.length - 1];
  const ack = typeof last === 'function' ? (last as (answer: unknown) => void) : null;
  const [name, ...bodies] = ack ? packet.slice(0, -1) : packet;
  return { name: typeof name === 'string' ? name : null, body: bodies.length === 1 ? bodies[0] : undefined, ack };
}

/** The ticket id of a body, in lower case; null when the body is anything else. */
export function readTicketId(body: unknown): string | null {
  const id = field(body, 'ticketId');
  return typeof id === 'string' && UUID.test(id) ? id.toLowerCase() : null;
}

/** The hub named in a body; undefined when it names none, null when the body is anything else. */
export function readHubId(body: unknown): string | undefined | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const id = field(body, 'hubId');
  if (id === undefined) return undefined;
  return typeof id === 'string' && UUID.test(id) ? id.toLowerCase() : null;
}

export function readTyping(body: unknown): boolean | null {
  const typing = field(body, 'typing');
  return typeof typing === 'boolean' ? typing : null;
}

export function readCursor(body: unknown): LogCursor | null {
  const [xid, id] = [field(body, 'xid'), field(body, 'id')];
  if (typeof xid !== 'string' || typeof id !== 'string' || !DIGITS.test(xid) || !DIGITS.test(id)) return null;
  return { xid, id };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
