import type { FastifyRequest } from 'fastify';
import { Refusal } from '@app/domain/refusal';

/** The only addresses that take bodies of every type, as bytes: those of telephone systems. */
const WEBHOOKS = '/api/v1/telephony/';
const BYTES = 'application/octet-stream';
const MAX_WEBHOOK_BYTES = 64 * 1024;

type Typed = { webhookType?: string };

export function isWebhook({ url, method }: Pick<FastifyRequest, 'url' | 'method'>): boolean {
  return method === 'POST' && url.startsWith(WEBHOOKS);
}

/** Has the body handed on as it came, whatever type it claims; the claim is kept aside. */
export function takeWebhook(request: FastifyRequest): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_WEBHOOK_BYTES) {
    throw new Refusal('payload_too_large', 'The event is too large.');
  }
  (request as Typed).webhookType = request.headers['content-type'] ?? '';
  request.headers['content-type'] = BYTES;
}

/** What the sender said that the body is; empty when it said nothing. */
export function webhookTypeOf(request: FastifyRequest): string {
  return (request as Typed).webhookType ?? '';
}
