import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** Reads `/proc` where there is one (a bare Debian has no `ps`), else asks `ps`. */
const PROC = process.platform === 'linux';

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process ended meanwhile
  }
}

function ps(...args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return ''; // ps exits with 1 when there is no such process
  }
}

/**
 * When a process started, as an opaque text that no later process with the same number shares
 * (`undefined` when it is not running; a zombie is not running).
 */
export function startOf(pid: number): string | undefined {
  if (!PROC) return ps('-o', 'lstart=', '-p', String(pid)) || undefined;
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${fields[19]}@${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`;
}

/** Numbers of the running processes whose command line contains one of the texts, this one left out. */
export function processesNaming(...texts: string[]): number[] {
  return commandLines()
    .filter(([pid, line]) => pid !== process.pid && texts.some((text) => line.includes(text)))
    .map(([pid]) => pid);
}

function commandLines(): [number, string][] {
  if (PROC) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => [Number(pid), (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')]);
  }
  const lines = ps('-axww', '-o', 'pid=,args=').split('\n');
  return lines.map((line) => [Number.parseInt(line, 10), `${line} `]);
}
