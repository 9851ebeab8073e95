import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import type { Language } from '@app/domain/language';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { findTicket, ticketKey } from '../tickets/ticket-find';
import type { TicketRow } from '../tickets/ticket-row';
import type { DraftMark, DraftView } from './writing-view.dto';

export const DRAFT_KINDS = ['reply', 'note'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

export interface DraftInput {
  text: string;
  language?: Language | null;
  seenMessageId?: string | null;
}

/** Version of a draft that was never saved: its first save makes the second. */
const UNSAVED = 1;
const MOST_MARKS = 500;
const COLUMNS = `ticket_id as "ticketId", kind, text, language, seen_message_id as "seenMessageId", version, saved_at as "savedAt"`;

/** One's own unfinished texts, one for each ticket and kind. Versions order saves and deletions, so a late save brings nothing back. */
@Injectable()
export class DraftsService {
  constructor(private readonly db: TenantDb) {}

  /** An empty one when there is none. */
  get(actor: Actor, ticket: string, kind: DraftKind): Promise<DraftView> {
    return this.onTicket(
      actor,
      ticket,
      kind,
      async (tx, row) => (await read(tx, row.id, kind)) ?? absent(row.id, kind),
    );
  }

  /** @throws Refusal `precondition_failed` when another save or a deletion came first */
  save(actor: Actor, ticket: string, kind: DraftKind, input: DraftInput, expected: number): Promise<DraftView> {
    return this.onTicket(actor, ticket, kind, (tx, row) => write(tx, row, kind, input, expected));
  }

  /** Empties it; the row keeps the next version. */
  async remove(actor: Actor, ticket: string, kind: DraftKind, expected: number): Promise<void> {
    await this.onTicket(actor, ticket, kind, (tx, row) => write(tx, row, kind, null, expected));
  }

  /** Where one has something unfinished, newest first. */
  marks(actor: Actor): Promise<DraftMark[]> {
    return this.db.run(actor, (tx) =>
      tx.last<DraftMark>(
        'draft-marks',
        `select ticket_id as "ticketId", kind, saved_at as "savedAt" from draft where account_id = $1 and not deleted
         order by saved_at desc limit ${MOST_MARKS}`,
        [actor.accountId],
      ),
    );
  }

  /** On a ticket that the actor may write on, under its own role or as a guest of a loan. A draft leaves no trace: it shows nothing. */
  private async onTicket<T>(
    actor: Actor,
    ticket: string,
    kind: DraftKind,
    work: (tx: TenantTx, row: TicketRow) => Promise<T>,
  ): Promise<T> {
    const key = ticketKey(ticket);
    const action = kind === 'note' ? 'tickets:note' : 'tickets:reply';
    for (const as of [undefined, 'guest'] as const) {
      if (as === 'guest' && actor.associationId) break;
      const result = await this.db.run(
        actor,
        async (tx) => {
          const found = await findTicket(tx, key, as);
          if (!found || !may(actor, 'tickets:read', found.subject)) return null;
          if (!may(actor, action, found.subject)) throw new Refusal('forbidden', 'Your role does not allow this.');
          return { done: await work(tx, found.row) };
        },
        { as },
      );
      if (result) return result.done;
    }
    throw new Refusal('not_found', 'Not found.');
  }
}

async function read(tx: TenantTx, ticketId: string, kind: DraftKind): Promise<DraftView | undefined> {
  const [draft] = await tx.query<DraftView>(
    'draft-read',
    `select ${COLUMNS} from draft where ticket_id = $1 and account_id = $2 and kind = $3`,
    [ticketId, tx.actor.accountId, kind],
  );
  return draft;
}

const SAVE = `
  insert into draft as d (ticket_id, hub_id, account_id, kind, text, language, seen_message_id, version, deleted, saved_at)
  select $1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::uuid, ${UNSAVED + 1}, $8::boolean, $9::timestamptz
  where $10::int = ${UNSAVED} or exists (select from draft where ticket_id = $1 and account_id = $3 and kind = $4)
  on conflict (ticket_id, account_id, kind) do update set text = excluded.text, language = excluded.language,
    seen_message_id = excluded.seen_message_id, deleted = excluded.deleted, saved_at = excluded.saved_at, version = d.version + 1
    where d.version = $10
  returning ${COLUMNS}`;

/** Null deletes. */
async function write(
  tx: TenantTx,
  row: TicketRow,
  kind: DraftKind,
  input: DraftInput | null,
  expected: number,
): Promise<DraftView> {
  const text = maskIdentityNumbers(input?.text ?? '');
  const [draft] = await tx.query<DraftView>('draft-save', SAVE, [
    row.id,
    row.hubId,
    tx.actor.accountId,
    kind,
    text,
    input?.language ?? null,
    input?.seenMessageId ?? null,
    input === null,
    tx.now,
    expected,
  ]);
  if (!draft) throw new Refusal('precondition_failed', 'This draft was saved or deleted elsewhere meanwhile.');
  return draft;
}

function absent(ticketId: string, kind: DraftKind): DraftView {
  return { ticketId, kind, text: '', language: null, seenMessageId: null, version: UNSAVED, savedAt: null };
}
