const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next try after so many failures in a row; spread, so that many do not come back at once. */
export function backoffMs(failures: number, chance: number, first = FIRST_MS): number {
  const whole = Math.min(first * 2 ** Math.max(0, failures - 1), LONGEST_MS);
  return Math.round(whole * (0.5 + chance / 2));
}
