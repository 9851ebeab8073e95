import type { IncomingHttpHeaders } from 'node:http';

/** Browsers say where a request or a handshake comes from; a program says nothing. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, origins: readonly string[]): boolean {
  if (origin === undefined) return true;
  return [`http://${host}`, `https://${host}`, ...origins].includes(origin);
}
