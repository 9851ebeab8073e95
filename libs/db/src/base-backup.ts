import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Client, type Connection } from 'pg';
import { StartupProblem } from './startup-problem';

/** A copy holds all that a crash would leave on the disk, and the log that was written meanwhile: it recovers as after a crash. */
const BASE_BACKUP = `BASE_BACKUP (LABEL 'sanad', CHECKPOINT 'fast', WAL true, MANIFEST 'no')`;
/** First letters of the messages of the server (protocol of PostgreSQL 15 and newer). */
const [ARCHIVE, DATA] = [0x6e, 0x64];

/**
 * Copies a whole running cluster as one tar archive, by the replication protocol: no program of PostgreSQL is needed, and nobody who
 * works is held up. The login needs the right to replicate. Throws a StartupProblem for a cluster with further tablespaces.
 */
export async function baseBackup(adminUrl: string, to: Writable): Promise<{ bytes: number }> {
  const client = new Client({
    connectionString: adminUrl,
    replication: 'true',
    application_name: 'sanad-backup',
  } as object);
  await client.connect();
  try {
    const copy = new CopyOut(to);
    client.query(copy as never);
    await copy.done;
    to.end();
    await once(to, 'finish');
    return { bytes: copy.bytes };
  } finally {
    await client.end();
  }
}

/** What the driver calls while the server sends. */
class CopyOut {
  bytes = 0;
  private full = false;
  private failure: Error | null = null;
  private resolve: () => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;
  readonly done = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(private readonly to: Writable) {}

  submit(connection: Connection): void {
    connection.query(BASE_BACKUP);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: Connection): void {
    if (chunk[0] === ARCHIVE) this.begin(chunk.toString('utf8', 1).split('\0'));
    if (chunk[0] !== DATA) return;
    this.bytes += chunk.length - 1;
    if (this.to.write(Buffer.from(chunk.subarray(1))) || this.full) return;
    this.full = true;
    const { stream } = connection as unknown as { stream: { pause(): void; resume(): void } };
    stream.pause();
    this.to.once('drain', () => {
      this.full = false;
      stream.resume();
    });
  }

  handleError(error: Error): void {
    this.failure ??= error;
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure);
    else this.resolve();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}

  private begin([, tablespace]: string[]): void {
    if (tablespace)
      this.failure ??= new StartupProblem(`The cluster has a tablespace in ${tablespace}: use pg_basebackup.`);
  }
}
