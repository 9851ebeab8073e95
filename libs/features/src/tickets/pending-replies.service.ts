import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isRequester, type Actor } from '@app/domain/access';
import type { Language } from '@app/domain/language';
import { Refusal } from '@app/domain/refusal';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import { Clock } from '@app/platform/clock';
import { ReferenceData } from '../directory/reference-data';
import { PendingReplyView } from './message-view.dto';
import { attachFiles, replyAs } from './reply-writes';
import { actOn, type Act } from './ticket-access';
import { TicketsQueries } from './tickets.queries';

const BATCH = 100;

interface PendingRow {
  id: string;
  ticketId: string;
  authorId: string;
  authorName: string;
  body: string;
  language: Language | null;
  outcome: ReplyOutcome;
  seenMessageId: string | null;
  force: boolean;
  uploadIds: string[];
}

const COLUMNS = `p.id, p.ticket_id as "ticketId", p.author_id as "authorId", p.author_name as "authorName", p.body, p.outcome, p.send_at as "sendAt",
  p.state, p.refusal, p.created_at as "createdAt"`;

/** Replies that can still be taken back. They leave through the worker, each once: the state of the row decides. */
@Injectable()
export class PendingRepliesService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
    private readonly clock: Clock,
    private readonly tickets: TicketsQueries,
  ) {}

  /** What waits on a ticket, and what was held back; the hub alone sees it. */
  list(actor: Actor, ticket: string): Promise<PendingReplyView[]> {
    return this.tickets.read(actor, ticket, 'read', async (tx, found) => {
      if (isRequester(actor) || actor.role === 'expert') return [];
      return tx.query<PendingReplyView>(
        'pending-list',
        `select ${COLUMNS} from pending_reply p where p.ticket_id = $1 and p.state in ('waiting', 'refused') order by p.created_at desc limit 50`,
        [found.row.id],
      );
    });
  }

  /** Takes a reply back before it leaves; its author, or a supervisor. The answer holds the text. */
  cancel(actor: Actor, ticket: string, id: string): Promise<PendingReplyView> {
    return actOn(this, actor, ticket, 'tickets:reply', async ({ tx, found, write }) => {
      const [row] = await tx.query<PendingReplyView>(
        'pending-lock',
        `select ${COLUMNS} from pending_reply p where p.id = $1 and p.ticket_id = $2 for update`,
        [id, found.row.id],
      );
      if (!row || isRequester(actor)) throw new Refusal('not_found', 'Not found.');
      if (row.authorId !== actor.accountId && actor.role !== 'supervisor') {
        throw new Refusal('forbidden', 'Only its author takes a reply back.');
      }
      if (row.state !== 'waiting') throw new Refusal('already_decided', 'This reply has left, or was taken back.');
      write.add(
        'pending_cancelled',
        (n) => `update pending_reply set state = 'cancelled', ended_at = $${n} where id = $${n + 1}`,
        [tx.now, id],
      );
      write.emit('reply.cancelled', { messageId: id });
      await write.commit();
      return { ...row, state: 'cancelled' };
    });
  }

  /** Sends what has waited long enough; returns how many left. */
  async sendDue(): Promise<number> {
    const now = this.clock.now();
    const due = await this.db.system((tx) =>
      tx.query<{ id: string; ticketId: string }>(
        'pending-due',
        `select id, ticket_id as "ticketId" from pending_reply where state = 'waiting' and send_at <= $1 order by send_at limit ${BATCH}`,
        [now],
      ),
    );
    let sent = 0;
    for (const { id, ticketId } of due) sent += await this.send(id, ticketId);
    return sent;
  }

  private async send(id: string, ticketId: string): Promise<number> {
    try {
      return await actOn(this, SYSTEM_ACTOR, ticketId, 'tickets:reply', (act) => this.leave(act, id));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.db.system((tx) => hold(tx, id, error.code));
      return 0;
    }
  }

  private async leave(act: Act, id: string): Promise<number> {
    const { tx, write } = act;
    const [row] = await tx.query<PendingRow>(
      'pending-leave',
      `select p.id, p.ticket_id as "ticketId", p.author_id as "authorId", p.author_name as "authorName", p.body, p.language, p.outcome,
         p.seen_message_id as "seenMessageId", p.force, p.upload_ids as "uploadIds"
       from pending_reply p where p.id = $1 and p.state = 'waiting' for update`,
      [id],
    );
    if (!row) return 0;
    const { language, seenMessageId, authorId, authorName, uploadIds, ...text } = row;
    const input = {
      ...text,
      kind: 'reply' as const,
      language: language ?? undefined,
      seenMessageId: seenMessageId ?? undefined,
    };
    const message = replyAs(act, this.reference, input, { id: authorId, name: authorName }, id);
    if (uploadIds.length > 0) await attachFiles(act, message, uploadIds, authorId);
    write.add('pending_sent', (n) => `update pending_reply set state = 'sent', ended_at = $${n} where id = $${n + 1}`, [
      tx.now,
      id,
    ]);
    await write.commit();
    return 1;
  }
}

/** What must not leave any more stays with its author, who is told. */
async function hold(tx: TenantTx, id: string, refusal: string): Promise<void> {
  const [row] = await tx.query<{ ticketId: string; hubId: string; associationId: string | null; authorId: string }>(
    'pending-hold',
    `update pending_reply set state = 'refused', refusal = $2, ended_at = $3 where id = $1 and state = 'waiting'
     returning ticket_id as "ticketId", hub_id as "hubId", association_id as "associationId", author_id as "authorId"`,
    [id, refusal, tx.now],
  );
  if (!row) return;
  const { authorId, ...about } = row;
  tx.emit({ ...about, type: 'reply.held', data: { messageId: id, authorId, refusal } });
}
