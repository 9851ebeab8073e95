import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { shownFileName } from '@app/domain/file-name';
import { drawable, imageSize } from '@app/domain/image-size';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import { malformed } from '@app/platform/file-body';
import { countLimits } from '../identity/login-limit';
import { FileStore } from './file-store';
import { sniffedType } from './file-types';
import type { UploadView } from './file-view.dto';

export const UPLOAD_HOURS = 24;
/** An attachment that was begun in time is finished before its file goes. */
const SWEPT_AFTER_HOURS = 25;
const MAX_BY_OWNER = 120;
const HEAD_BYTES = 256 * 1024;
const BATCH = 100;

/** Files on their way: kept first, then written down, so that what was acknowledged is never lost. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one file in.
   * @throws Refusal `type_not_allowed`, `image_too_large`, `validation_failed` for an empty one, `rate_limited`
   */
  async take(
    actor: Actor,
    given: string,
    stream: Readable & { truncated?: boolean },
    address: string,
  ): Promise<UploadView> {
    const owner = actor.role === 'visitor' ? address : actor.accountId;
    await this.db.system((tx) => countLimits(tx, [{ kind: 'upload', value: owner, max: MAX_BY_OWNER }]));
    const part = path.join(await this.store.incoming(), randomUUID());
    try {
      const { size, sha256 } = await receive(stream, part).catch((error: unknown) => {
        throw malformed(error);
      });
      if (stream.truncated) throw new Refusal('payload_too_large', 'The file is too large.');
      if (size === 0) throw Refusal.field('/file', 'empty', 'The file is empty.');
      const name = shownFileName(given);
      const type = await sniffedType(part, name);
      await refuseBomb(part);
      return await this.keep(actor, part, { name, type, size, sha256 });
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Forgets what nobody attached, and files of two days ago that no row knows. Returns how many files went. */
  async sweep(): Promise<number> {
    const now = this.clock.now().getTime();
    await this.sweepIncoming(now);
    return (await this.sweepRows(now)) + (await this.sweepFiles(now));
  }

  private async keep(
    actor: Actor,
    part: string,
    file: { name: string; type: string; size: number; sha256: Buffer },
  ): Promise<UploadView> {
    const id = randomUUID();
    const { name, type, size, sha256 } = file;
    const key = `${dayOf(this.clock.now().getTime())}/${randomUUID()}`;
    await this.store.keep(part, key, size);
    return this.db.run(
      actor,
      async (tx) => {
        await tx.query(
          'upload-add',
          'insert into upload (id, account_id, name, type, size, sha256, file, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
          [id, actor.accountId, name, type, size, sha256, key, tx.now],
        );
        const expiresAt = new Date(tx.now.getTime() + UPLOAD_HOURS * 3_600_000);
        return { id, name, type, size, scan: 'unscanned' as const, expiresAt };
      },
      { as: actor.role === 'visitor' ? 'system' : undefined },
    );
  }

  private async sweepRows(now: number): Promise<number> {
    return this.db.system(async (tx) => {
      const rows = await tx.query<{ id: string; file: string }>(
        'uploads-old',
        `select id, file from upload where created_at < $1 order by created_at limit ${BATCH} for update skip locked`,
        [new Date(now - SWEPT_AFTER_HOURS * 3_600_000)],
      );
      for (const row of rows) await this.store.forget(row.file);
      await tx.query('uploads-forget', 'delete from upload where id = any ($1)', [rows.map((row) => row.id)]);
      return rows.length;
    });
  }

  /** A process that died between file and row leaves a file alone. */
  private async sweepFiles(now: number): Promise<number> {
    const keys = await this.store.list(dayOf(now - 2 * DAY_MS));
    if (keys.length === 0) return 0;
    const known = await this.db.system((tx) =>
      tx.query<{ file: string }>(
        'files-known',
        'select file from upload where file = any ($1) union all select file from attachment where file = any ($1)',
        [keys],
      ),
    );
    const kept = new Set(known.map((row) => row.file));
    const lost = keys.filter((key) => !kept.has(key));
    for (const key of lost) await this.store.forget(key);
    return lost.length;
  }

  private async sweepIncoming(now: number): Promise<void> {
    const folder = await this.store.incoming();
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => null);
      if (found && found.mtimeMs < now - DAY_MS) await rm(file, { force: true });
    }
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Writes a stream down to the disk itself, counting and hashing on the way. */
async function receive(stream: Readable, to: string): Promise<{ size: number; sha256: Buffer }> {
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done): void {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(stream, count, createWriteStream(to, { mode: 0o600, flush: true }));
  return { size, sha256: hash.digest() };
}

/** A picture of a few bytes that fills the memory of whoever draws it. */
async function refuseBomb(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const size = imageSize(buffer.subarray(0, bytesRead));
    if (size && !drawable(size)) throw new Refusal('image_too_large', 'The picture has too many points.');
  } finally {
    await handle.close();
  }
}
