import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/** A request is answered within 5 s even when the database is out of reach; the rest of them is for all else. */
export const SILENCE_MS = 4_000;

interface Inside {
  connection: { stream: Socket };
  _getActiveQuery(): unknown;
  _sentQueryQueue: readonly unknown[];
  _queryQueue: readonly unknown[];
}

/**
 * Ends a connection on which a statement waits and nothing has moved for `SILENCE_MS`. A network that is cut without closing (a firewall that forgot, a machine
 * that lost its power) answers nothing and refuses nothing: limits of the server never arrive, and TCP itself gives up after a quarter of an hour.
 * What waits fails as after any lost connection, and the pool opens another.
 */
export function giveUpWhenSilent(client: ClientBase): void {
  const socket = (client as unknown as Inside).connection.stream;
  socket.setTimeout(SILENCE_MS);
  socket.on('timeout', () => {
    if (!waits(client)) return;
    const { bytesRead } = socket;
    // A process that stood still finds its timers first, and only then what came meanwhile.
    setImmediate(() => {
      if (socket.bytesRead === bytesRead && waits(client))
        socket.destroy(new Error('Connection terminated: the database is silent.'));
    });
  });
}

/** For work whose statements may take longer than those of a request; without `ms` as before. */
export function allowSilence(client: ClientBase, ms = SILENCE_MS): void {
  (client as unknown as Inside).connection.stream.setTimeout(ms);
}

function waits(client: ClientBase): boolean {
  const inside = client as unknown as Inside;
  return Boolean(inside._getActiveQuery()) || inside._sentQueryQueue.length > 0 || inside._queryQueue.length > 0;
}
