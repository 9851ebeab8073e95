export class SystemVersions {
  /** Of this program. */
  program: string;
  node: string;
  database: string;
}

export class SystemDatabase {
  sizeBytes: number;
  /** Changes of the schema that are in place, and those that this program knows. */
  migrations: number;
  knownMigrations: number;
  lastMigration: string | null;
}

export class QueueState {
  queue: string;
  /** Jobs handed over and not finished; null when the queue does not answer or this process has none. */
  depth: number | null;
}

export class OutboxState {
  consumer: string;
  waiting: number;
  /** Given up after many tries: they wait for a person. */
  dead: number;
  /** When the oldest of those that wait became due. */
  oldestDueAt: Date | null;
  /** Codes of the last errors of what was given up. */
  errors: string[];
}

export class ZoneState {
  /** Of the time zone data. */
  version: string;
  /** Whether it knows that Morocco left UTC+1. */
  right: boolean;
}

export class SealState {
  lastSealedAt: Date | null;
  seals: number;
  /** Events that no seal covers yet. */
  waiting: number;
}

export class DiskState {
  freeBytes: number;
  totalBytes: number;
}

export class MailState {
  waiting: number;
  failed: number;
  /** False in the demonstration and without a mail server: mails are kept as files. */
  sentOutside: boolean;
}

export class SystemState {
  asOf: Date;
  startedAt: Date;
  versions: SystemVersions;
  database: SystemDatabase;
  queues: QueueState[];
  outbox: OutboxState[];
  zone: ZoneState;
  seal: SealState;
  disk: DiskState;
  mail: MailState;
}

export class RequeueAnswer {
  requeued: number;
  /** Still given up: one call takes 1,000. */
  left: number;
}
