import { createHash } from 'node:crypto';

/** The columns of an event that never change; hub and association follow a ticket that is moved. */
export interface SealedEvent {
  id: string;
  xid: string;
  /** ISO, microseconds. */
  at: string;
  type: string;
  ticketId: string | null;
  actorId: string | null;
  entityVersion: number | null;
  data: unknown;
}

/** What the first seal continues. */
export const FIRST_SEAL: Buffer = Buffer.alloc(32);

/** SHA-256 of the previous seal's hash and one canonical line for each event, in the order given. */
export function sealHash(previous: Buffer, events: readonly SealedEvent[]): Buffer {
  const hash = createHash('sha256').update(previous);
  for (const event of events) hash.update(canonicalLine(event));
  return hash.digest();
}

function canonicalLine(event: SealedEvent): string {
  const { id, xid, at, type, ticketId, actorId, entityVersion, data } = event;
  return `${JSON.stringify([id, xid, at, type, ticketId, actorId, entityVersion, sortKeys(data)])}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // A list of pairs, because an object would put keys that look like numbers first.
  return { sorted: entries.map(([key, inner]) => [key, sortKeys(inner)]) };
}
