/** How far a process may be from the clock of the database. */
export const MAX_DRIFT_MS = 2_000;

/** The application's clock; replaced where time has to be led (the demonstration, tests). */
export class Clock {
  now(): Date {
    return new Date();
  }
}
