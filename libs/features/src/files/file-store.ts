import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';

/** Where files lie: a folder beside the database, or a bucket. Names are random and say nothing. */
@Injectable()
export class FileStore {
  private opening: Promise<Disk> | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** A folder of this machine for what is still coming in. */
  async incoming(): Promise<string> {
    const folder = path.join(this.config.varDir, 'incoming');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Takes over a whole file. */
  async keep(from: string, key: string, size: number): Promise<void> {
    await (await this.disk()).putStream(key, createReadStream(from), { contentLength: size });
    if (this.config.bucket) return;
    // Down to the disk before anybody is told.
    const file = await open(path.join(this.config.varDir, 'files', key), 'r+');
    await file.sync().finally(() => file.close());
  }

  async read(key: string): Promise<Readable> {
    return (await this.disk()).getStream(key);
  }

  /** Also when it is gone already. */
  async forget(key: string): Promise<void> {
    await (await this.disk()).delete(key);
  }

  /** Names below a folder. */
  async list(folder: string): Promise<string[]> {
    const disk = await this.disk();
    try {
      const { objects } = await disk.listAll(folder);
      return [...objects].flatMap((one) => (one.isFile ? [one.key] : []));
    } catch {
      return []; // nothing came in that day
    }
  }

  private disk(): Promise<Disk> {
    this.opening ??= this.open();
    return this.opening;
  }

  private async open(): Promise<Disk> {
    const { bucket } = this.config;
    if (!bucket)
      return new Disk(new FSDriver({ location: path.join(this.config.varDir, 'files'), visibility: 'private' }));
    // Loaded only where it is used: the client is large.
    const { S3Driver } = await import('flydrive/drivers/s3');
    const { name, region, endpoint, accessKeyId, secretAccessKey } = bucket;
    const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
    return new Disk(
      new S3Driver({
        bucket: name,
        region,
        visibility: 'private',
        supportsACL: false,
        ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
        ...(credentials ? { credentials } : {}),
      }),
    );
  }
}
