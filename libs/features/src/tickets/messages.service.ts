import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { isRequester, may, type Actor } from '@app/domain/access';
import { unfilled } from '@app/domain/macro';
import { Refusal } from '@app/domain/refusal';
import { afterRequesterMessage, mayReopen } from '@app/domain/ticket-status';
import { checkUploads, UploadsMissing } from '../files/attach';
import { ReferenceData } from '../directory/reference-data';
import { isRepeated, storedAnswer, type IdempotentRequest } from './idempotency';
import type { MessageView } from './message-view.dto';
import {
  addMessage,
  attachFiles,
  checkMentions,
  checkNotStale,
  checkValidated,
  delayReply,
  messageOf,
  noted,
  replied,
  type NewMessage,
} from './reply-writes';
import { actOn, TicketMerged, type Act } from './ticket-access';

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
      if (error instanceof TicketMerged && isRequester(actor)) return this.post(actor, error.into, input, request);
      const refusal = refusalOfRepeat(error);
      if (!refusal && !isRepeated(error)) throw error;
      return this.db.run(actor, (tx) => storedAnswer<MessageView>(tx, request, refusal));
    }
  }

  private async write(act: Act, input: NewMessage, request: IdempotentRequest): Promise<MessageView> {
    const { actor } = act.tx;
    const author = { id: act.tx.actorId, name: actor.name };
    const requester = isRequester(actor);
    if (requester) refuseOutcome(input);
    else await this.checkStaff(act, input);
    const message = messageOf(act, this.reference, input, author);
    dropDraft(act, input);
    if (input.kind === 'reply' && input.sendAfterSeconds) {
      if (input.uploadIds?.length) await checkUploads(act.tx, input.uploadIds);
      delayReply(act, message, input);
    } else {
      addMessage(act, message, input);
      if (input.uploadIds?.length) await attachFiles(act, message, input.uploadIds);
      if (input.kind === 'note') noted(act, message);
      else if (requester) this.asked(act, message.id);
      else replied(act, message.id, input, author);
    }
    await act.write.commit({ request, answer: message });
    return message;
  }

  private async checkStaff(act: Act, input: NewMessage): Promise<void> {
    checkFilled(input.body);
    if (input.kind === 'note') return checkMentions(act, input);
    if (input.mentions) throw Refusal.field('/mentions', 'not_allowed', 'Only notes call colleagues.');
    checkNotStale(act, input);
    checkValidated(act, input);
  }

  private asked({ write, found, tx }: Act, messageId: string): void {
    if (!mayReopen(found.row.closedAt, tx.now)) {
      throw new Refusal('status_not_allowed', 'This ticket was closed long ago. Ask again and name it in followUpOf.');
    }
    write.emit('ticket.asked-again', { messageId });
    // A question that nobody has taken up yet stays new.
    if (found.row.status !== 'new') write.step(afterRequesterMessage(), { asked: true });
  }
}

/** A repeat may be refused before its key is looked at: the newer message may be its own, and so may be the one that has the files. */
function refusalOfRepeat(error: unknown): Refusal | undefined {
  if (error instanceof UploadsMissing) return error;
  return error instanceof Refusal && error.code === 'stale_reply' ? error : undefined;
}

function refuseOutcome(input: NewMessage): void {
  if (input.kind === 'note') throw Refusal.field('/kind', 'not_allowed', 'Only the hub writes notes.');
  if (input.outcome) throw Refusal.field('/outcome', 'not_allowed', 'Only the hub says what a reply leads to.');
  const staffOnly = (['mentions', 'sendAfterSeconds', 'validationOverride'] as const).find(
    (one) => input[one] !== undefined,
  );
  if (staffOnly) throw Refusal.field(`/${staffOnly}`, 'not_allowed', 'Only the hub sets this.');
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

/** Whether notes may be shown to this actor. */
export function readsNotes(actor: Actor, subject: Parameters<typeof may>[2]): boolean {
  return may(actor, 'tickets:note', subject) && subject.grant === 'none';
}
