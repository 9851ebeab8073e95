import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(__dirname, '../../var/faults');

interface Line {
  fault: string;
  what: string;
  measured: string;
  bar: string;
  ok: boolean;
}

/** Random numbers that a seed repeats: `FAULT_SEED=…`. */
export const SEED = Number((process.env.FAULT_SEED ??= String(Date.now() % 1_000_000)));
let state = SEED + 1;
export const random = (): number => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;

/** How often a fault is done: `FAULT_ROUNDS=20` for a night. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 3);

/** Keeps the number beside its bar for the table, and fails the test when the bar is missed. */
export function hold(fault: string, what: string, bars: Record<string, [measured: number, bar: number]>): void {
  mkdirSync(FOLDER, { recursive: true });
  const lines = Object.entries(bars).map(([name, [measured, bar]]): Line => {
    const ok = measured <= bar;
    return { fault, what, measured: `${name} ${shown(measured)}`, bar: `<= ${shown(bar)}`, ok };
  });
  writeFileSync(path.join(FOLDER, `${fault}.json`), JSON.stringify(lines));
  expect(lines.filter((line) => !line.ok)).toEqual([]);
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(3));

export function forgetTable(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}

/** What was measured in this run, in the order of the faults. */
export function printTable(): void {
  if (!existsSync(FOLDER)) return;
  const files = readdirSync(FOLDER).sort((a, b) => parseInt(a.slice(1), 10) - parseInt(b.slice(1), 10));
  const lines = files.flatMap((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Line[]);
  // Past Jest's own console, which is closed by now.
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`\nFaults (FAULT_SEED=${SEED}, FAULT_ROUNDS=${ROUNDS})`);
  for (const { fault, what, measured, bar, ok } of lines)
    print(`  ${fault.padEnd(4)} ${what.padEnd(58)} ${measured.padEnd(34)} ${bar.padEnd(12)} ${ok ? 'ok' : 'SHORT'}`);
}
