import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Provider } from '@app/domain/calls/canonical-event';

/** How far a signed time may lie from ours. */
const MOST_SKEW_MS = 5 * 60_000;

export interface Signed {
  body: Buffer;
  headers: IncomingHttpHeaders;
  /** As the telephone system was told. */
  url: string;
  contentType: string;
  now: Date;
}

/**
 * Whether the bytes carry the signature of their system: sipgate RSA-SHA256, Placetel HMAC-SHA256 in hex, Twilio HMAC-SHA1 over address
 * and sorted fields, jambonz HMAC-SHA256 over time and body, others HMAC-SHA256 in `X-Signature`. The key is the shared secret, or a
 * public key in PEM.
 */
export function isSigned(provider: Provider, key: string, signed: Signed): boolean {
  const check = CHECKS[provider] ?? generic;
  try {
    return check(key, signed);
  } catch {
    return false;
  }
}

const CHECKS: Partial<Record<Provider, (key: string, signed: Signed) => boolean>> = {
  sipgate: (key, { body, headers }) => {
    const signature = header(headers, 'x-sipgate-signature');
    return verify('sha256', body, createPublicKey(key), Buffer.from(signature, 'base64'));
  },
  placetel: (key, { body, headers }) => same(hex(key, body), header(headers, 'x-placetel-signature').toLowerCase()),
  twilio: (key, signed) => {
    const own = createHmac('sha1', key).update(twilioText(signed)).digest('base64');
    return same(own, header(signed.headers, 'x-twilio-signature'));
  },
  jambonz: (key, { body, headers, now }) => {
    const [, time, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header(headers, 'jambonz-signature')) ?? [];
    if (!time || Math.abs(now.getTime() - Number(time) * 1_000) > MOST_SKEW_MS) return false;
    return same(hex(key, Buffer.concat([Buffer.from(`${time}.`), body])), given);
  },
};

function generic(key: string, { body, headers }: Signed): boolean {
  return same(hex(key, body), header(headers, 'x-signature').toLowerCase());
}

function twilioText({ body, url, contentType }: Signed): string {
  if (contentType.includes('json')) return url;
  const pairs = [...new URLSearchParams(body.toString('utf8'))];
  pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return url + pairs.map(([name, value]) => name + value).join('');
}

const hex = (key: string, bytes: Buffer): string => createHmac('sha256', key).update(bytes).digest('hex');

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function same(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}
