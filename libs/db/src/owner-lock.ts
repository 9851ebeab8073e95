import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { startOf } from './process-list';
import { StartupProblem } from './startup-problem';

interface Owner {
  pid: number;
  start: string | undefined;
}

const self = (): Owner => ({ pid: process.pid, start: startOf(process.pid) });

/**
 * Makes this process the only owner of `file` and returns the function that gives it back. A dead owner's
 * lock is taken over; a pid alone is not believed, since numbers are used again after a restart.
 */
export function takeOwnership(file: string): () => void {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(self()), { mode: 0o600 });
  try {
    while (!linked(mine, file)) clearDeadOwner(file, `${mine}.dead`);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (ownerOf(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** A hard link appears whole or not at all, and only one process can make it. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function clearDeadOwner(file: string, aside: string): void {
  refuseIfAlive(ownerOf(file));
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // its owner has just left
    throw error;
  }
  const moved = ownerOf(aside);
  if (moved !== undefined && isAlive(moved)) linked(aside, file); // somebody was quicker: give it back
  rmSync(aside, { force: true });
  refuseIfAlive(moved);
}

function refuseIfAlive(owner: Owner | undefined): void {
  if (owner === undefined || !isAlive(owner)) return;
  throw new StartupProblem(
    `Sanad is already running here (process ${owner.pid}). Stop it first, or use another folder with SANAD_VAR.`,
  );
}

function isAlive(owner: Owner): boolean {
  const start = startOf(owner.pid);
  return start !== undefined && start === owner.start;
}

function ownerOf(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined; // absent or damaged: nobody's
  }
}
