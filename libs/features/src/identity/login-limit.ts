import { createHash } from 'node:crypto';
import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';

const QUARTER_MS = 15 * 60_000;
const MAX_BY_EMAIL = 10;
const MAX_BY_ADDRESS = 100;

/** One thing that is counted, how often it may come up, and within what time (a quarter of an hour unless said). */
export interface Limit {
  kind: string;
  value: string;
  max: number;
  windowMs?: number;
}

/**
 * Counts one attempt by e-mail and by address, atomically and before the password is looked at, so that parallel guesses
 * cannot slip through. Keys are hashes: no personal data at rest.
 * @throws Refusal `rate_limited`
 */
export function countAttempt(tx: TenantTx, email: string, address: string): Promise<void> {
  return countLimits(tx, [
    { kind: 'email', value: email, max: MAX_BY_EMAIL },
    { kind: 'address', value: address, max: MAX_BY_ADDRESS },
  ]);
}

/**
 * Counts one use of each limit.
 * @throws Refusal `rate_limited` when one is over
 */
export async function countLimits(tx: TenantTx, limits: readonly Limit[]): Promise<void> {
  const counted = limits
    .map(({ kind, value, max, windowMs = QUARTER_MS }) => ({
      key: keyOf(kind, value),
      window: new Date(Math.floor(tx.now.getTime() / windowMs) * windowMs),
      max,
    }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const rows = await tx.query<{ key: Buffer; attempts: number }>(
    'count-attempt',
    `insert into login_attempt (key, window_start) select k, w from unnest($1::bytea[], $2::timestamptz[]) as x(k, w)
     on conflict (key, window_start) do update set attempts = login_attempt.attempts + 1 returning key, attempts`,
    [counted.map((one) => one.key), counted.map((one) => one.window)],
  );
  const over = rows.some((row) => row.attempts > counted.find((one) => one.key.equals(row.key))!.max);
  if (over) throw new Refusal('rate_limited', 'Too many attempts. Wait a while.');
}

/** A success forgives the failures of this e-mail, or of what else was counted. */
export async function forgetAttempts(tx: TenantTx, value: string, kind = 'email'): Promise<void> {
  await tx.query('forget-attempts', 'delete from login_attempt where key = $1 or window_start < $2', [
    keyOf(kind, value),
    new Date(tx.now.getTime() - 24 * 3_600_000),
  ]);
}

function keyOf(kind: string, value: string): Buffer {
  return createHash('sha256')
    .update(`${kind}:${value.normalize('NFKC').toLowerCase()}`)
    .digest();
}
