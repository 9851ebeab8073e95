import type { TenantTx } from './tenant-db';

/** Bad data, a broken constraint or a trigger that says no; all else (deadlocks, full disks, lost connections) is no fault of a row. */
const OF_THE_ROW = /^(22|23|44|P0)/;

function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && OF_THE_ROW.test(code);
}

/**
 * Writes all at once; should that be refused, one by one, so that one that is refused holds nobody else.
 * @returns the results of what was written; `refused` is told of each that was left out
 * @throws whatever is no refusal of a row, after which the transaction is over
 */
export async function leaveOut<One, Result>(
  tx: TenantTx,
  all: readonly One[],
  write: (some: readonly One[]) => Promise<Result>,
  refused: (one: One, error: Error) => void,
): Promise<Result[]> {
  if (all.length === 0) return [];
  try {
    return [await tx.attempt(() => write(all))];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (all.length === 1) {
      refused(all[0], error as Error);
      return [];
    }
  }
  const written: Result[] = [];
  for (const one of all) written.push(...(await leaveOut(tx, [one], write, refused)));
  return written;
}
