import { createHash } from 'node:crypto';
import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';

const WINDOW_MS = 15 * 60_000;
const MAX_BY_EMAIL = 10;
const MAX_BY_ADDRESS = 100;

/**
 * Counts one attempt by e-mail and by address, atomically and before the password is looked at, so that parallel guesses
 * cannot slip through. Keys are hashes: no personal data at rest.
 * @throws Refusal `rate_limited`
 */
export async function countAttempt(tx: TenantTx, email: string, address: string): Promise<void> {
  const window = new Date(Math.floor(tx.now.getTime() / WINDOW_MS) * WINDOW_MS);
  const limits = [
    { key: keyOf('email', email), max: MAX_BY_EMAIL },
    { key: keyOf('address', address), max: MAX_BY_ADDRESS },
  ].sort((a, b) => Buffer.compare(a.key, b.key));
  const rows = await tx.query<{ key: Buffer; attempts: number }>(
    'count-attempt',
    `insert into login_attempt (key, window_start) select k, $2 from unnest($1::bytea[]) k
     on conflict (key, window_start) do update set attempts = login_attempt.attempts + 1 returning key, attempts`,
    [limits.map((one) => one.key), window],
  );
  const over = rows.some((row) => row.attempts > limits.find((one) => one.key.equals(row.key))!.max);
  if (over) throw new Refusal('rate_limited', 'Too many attempts. Wait a while.');
}

/** A success forgives the failures of this e-mail. */
export async function forgetAttempts(tx: TenantTx, email: string): Promise<void> {
  await tx.query('forget-attempts', 'delete from login_attempt where key = $1 or window_start < $2', [
    keyOf('email', email),
    new Date(tx.now.getTime() - 24 * 3_600_000),
  ]);
}

function keyOf(kind: string, value: string): Buffer {
  return createHash('sha256')
    .update(`${kind}:${value.normalize('NFKC').toLowerCase()}`)
    .digest();
}
