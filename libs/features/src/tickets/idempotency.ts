import { createHash } from 'node:crypto';
import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { serialize, shared } from '@app/platform/shared-reads';

/** A request that may be sent twice and has one effect. */
export interface IdempotentRequest {
  key: string;
  hash: Buffer;
  /** The key as it was sent, where `key` is only its hash. */
  seed?: string;
}

const MAX_KEY = 200;

/** @throws Refusal when the key is missing, blank or too long. */
export function idempotentRequest(key: string | undefined, route: string, body: unknown): IdempotentRequest {
  if (key === undefined || key.trim() === '') {
    throw Refusal.field('header:Idempotency-Key', 'required', 'Send an Idempotency-Key of your own making.');
  }
  if (key.length > MAX_KEY || !/^[\x20-\x7e]+$/.test(key)) {
    throw Refusal.field(
      'header:Idempotency-Key',
      'invalid',
      `The Idempotency-Key has at most ${MAX_KEY} plain characters.`,
    );
  }
  return {
    key,
    hash: createHash('sha256')
      .update(`${route}\n${JSON.stringify(body)}`)
      .digest(),
  };
}

/** The part of a writing statement that claims the key: a repeat makes the whole statement fail, see `isRepeated`. */
export function idempotencyCte(first: number): string {
  return `
    idem as (
      insert into idempotency (account_id, key, request_hash, status, answer, created_at)
      values ($${first}, $${first + 1}, $${first + 2}, 201, $${first + 3}, $${first + 4}))`;
}

/** Whether a statement failed because its key was used before. */
export function isRepeated(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'idempotency_pkey';
}

/** The answer is kept as it leaves: it must not be changed any more. */
export function idempotencyValues(tx: TenantTx, request: IdempotentRequest, answer: object): unknown[] {
  return [tx.actor.accountId, request.key, request.hash, serialize(shared(answer)), tx.now];
}

/**
 * The answer given to the first request with this key; `otherwise` is thrown when there was none.
 * @throws Refusal `idempotency_key_reused` when it was another request.
 */
export async function storedAnswer<T>(
  tx: TenantTx,
  request: IdempotentRequest,
  otherwise: Error = new Refusal('in_progress', 'The same request is in progress. Try again.'),
): Promise<T> {
  const [row] = await tx.query<{ request_hash: Buffer; answer: string }>(
    'idempotency-read',
    'select request_hash, answer from idempotency where account_id = $1 and key = $2',
    [tx.actor.accountId, request.key],
  );
  if (!row) throw otherwise;
  if (!row.request_hash.equals(request.hash)) {
    throw new Refusal('idempotency_key_reused', 'This Idempotency-Key belongs to another request.');
  }
  return JSON.parse(row.answer) as T;
}
