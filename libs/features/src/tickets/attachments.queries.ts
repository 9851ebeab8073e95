import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { drawable, imageSize } from '@app/domain/image-size';
import { Refusal } from '@app/domain/refusal';
import { FileStore } from '../files/file-store';
import { readsNotes } from './messages.service';
import { TicketsQueries } from './tickets.queries';

/** A file whose bytes are on their way. */
export interface OpenedFile {
  name: string;
  size: number;
  stream: Readable;
}

interface KeptFile {
  name: string;
  type: string;
  size: number;
  file: string;
}

const SHOWN = ['image/png', 'image/jpeg'];
/** A picture that is shown is read whole, to be looked at again. */
const LARGEST_SHOWN = 15 * 1024 * 1024;

/** Files, guarded like the message that they came with. */
@Injectable()
export class AttachmentsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly tickets: TicketsQueries,
    private readonly store: FileStore,
  ) {}

  /** @throws Refusal `not_found` for whoever may not read the message */
  async open(actor: Actor, id: string): Promise<OpenedFile> {
    const { name, size, file } = await this.find(actor, id);
    return { name, size, stream: await this.store.read(file) };
  }

  /** @throws Refusal `not_found` also for what is no picture that browsers may draw */
  async openImage(actor: Actor, id: string): Promise<OpenedFile & { type: string }> {
    const { name, type, size, file } = await this.find(actor, id);
    if (!SHOWN.includes(type) || size > LARGEST_SHOWN) throw new Refusal('not_found', 'Not found.');
    const chunks: Buffer[] = [];
    for await (const chunk of await this.store.read(file)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const found = imageSize(bytes);
    if (!found || !drawable(found)) throw new Refusal('not_found', 'Not found.');
    return { name, type: found.type, size: bytes.length, stream: Readable.from([bytes]) };
  }

  /** The row is read under the actor's role, in the transaction that has shown that the ticket may be read. */
  private async find(actor: Actor, id: string): Promise<KeptFile> {
    const [owner] = await this.db.system((tx) =>
      tx.query<{ ticketId: string }>(
        'attachment-ticket',
        'select ticket_id as "ticketId" from attachment where id = $1',
        [id],
      ),
    );
    if (!owner) throw new Refusal('not_found', 'Not found.');
    const [row] = await this.tickets.read(actor, owner.ticketId, 'read', (tx, found) => {
      const notes = readsNotes(actor, found.subject);
      return tx.last<KeptFile>(
        `attachment-find:${notes}`,
        `select name, type, size, file from attachment where id = $1 and ticket_id = $2 ${notes ? '' : 'and public'}`,
        [id, found.row.id],
      );
    });
    if (!row) throw new Refusal('not_found', 'Not found.');
    return row;
  }
}
