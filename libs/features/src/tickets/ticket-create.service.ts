import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { eventValues } from '@app/db/event-log';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { holds, type Actor } from '@app/domain/access';
import { toSearchDocument } from '@app/domain/folding';
import { textDirection } from '@app/domain/language';
import { formatReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import { UploadsMissing } from '../files/attach';
import { ReferenceData } from '../directory/reference-data';
import { attachFirst } from './first-files';
import { FollowUpCodes, followUpCodeHash } from './follow-up-code';
import type { AskingAssociation } from './impartial-hub';
import { idempotencyValues, isRepeated, storedAnswer, type IdempotentRequest } from './idempotency';
import { ReferenceAllocator } from './reference-allocator';
import { legalFormOf } from './legal-form';
import { resolveRequester, type Requester } from './requester';
import { clockValues } from './ticket-create-rows';
import { draftTicket, refuseStaffFields, type NewTicket, type TicketDraft } from './ticket-draft';
import { insertTicket } from './ticket-insert';
import { CREATED_COLUMNS, type TicketRow } from './ticket-row';
import { clockView, ticketSummary, type CreatedTicketView } from './ticket-view.dto';

/** The question is another hub's: it is written beyond the agent's own rows. */
class OtherHub extends Error {}

/** In place of a code in the answer that is stored. */
const KEPT_NOWHERE = '';

interface Creation {
  request: IdempotentRequest;
  number: number;
  /** For a requester without an account. */
  code: string | null;
  /** Written beyond the actor's own rows. */
  beyond: boolean;
}

/** Creation: everything that is promised is decided and durable before the answer leaves. */
@Injectable()
export class TicketCreateService {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly reference: ReferenceData,
    private readonly numbers: ReferenceAllocator,
    private readonly codes: FollowUpCodes,
  ) {}

  async create(actor: Actor, input: NewTicket, request: IdempotentRequest): Promise<CreatedTicketView> {
    if (!holds(actor, 'tickets:create')) throw new Refusal('forbidden', 'Your role does not allow this.');
    if (actor.associationId) refuseStaffFields(input);
    const number = await this.numbers.next();
    const code = actor.associationId ? null : await this.codes.of(request);
    const now = this.clock.now();
    const visitor = actor.role === 'visitor' ? 'system' : undefined;
    const write = (as: 'system' | undefined) =>
      this.db.run(actor, (tx) => this.write(tx, input, { request, number, code, beyond: as === 'system' }), {
        now,
        as,
      });
    try {
      return withCode(
        await write(visitor).catch((error) => {
          if (error instanceof OtherHub) return write('system');
          throw error;
        }),
        code,
      );
    } catch (error) {
      // A repeat finds its files gone: the first one has them.
      const missing = error instanceof UploadsMissing ? error : undefined;
      if (!missing && !isRepeated(error)) throw error;
      const stored = (tx: TenantTx) => storedAnswer<CreatedTicketView>(tx, request, missing);
      return withCode(await this.db.run(actor, stored, { as: visitor }), code);
    }
  }

  private async write(tx: TenantTx, input: NewTicket, creation: Creation): Promise<CreatedTicketView> {
    const requester = await resolveRequester(tx, input, this.hubOfContact(tx, input));
    const placeCode = input.placeCode ?? tx.actor.association?.placeCode ?? requester.placeCode;
    if (!placeCode) throw Refusal.field('/placeCode', 'required', 'Say where the question comes from.');
    const legalForm = requester.legalForm ?? (await legalFormOf(tx, requester.associationId, this.reference));
    const draft = draftTicket(
      input,
      { actor: tx.actor, placeCode, legalForm, now: tx.now, association: askingOf(requester) },
      this.reference,
    );
    if (tx.actor.associationId) tx.useHub(draft.hub.hubId);
    else if (!creation.beyond && draft.hub.hubId !== tx.actor.hubId) throw new OtherHub();
    return this.insert(tx, draft, requester, { ...creation, uploadIds: input.uploadIds ?? [] });
  }

  /** A contact belongs to the hub of the agent who writes it down; a visitor's to the hub that will answer. */
  private hubOfContact({ actor, now }: TenantTx, { placeCode }: NewTicket): string | null {
    return actor.role === 'visitor' && placeCode ? this.reference.hubFor(placeCode, now).hubId : actor.hubId;
  }

  /** The number that a ticket of `begin` gets; taken before its transaction. */
  nextNumber(): Promise<number> {
    return this.numbers.next();
  }

  /** A ticket that begins inside another act, and in its transaction; who may do that is asked there. */
  begin(
    tx: TenantTx,
    draft: TicketDraft,
    requester: Requester,
    by: Pick<Creation, 'request' | 'number'>,
  ): Promise<CreatedTicketView> {
    return this.insert(tx, draft, requester, { ...by, code: null, beyond: true, uploadIds: [] }, 'query');
  }

  private async insert(
    tx: TenantTx,
    draft: TicketDraft,
    requester: Requester,
    { request, number, code: offered, uploadIds }: Creation & { uploadIds: readonly string[] },
    how: 'last' | 'query' = 'last',
  ): Promise<CreatedTicketView> {
    const hub = this.reference.hub(draft.hub.hubId);
    const messageId = uuid();
    const row: TicketRow = {
      ...ticketRow(draft, requester, tx.now),
      id: uuid(),
      reference: formatReference(hub.code, Number(localParts(tx.now).date.slice(0, 4)), number),
      lastPublicMessageId: messageId,
    };
    const clocks = draft.clocks.map((clock) => ({ ...clock, id: uuid() }));
    const code = requester.accountId || requester.associationId ? null : offered;
    tx.emit(createdEvent(row, draft, clocks));
    if (uploadIds.length > 0) await attachFirst(tx, row, messageId, uploadIds);
    const answer = this.answer(tx.actor, row, draft, clocks, code === null ? null : KEPT_NOWHERE);
    const events = tx.takeEvents();
    await tx[how](...insertTicket(clocks.length, events.length), [
      ...CREATED_COLUMNS.map(([property]) => row[property]),
      tx.actorId,
      code && followUpCodeHash(code),
      ...messageValues(tx, row, draft, requester, messageId),
      draft.policy.versionId,
      draft.calendarVersionId,
      ...idempotencyValues(tx, request, answer),
      ...clocks.flatMap(clockValues),
      ...eventValues(events, tx.actorId, tx.now),
    ]);
    return answer;
  }

  private answer(
    actor: Actor,
    row: TicketRow,
    draft: TicketDraft,
    clocks: (TicketDraft['clocks'][number] & { id: string })[],
    code: string | null,
  ): CreatedTicketView {
    const view = (metric: string) => {
      const clock = clocks.find((one) => one.metric === metric);
      return clock ? clockView({ ...clock, state: 'running', metAt: null, warnedAt: null, breachedAt: null }) : null;
    };
    return {
      ...ticketSummary(row, this.reference.current, actor),
      promise: { firstResponse: view('first_response'), resolution: view('resolution'), holding: null },
      routing: draft.reason,
      followUpCode: code,
    };
  }
}

function askingOf({ associationId, associationFr, associationAr }: Requester): AskingAssociation {
  return { id: associationId, nameFr: associationFr, nameAr: associationAr };
}

function ticketRow(
  draft: TicketDraft,
  requester: Requester,
  now: Date,
): Omit<TicketRow, 'id' | 'reference' | 'lastPublicMessageId'> {
  const dues = draft.clocks.map((clock) => clock.dueAt.getTime());
  return {
    hubId: draft.hub.hubId,
    originHubId: draft.hub.hubId,
    associationId: requester.associationId,
    associationFr: requester.associationFr,
    associationAr: requester.associationAr,
    requesterAccountId: requester.accountId,
    requesterContactId: requester.contactId,
    requesterName: requester.name,
    placeCode: draft.placeCode,
    channel: draft.channel,
    language: draft.language,
    answerLanguage: draft.answerLanguage,
    kind: draft.category.kind,
    adviceLevel: draft.category.adviceLevel,
    categoryCode: draft.category.code,
    queueId: draft.queue.id,
    priority: draft.priority,
    confidentiality: draft.confidentiality,
    needsValidation: draft.category.needsValidation,
    status: 'new',
    holdReason: null,
    level: 'agent',
    assigneeId: null,
    assigneeName: null,
    subject: draft.subject,
    tags: draft.tags,
    nextDueAt: dues.length > 0 ? new Date(Math.min(...dues)) : null,
    nextLegalAt: null,
    urgencyAt: null,
    followUpOf: requester.followUpOf,
    mergedInto: null,
    version: 1,
    openedAt: now,
    updatedAt: now,
    answeredAt: null,
    resolvedAt: null,
    closedAt: null,
  };
}

function createdEvent(row: TicketRow, draft: TicketDraft, clocks: { id: string }[]) {
  return {
    type: 'ticket.created' as const,
    hubId: row.hubId,
    associationId: row.associationId,
    ticketId: row.id,
    entityVersion: 1,
    data: {
      status: row.status,
      assigneeId: null,
      clocks: clocks.map((clock) => clock.id),
      hubReason: draft.hub.reason,
      ruleId: draft.rule.id,
      ruleVersion: draft.rule.version,
      queueId: row.queueId,
      policyVersionId: draft.policy.versionId,
      reason: draft.reason,
    },
  };
}

function messageValues(tx: TenantTx, row: TicketRow, draft: TicketDraft, requester: Requester, id: string): unknown[] {
  const names = `${row.associationFr ?? ''} ${row.associationAr ?? ''}`;
  return [
    id,
    requester.accountId,
    'requester',
    requester.name ?? '',
    row.channel,
    row.language,
    textDirection(draft.body),
    draft.body,
    toSearchDocument(`${row.reference} ${row.subject} ${names} ${draft.body}`),
    tx.now,
  ];
}

/** The answer that is kept for a repeat says only that there is a code. */
function withCode(answer: CreatedTicketView, code: string | null): CreatedTicketView {
  return answer.followUpCode === KEPT_NOWHERE ? { ...answer, followUpCode: code } : answer;
}
