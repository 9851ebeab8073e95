import { v7 as uuid } from 'uuid';
import { isRequester } from '@app/domain/access';
import { toSearchDocument } from '@app/domain/folding';
import { detectLanguage, textDirection, type Language } from '@app/domain/language';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import { localParts } from '@app/domain/zone';
import type { ReferenceData } from '../directory/reference-data';
import { attachUploads } from '../files/attach';
import type { MessageView } from './message-view.dto';
import type { Act } from './ticket-access';

/** Why a supervisor sends what nobody has validated. */
export const OVERRIDE_REASONS = ['legal_deadline', 'person_in_danger', 'no_validator'] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];
/** A reply may be taken back for so many seconds. */
export const MAX_SEND_DELAY = 10;

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
  /** People of the hub whom a note calls. */
  mentions?: string[];
  /** The reply leaves later, and can be taken back until then. */
  sendAfterSeconds?: number;
  /** A supervisor's reason for doing without the validation that the ticket needs. */
  validationOverride?: OverrideReason;
}

export interface Author {
  id: string | null;
  name: string;
}

type Text = Pick<NewMessage, 'kind' | 'body' | 'language' | 'mentions'>;

/** The message of an author, who need not be the one who carries it out. */
export function messageOf(act: Act, reference: ReferenceData, input: Text, author: Author, id = uuid()): MessageView {
  const requester = isRequester(act.tx.actor);
  const body = maskIdentityNumbers(input.body);
  const language = input.language ?? detectLanguage(body).language;
  const notice = input.kind === 'reply' && !requester;
  return {
    id,
    ticketId: act.found.row.id,
    kind: input.kind,
    authorId: author.id,
    authorKind: requester ? 'requester' : 'staff',
    authorName: author.name,
    language,
    direction: textDirection(body),
    body,
    legalNotice: notice ? reference.legalNotice(noticeLanguage(language, act.found.row.answerLanguage)) : null,
    mentions: input.mentions ?? [],
    originalTicketId: null,
    attachments: [],
    sendAt: null,
    createdAt: act.tx.now,
  };
}

/** The notice goes with the language of the text; Darija and mixed texts take the language of the answer. */
function noticeLanguage(language: Language, answerLanguage: 'fr' | 'ar'): 'fr' | 'ar' {
  return language === 'fr' || language === 'ar' ? language : answerLanguage;
}

const COLUMNS =
  'id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, legal_notice, created_at, seen_message_id, mentions, search';

export function addMessage(
  { write, found, tx }: Act,
  message: MessageView,
  { seenMessageId }: Pick<NewMessage, 'seenMessageId'>,
): void {
  const { hubId, associationId } = found.row;
  write.add(
    'message_added',
    (n) => `insert into message (${COLUMNS})
      values (${Array.from({ length: 16 }, (_, i) => `$${n + i}`).join(', ')}, array_to_tsvector(string_to_array($${n + 16}, ' ')))`,
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
      seenMessageId ?? null,
      message.mentions,
      toSearchDocument(message.body),
    ],
  );
  if (message.kind === 'reply') write.row.lastPublicMessageId = message.id;
}

/** Files go with the message: those of a note stay inside the hub. `owner` handed them in. */
export async function attachFiles(
  { write, tx, found }: Act,
  message: MessageView,
  uploadIds: readonly string[],
  owner = tx.actor.accountId,
): Promise<void> {
  const { id: ticketId, hubId, associationId } = found.row;
  const target = { ticketId, hubId, associationId, messageId: message.id, public: message.kind === 'reply' };
  message.attachments = await attachUploads(tx, uploadIds, target, owner);
  write.emit('ticket.files-added', { messageId: message.id, count: uploadIds.length });
}

export function replied(
  { write, found }: Act,
  messageId: string,
  input: Pick<NewMessage, 'outcome' | 'seenMessageId' | 'validationOverride'>,
  author: Author,
): void {
  const outcome = input.outcome ?? 'answered';
  if (!found.row.assigneeId && found.as !== 'guest' && author.id) write.assign({ id: author.id, name: author.name });
  write.step(outcome, { humanReply: true });
  const forced = input.seenMessageId !== undefined && input.seenMessageId !== found.row.lastPublicMessageId;
  write.emit('ticket.replied', { messageId, outcome, ...(forced ? { forced } : {}) });
  if (input.validationOverride && found.row.needsValidation) {
    write.emit('validation.overridden', { messageId, reason: input.validationOverride });
  }
}

/** Nobody answers past what another has just written. */
export function checkNotStale({ found }: Act, input: Pick<NewMessage, 'seenMessageId' | 'force'>): void {
  if (input.seenMessageId === undefined || input.force) return;
  if (input.seenMessageId !== found.row.lastPublicMessageId) {
    throw new Refusal('stale_reply', 'A newer message has come in. Read it, or send with force.');
  }
}

/**
 * A ticket that needs validation is answered through one. An expert's own reply is an expert's word, and the national level is itself the
 * second reader; a supervisor may do without when it cannot wait, and the log says why.
 */
export function checkValidated(
  { found, tx }: Act,
  { validationOverride: reason }: Pick<NewMessage, 'validationOverride'>,
): void {
  const { role } = tx.actor;
  if (reason && role !== 'supervisor') {
    throw Refusal.field('/validationOverride', 'not_allowed', 'Only a supervisor does without validation.');
  }
  if (!found.row.needsValidation || reason || role === 'expert' || found.as === 'guest') return;
  throw new Refusal('validation_required', 'An answer on this ticket is validated before it leaves.');
}

/** The people called must be of the hub, and may see the ticket. */
export async function checkMentions({ tx, found }: Act, input: NewMessage): Promise<void> {
  if (input.sendAfterSeconds || input.validationOverride) {
    throw Refusal.field('/kind', 'not_allowed', 'This goes with replies only.');
  }
  if (!input.mentions?.length) return;
  if (found.as === 'guest')
    throw Refusal.field('/mentions', 'not_allowed', 'Only the hub of the ticket calls colleagues.');
  const people = await tx.query<{ id: string; sees: boolean }>(
    'note-mentions',
    `select m.account_id as id, bool_or(m.cleared or m.role = 'supervisor') as sees from membership m join account a on a.id = m.account_id
     where m.account_id = any ($1::uuid[]) and m.hub_id = $2 and m.role in ('agent', 'supervisor') and m.valid @> $3::date and a.status = 'active'
     group by 1`,
    [input.mentions, found.row.hubId, localParts(tx.now).date],
  );
  if (people.length < new Set(input.mentions).size) throw new Refusal('not_found', 'Not found.');
  const restricted = found.subject.restricted && people.some((one) => !one.sees && one.id !== found.row.assigneeId);
  if (restricted) throw Refusal.field('/mentions', 'not_cleared', 'One of them is not cleared for restricted tickets.');
}

/** A note, with those it calls. */
export function noted({ write, found, tx }: Act, { id, mentions }: MessageView): void {
  write.emit('ticket.noted', { messageId: id });
  if (mentions.length === 0) return;
  write.add(
    'mentions_added',
    (n) => `insert into mention (message_id, account_id, ticket_id, hub_id, by_id, at)
      select $${n}::uuid, x, $${n + 1}::uuid, $${n + 2}::uuid, $${n + 3}::uuid, $${n + 4}::timestamptz from unnest($${n + 5}::uuid[]) x`,
    [id, found.row.id, found.row.hubId, tx.actorId, tx.now, mentions],
  );
  write.emit('ticket.mentioned', { messageId: id, accountIds: mentions });
}

/** A reply that waits: it has an id, a text and an instant, and changes nothing else yet. */
export function delayReply({ write, found, tx }: Act, message: MessageView, input: NewMessage): void {
  message.sendAt = new Date(tx.now.getTime() + input.sendAfterSeconds! * 1_000);
  const { hubId, associationId, id } = found.row;
  write.add(
    'reply_delayed',
    (
      n,
    ) => `insert into pending_reply (id, ticket_id, hub_id, association_id, author_id, author_name, body, language, outcome, seen_message_id, force,
        send_at, upload_ids, state, created_at)
      values (${Array.from({ length: 13 }, (_, i) => `$${n + i}`).join(', ')}, 'waiting', $${n + 13})`,
    [
      message.id,
      id,
      hubId,
      associationId,
      message.authorId,
      message.authorName,
      message.body,
      input.language ?? null,
      input.outcome ?? 'answered',
      input.seenMessageId ?? null,
      input.force ?? false,
      message.sendAt,
      input.uploadIds ?? [],
      tx.now,
    ],
  );
  if (input.validationOverride && found.row.needsValidation) {
    write.emit('validation.overridden', { messageId: message.id, reason: input.validationOverride });
  }
  write.emit('reply.delayed', { messageId: message.id, sendAt: message.sendAt });
}

/** Somebody's reply, carried out by another: a validated draft, or one that has waited. */
export function replyAs(
  act: Act,
  reference: ReferenceData,
  input: NewMessage,
  author: Author,
  id?: string,
): MessageView {
  checkNotStale(act, input);
  const message = messageOf(act, reference, input, author, id);
  addMessage(act, message, input);
  act.write.by = author.id;
  replied(act, message.id, input, author);
  return message;
}
