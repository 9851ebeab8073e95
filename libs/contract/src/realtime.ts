import type { EventType } from '@app/domain/events';
import type { components } from './openapi';

/**
 * What travels on the socket (`/socket.io`, websocket only). The token goes into `auth.token` or the session cookie, never into the
 * address. Frames carry ids and versions only; content is fetched through the guarded API.
 */

/** Place in the log. Opaque to clients: keep the newest one received and send it back in `resume`. */
export interface LogCursor {
  xid: string;
  id: string;
}

/** Something happened to a ticket, or for the account. */
export interface Poke {
  type: EventType;
  /** Ticket, notification, call (`call.*`) or callback (`callback.*`); null when the event is about none of them. */
  id: string | null;
  /** Of the ticket, call or callback; ignore a poke that is not newer than what is shown. */
  version: number | null;
  hubId?: string;
  /** Instant of the event, ISO 8601 in UTC. */
  at: string;
  cursor: LogCursor;
}

export interface Viewer {
  /** Null for the requester, who is shown as `requester` without a name. */
  accountId: string | null;
  name: string;
}

export interface Presence {
  ticketId: string;
  viewers: Viewer[];
  writers: Viewer[];
}

export const SOCKET_CODES = [
  'bad_event',
  'validation_failed',
  'not_found',
  'rate_limited',
  'overloaded',
  'internal',
] as const;
export type SocketCode = (typeof SOCKET_CODES)[number];

/** The one shape of every refusal on the socket. */
export interface SocketRefusal {
  ok: false;
  code: SocketCode;
}

/** `data` of a `connect_error`. */
export interface HandshakeRefusal {
  code: 'unauthorized' | 'invalid_token' | 'rate_limited' | 'overloaded';
}

export type WatchAnswer = { ok: true; viewers: Viewer[] } | SocketRefusal;
export type PlainAnswer = { ok: true } | SocketRefusal;
export type ResumeAnswer =
  | { ok: true; events: Poke[]; cursor: LogCursor }
  /** Too much was missed, or it cannot be told: fetch again what is shown, and go on from `cursor`. */
  | { ok: true; resync: true; cursor: LogCursor }
  | SocketRefusal;

/** The wall as `GET /reports/wallboard` gives it, whole each time. */
export type WallSnapshot = components['schemas']['WallboardView'];

export interface ClientToServerEvents {
  watch(body: { ticketId: string }, ack: (answer: WatchAnswer) => void): void;
  unwatch(body: { ticketId: string }, ack?: (answer: PlainAnswer) => void): void;
  /** Send again at least every 8 s while the person writes. */
  typing(body: { ticketId: string; typing: boolean }, ack?: (answer: PlainAnswer) => void): void;
  /** Stand before a wall: the own hub's; for the programme one hub's or, without `hubId`, that of all. The newest snapshot comes at once. */
  'wall.join'(body: { hubId?: string }, ack: (answer: PlainAnswer) => void): void;
  'wall.leave'(body: Record<string, never>, ack?: (answer: PlainAnswer) => void): void;
  resume(body: LogCursor, ack: (answer: ResumeAnswer) => void): void;
}

export interface ServerToClientEvents {
  /** First thing on each connection: where the log stands. */
  ready(body: { cursor: LogCursor }): void;
  event(poke: Poke): void;
  presence(body: Presence): void;
  /** The live figures of the hub moved; fetch them. At most one every 2 s per hub. */
  figures(body: { hubId: string }): void;
  /** To those who stand before a wall: at most one every 2 s, when something on it has changed. Replaces the one before. */
  'wall.snapshot'(body: WallSnapshot): void;
  /**
   * The server ends this socket, and Socket.IO will not come back by itself: sign in again, or slow down. When only the rights of the
   * person changed, the transport is cut instead, and the reconnect gets the new rooms.
   */
  closing(body: { code: 'session_closed' | 'rate_limited' }): void;
}
