import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { UPLOAD_HOURS } from './uploads.service';
import type { AttachmentView } from './file-view.dto';

/** Where files go. */
export interface AttachTarget {
  ticketId: string;
  messageId: string;
  hubId: string;
  associationId: string | null;
  /** False for the files of an internal note. */
  public: boolean;
}

export const MAX_FILES = 20;

/** Files named that are not there: foreign, used before, too old. */
export class UploadsMissing extends Refusal {
  constructor() {
    super('not_found', 'Not found.', [
      { pointer: '/uploadIds', code: 'unknown', detail: 'One of these files is not known.' },
    ]);
  }
}

/**
 * Whether the actor's files are there, for a message that leaves later.
 * @throws UploadsMissing
 */
export async function checkUploads(tx: TenantTx, ids: readonly string[]): Promise<void> {
  const [{ known }] = await tx.query<{ known: number }>(
    'uploads-known',
    'select count(*)::int as known from upload where id = any ($1::uuid[]) and account_id = $2 and created_at > $3',
    [ids, tx.actor.accountId, oldest(tx)],
  );
  if (known !== new Set(ids).size) throw new UploadsMissing();
}

const oldest = (tx: TenantTx): Date => new Date(tx.now.getTime() - UPLOAD_HOURS * 3_600_000);

/**
 * Makes uploads of the actor, or of the author for whom the program acts, files of a message, in the transaction that writes it and before it; one that another request takes at the
 * same time is gone.
 * @throws UploadsMissing
 */
export async function attachUploads(
  tx: TenantTx,
  ids: readonly string[],
  to: AttachTarget,
  owner: string | null = tx.actor.accountId,
): Promise<AttachmentView[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<AttachmentView>(
    'attach-uploads',
    `with taken as (
       delete from upload where id = any ($1::uuid[]) and account_id = $2 and created_at > $3
       returning id, name, type, size, sha256, file, scan, created_at)
     insert into attachment (id, ticket_id, hub_id, association_id, message_id, public, name, type, size, sha256, file, scan, created_at)
     select id, $4, $5, $6, $7, $8, name, type, size, sha256, file, scan, created_at from taken
     returning id, name, type, size, scan`,
    [ids, owner, oldest(tx), to.ticketId, to.hubId, to.associationId, to.messageId, to.public],
  );
  if (rows.length !== new Set(ids).size) throw new UploadsMissing();
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
}
