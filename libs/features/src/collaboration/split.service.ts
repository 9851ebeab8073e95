import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import { UNDO_HOURS } from '@app/domain/collaboration';
import type { Language } from '@app/domain/language';
import { Refusal } from '@app/domain/refusal';
import type { AuthorKind, MessageKind } from '@app/domain/ticket';
import { ReferenceData } from '../directory/reference-data';
import { cancelClocks } from '../tickets/clock-closing';
import { isRepeated, storedAnswer, type IdempotentRequest } from '../tickets/idempotency';
import { TicketCreateService } from '../tickets/ticket-create.service';
import { draftTicket, type TicketDraft } from '../tickets/ticket-draft';
import { findTicket, ticketKey, type FoundTicket } from '../tickets/ticket-find';
import { type CreatedTicketView, ticketView, type TicketView } from '../tickets/ticket-view.dto';
import { TicketWrite } from '../tickets/ticket-write';
import { refuseMerged } from '../tickets/ticket-access';
import type { SplitView } from './relations.dto';
import { lockTwo, readTicket } from './two-tickets';

const HOUR_MS = 3_600_000;

export interface NewSplit {
  messageIds: string[];
  subject: string;
  /** The same as before when left out. */
  categoryCode?: string;
}

interface Chosen {
  id: string;
  kind: MessageKind;
  authorKind: AuthorKind;
  body: string;
  language: Language;
}

const CHOSEN = `select id, kind, author_kind as "authorKind", body, language from message where ticket_id = $1 and id = any ($2::uuid[]) order by id`;
const COPY = `
  insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, legal_notice,
    original_ticket_id, mentions, search, created_at)
  select x.id, $3, m.hub_id, m.association_id, m.kind, m.author_id, m.author_kind, m.author_name, m.channel, m.language, m.direction, m.body, m.legal_notice,
    $4, m.mentions, m.search, m.created_at
  from unnest($1::uuid[], $2::uuid[]) as x(id, of) join message m on m.id = x.of and m.ticket_id = $4`;
const NEWEST = `
  update ticket t set last_public_message_id = (select m.id from message m where m.ticket_id = t.id and m.public order by m.id desc limit 1)
  where t.id = $1 returning t.last_public_message_id as id`;
const LINK = `
  insert into ticket_link (id, ticket_id, hub_id, other_id, kind, created_by, created_at) values ($1, $2, $3, $4, 'split', $5, $6)`;
const LINKED = `select id, ticket_id as "ticketId", created_at as "createdAt" from ticket_link where other_id = $1 and kind = 'split'`;

/**
 * Splitting: chosen messages begin a ticket of their own, with its own promise and a link. They are copied, so that what was said stays
 * where it was said; taken back, the new ticket goes on in the old one.
 */
@Injectable()
export class SplitService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly creation: TicketCreateService,
  ) {}

  async split(actor: Actor, ticket: string, input: NewSplit, request: IdempotentRequest): Promise<SplitView> {
    const key = ticketKey(ticket);
    const number = await this.creation.nextNumber();
    try {
      // Beyond the rows of a hub's own role, which writes no copies: what may be done is asked first.
      return await this.db.run(
        actor,
        async (tx) => {
          const found = await findTicket(tx, key, undefined, 'lock');
          if (!found || !may(actor, 'tickets:read', found.subject)) throw new Refusal('not_found', 'Not found.');
          if (!may(actor, 'tickets:merge', found.subject))
            throw new Refusal('forbidden', 'Your role does not allow this.');
          refuseMerged(found);
          tx.notBefore(found.row.updatedAt);
          return this.begin(tx, found, input, { request, number });
        },
        { as: 'system' },
      );
    } catch (error) {
      if (!isRepeated(error)) throw error;
      return this.db.run(actor, async (tx) => this.view(tx, await storedAnswer<CreatedTicketView>(tx, request)));
    }
  }

  private async begin(
    tx: TenantTx,
    found: FoundTicket,
    input: NewSplit,
    creation: { request: IdempotentRequest; number: number },
  ): Promise<SplitView> {
    const { row } = found;
    const chosen = await tx.query<Chosen>('split-chosen', CHOSEN, [row.id, input.messageIds]);
    if (chosen.length < input.messageIds.length) throw new Refusal('not_found', 'Not found.');
    const opening = chosen.find((one) => one.kind === 'reply' && one.authorKind === 'requester');
    if (!opening)
      throw Refusal.field('/messageIds', 'question_expected', 'Choose a message of the requester among them.');
    const draft = this.draft(tx, found, input, opening);
    const requester = { ...requesterOf(found), placeCode: row.placeCode, legalForm: null, followUpOf: null };
    const made = await this.creation.begin(tx, draft, requester, creation);
    const rest = chosen.filter((one) => one !== opening);
    await tx.query('split-opening', 'update message set original_ticket_id = $2 where id = $1', [
      made.lastMessageId,
      row.id,
    ]);
    await tx.query('split-copy', COPY, [rest.map(() => uuid()), rest.map((one) => one.id), made.id, row.id]);
    const [newest] = await tx.query<{ id: string }>('split-newest', NEWEST, [made.id]);
    const linkId = uuid();
    await tx.query('split-link', LINK, [linkId, row.id, row.hubId, made.id, tx.actorId, tx.now]);
    const { hubId, associationId, id: ticketId, version: entityVersion } = row;
    const data = { linkId, into: made.id, messageIds: chosen.map((one) => one.id) };
    tx.emit({ type: 'ticket.split', hubId, associationId, ticketId, entityVersion, data });
    return splitView({ ...made, lastMessageId: newest.id }, linkId, tx.now);
  }

  private draft(tx: TenantTx, { row }: FoundTicket, input: NewSplit, opening: Chosen): TicketDraft {
    const draft = draftTicket(
      {
        subject: input.subject,
        body: opening.body,
        categoryCode: input.categoryCode ?? row.categoryCode,
        language: opening.language,
        answerLanguage: row.answerLanguage,
        channel: row.channel,
        confidentiality: row.confidentiality === 'restricted' ? 'restricted' : undefined,
      },
      { actor: tx.actor, placeCode: row.placeCode, legalForm: null, now: tx.now },
      this.reference,
    );
    if (draft.hub.hubId !== row.hubId) {
      throw new Refusal('not_available', 'Another hub answers for this place now: route the ticket first.');
    }
    return draft;
  }

  /** Takes a split back: the new ticket is closed and goes on in the one that it came from. */
  undo(actor: Actor, ticket: string): Promise<TicketView> {
    const key = ticketKey(ticket);
    return this.db.run(actor, async (tx) => {
      const made = await readTicket(tx, key);
      const [link] = await tx.query<{ id: string; ticketId: string; createdAt: Date }>('split-linked', LINKED, [
        made.row.id,
      ]);
      if (!link || made.row.mergedInto) throw new Refusal('status_not_allowed', 'This ticket was not split off.');
      if (link.createdAt.getTime() + UNDO_HOURS * HOUR_MS <= tx.now.getTime()) {
        throw new Refusal('undo_too_late', 'A split can be taken back for 24 hours.');
      }
      const keys = [made.row.id, link.ticketId].map((value) => ({ column: 'id' as const, value }));
      const [found, source] = await lockTwo(tx, [keys[0], keys[1]], 'tickets:merge');
      refuseMerged(found);
      refuseMerged(source);
      const write = new TicketWrite(tx, found, this.reference);
      write.emit('ticket.split-undone', { linkId: link.id, into: source.row.id });
      cancelClocks(write, found.clocks, 'split_undone');
      const from = write.row.status;
      Object.assign(write.row, { mergedInto: source.row.id, status: 'closed', holdReason: null, closedAt: tx.now });
      if (from !== 'closed')
        write.emit('ticket.status-changed', { from, to: 'closed', assigneeId: write.row.assigneeId });
      await write.commit();
      return ticketView(found, this.reference.current, actor, write.row);
    });
  }

  private async view(tx: TenantTx, made: CreatedTicketView): Promise<SplitView> {
    const [link] = await tx.query<{ id: string; createdAt: Date }>('split-linked', LINKED, [made.id]);
    return splitView(made, link.id, link.createdAt);
  }
}

function splitView({ routing, followUpCode: _, ...ticket }: CreatedTicketView, linkId: string, at: Date): SplitView {
  return { linkId, undoUntil: new Date(at.getTime() + UNDO_HOURS * HOUR_MS), ticket, routing };
}

function requesterOf({ row }: FoundTicket) {
  return {
    accountId: row.requesterAccountId,
    contactId: row.requesterContactId,
    name: row.requesterName,
    associationId: row.associationId,
    associationFr: row.associationFr,
    associationAr: row.associationAr,
  };
}
