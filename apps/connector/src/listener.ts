import type { CanonicalEvent } from '@app/domain/calls/canonical-event';

/** Where a connector puts what it hears, and asks what is believed. */
export interface Listener {
  /** Kept in the order given. */
  heard(events: readonly CanonicalEvent[]): void;
  /** Roots of the calls that are thought to go on. */
  openRoots(): Promise<string[]>;
  /** Signed in, and everything that was missed is told. */
  ready(): void;
  problem(what: string): void;
}

export interface Credentials {
  username: string;
  secret: string;
  trunks: readonly string[];
}
