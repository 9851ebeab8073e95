import { hash, verify } from 'argon2';

/** argon2id above the usual floor: 19 MiB, two passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MAX_AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

/** A few at a time: hashing is made to be costly, and a flood of sign-ins must not take all memory. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, OPTIONS));

const decoy = hashPassword('no account has this password');

/** With no hash, the same work is done against a decoy, so that time does not tell whether an account exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await decoy);
  const matches = await limited(() => verify(against, password));
  return matches && stored !== null;
}
