import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';

/** Proxies ask about every two seconds and believe the second refusal. */
export const DRAIN_MS = 5_000;

/** What a process knows of itself. */
export class ProcessState {
  /** About to end: proxies are told by `/api/ready` and by `connection: close`. */
  draining = false;
  /** Hands the outbox on, so that one that stands still is its own fault; those who only serve go on serving. */
  relays = false;
}

/**
 * Ends a process that serves HTTP so that no request is lost: not ready any more while everything is still answered, for as long as
 * proxies need to notice; then no new connection, what is begun is finished, and the rest in its order.
 */
export async function stopServing(app: INestApplication, drainMs: number): Promise<void> {
  app.get(ProcessState).draining = true;
  await sleep(drainMs);
  await app.close();
}
