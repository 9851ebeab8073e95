import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import { isRequester, may, type Actor } from '@app/domain/access';
import { toSearchDocument } from '@app/domain/folding';
import { detectLanguage, textDirection, type Language } from '@app/domain/language';
import { unfilled } from '@app/domain/macro';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { afterRequesterMessage, mayReopen, type ReplyOutcome } from '@app/domain/ticket-status';
import { attachUploads, UploadsMissing } from '../files/attach';
import { ReferenceData } from '../directory/reference-data';
import { isRepeated, storedAnswer, type IdempotentRequest } from './idempotency';
import type { MessageView } from './message-view.dto';
import { actOn, TicketMerged, type Act } from './ticket-access';

export interface NewMessage {
  kind: 'reply' | 'note';
  body: string;
  outcome?: ReplyOutcome;
  language?: Language;
  /** The newest public message that the author has read. */
  seenMessageId?: string;
  /** Files handed in before. */
  uploadIds?: string[];
  /** Send although somebody else has written meanwhile. */
  force?: boolean;
  /** Of the draft that this message was: it goes with it, and saves that are still on their way come too late. */
  draftVersion?: number;
}

/** Replies and notes: a message, the status it brings, the promise it meets and its events, in one statement. */
@Injectable()
export class MessagesService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
  ) {}

  async post(actor: Actor, idOrReference: string, input: NewMessage, request: IdempotentRequest): Promise<MessageView> {
    const action = input.kind === 'note' ? 'tickets:note' : 'tickets:reply';
    try {
      return await actOn(this, actor, idOrReference, action, (act) => this.write(act, input, request));
    } catch (error) {
      // What the association writes on a merged ticket belongs to the one in which it goes on.
      if (error instanceof TicketMerged && actor.associationId) return this.post(actor, error.into, input, request);
      const refusal = refusalOfRepeat(error);
      if (!refusal && !isRepeated(error)) throw error;
      return this.db.run(actor, (tx) => storedAnswer<MessageView>(tx, request, refusal));
    }
  }

  private async write(act: Act, input: NewMessage, request: IdempotentRequest): Promise<MessageView> {
    const { actor } = act.tx;
    const requester = isRequester(actor);
    if (requester) refuseOutcome(input);
    else if (input.kind === 'reply') checkNotStale(act, input);
    if (!requester) checkFilled(input.body);
    const message = this.messageOf(act, input, requester);
    this.addMessage(act, message);
    if (input.uploadIds?.length) await attach(act, message, input.uploadIds);
    dropDraft(act, input);
    if (input.kind === 'note') act.write.emit('ticket.noted', { messageId: message.id });
    else if (requester) this.asked(act, message.id);
    else this.replied(act, message.id, input.outcome ?? 'answered');
    await act.write.commit({ request, answer: message });
    return message;
  }

  private messageOf(act: Act, input: NewMessage, requester: boolean): MessageView {
    const { actor, actorId, now } = act.tx;
    const body = maskIdentityNumbers(input.body);
    const language = input.language ?? detectLanguage(body).language;
    const notice = input.kind === 'reply' && !requester;
    return {
      id: uuid(),
      ticketId: act.found.row.id,
      kind: input.kind,
      authorId: actorId,
      authorKind: requester ? 'requester' : 'staff',
      authorName: actor.name,
      language,
      direction: textDirection(body),
      body,
      legalNotice: notice ? this.reference.legalNotice(noticeLanguage(language, act.found.row.answerLanguage)) : null,
      mentions: [],
      originalTicketId: null,
      attachments: [],
      createdAt: now,
    };
  }

  private addMessage({ write, found, tx }: Act, message: MessageView): void {
    const { hubId, associationId } = found.row;
    const columns =
      'id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, legal_notice, created_at, search';
    write.add(
      'message_added',
      (n) => `insert into message (${columns})
        values (${Array.from({ length: 14 }, (_, i) => `$${n + i}`).join(', ')}, array_to_tsvector(string_to_array($${n + 14}, ' ')))`,
      [
        message.id,
        message.ticketId,
        hubId,
        associationId,
        message.kind,
        message.authorId,
        message.authorKind,
        message.authorName,
        message.authorKind === 'requester' ? 'portal' : found.row.channel,
        message.language,
        message.direction,
        message.body,
        message.legalNotice,
        tx.now,
        toSearchDocument(message.body),
      ],
    );
    if (message.kind === 'reply') write.row.lastPublicMessageId = message.id;
  }

  private asked({ write, found, tx }: Act, messageId: string): void {
    if (!mayReopen(found.row.closedAt, tx.now)) {
      throw new Refusal('status_not_allowed', 'This ticket was closed long ago. Ask again and name it in followUpOf.');
    }
    write.emit('ticket.asked-again', { messageId });
    // A question that nobody has taken up yet stays new.
    if (found.row.status !== 'new') write.step(afterRequesterMessage(), { asked: true });
  }

  private replied({ write, tx, found }: Act, messageId: string, outcome: ReplyOutcome): void {
    if (!found.row.assigneeId && found.as === undefined) write.assign({ id: tx.actor.accountId, name: tx.actor.name });
    write.step(outcome, { humanReply: true });
    write.emit('ticket.replied', { messageId, outcome });
  }
}

/** A repeat may be refused before its key is looked at: the newer message may be its own, and so may be the one that has the files. */
function refusalOfRepeat(error: unknown): Refusal | undefined {
  if (error instanceof UploadsMissing) return error;
  return error instanceof Refusal && error.code === 'stale_reply' ? error : undefined;
}

/** Files go with the message: those of a note stay inside the hub. */
async function attach({ write, tx, found }: Act, message: MessageView, uploadIds: readonly string[]): Promise<void> {
  const { id: ticketId, hubId, associationId } = found.row;
  const target = { ticketId, hubId, associationId, messageId: message.id, public: message.kind === 'reply' };
  message.attachments = await attachUploads(tx, uploadIds, target);
  write.emit('ticket.files-added', { messageId: message.id, count: uploadIds.length });
}

/** The notice goes with the language of the text; Darija and mixed texts take the language of the answer. */
function noticeLanguage(language: Language, answerLanguage: 'fr' | 'ar'): 'fr' | 'ar' {
  return language === 'fr' || language === 'ar' ? language : answerLanguage;
}

function refuseOutcome(input: NewMessage): void {
  if (input.kind === 'note') throw Refusal.field('/kind', 'not_allowed', 'Only the hub writes notes.');
  if (input.outcome) throw Refusal.field('/outcome', 'not_allowed', 'Only the hub says what a reply leads to.');
}

/** A variable of a prepared text that nobody has filled must not reach the association. */
function checkFilled(body: string): void {
  const [name] = unfilled(body);
  if (name) throw Refusal.field('/body', 'unfilled_variable', `The text still holds {{${name}}}.`);
}

/** With its version, a draft that was never saved gets a tombstone; without, only what is there goes. */
function dropDraft({ write, found, tx }: Act, { kind, draftVersion }: NewMessage): void {
  const key = [found.row.id, tx.actorId, kind];
  if (draftVersion === undefined) {
    const sql = (n: number) => `update draft set text = '', deleted = true, version = version + 1
      where ticket_id = $${n} and account_id = $${n + 1} and kind = $${n + 2} and not deleted`;
    return write.add('draft_sent', sql, key);
  }
  const sql = (
    n: number,
  ) => `insert into draft as d (ticket_id, account_id, kind, hub_id, text, version, deleted, saved_at)
    values ($${n}, $${n + 1}, $${n + 2}, $${n + 3}, '', $${n + 4}::int + 1, true, $${n + 5})
    on conflict (ticket_id, account_id, kind) do update set text = '', deleted = true, version = greatest(d.version, $${n + 4}::int) + 1`;
  write.add('draft_ended', sql, [...key, found.row.hubId, draftVersion, tx.now]);
}

/** Nobody answers past what another has just written. */
function checkNotStale({ found }: Act, input: NewMessage): void {
  if (input.seenMessageId === undefined || input.force) return;
  if (input.seenMessageId !== found.row.lastPublicMessageId) {
    throw new Refusal('stale_reply', 'A newer message has come in. Read it, or send with force.');
  }
}

/** Whether notes may be shown to this actor. */
export function readsNotes(actor: Actor, subject: Parameters<typeof may>[2]): boolean {
  return may(actor, 'tickets:note', subject) && subject.grant === 'none';
}
