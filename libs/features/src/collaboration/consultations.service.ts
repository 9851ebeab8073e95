import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import type { EventType } from '@app/domain/events';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { addMessage, messageOf } from '../tickets/reply-writes';
import { actOn, type Act } from '../tickets/ticket-access';
import { findTicket } from '../tickets/ticket-find';
import { TicketWrite } from '../tickets/ticket-write';
import { consultable, CONSULTATION_COLUMNS, consultationView, type ConsultationRow } from './consultation-rows';
import type { ConsultationView, ConsultedView } from './consultation-view.dto';

const HOUR_MS = 3_600_000;
const BATCH = 200;
/** A reminder comes when so much of the loan has passed. */
const REMIND_AT = 0.75;

export interface NewConsultation {
  toKind: 'account' | 'hub';
  toId: string;
  question: string;
  hours: number;
}

const LOCK = `select ${CONSULTATION_COLUMNS} from consultation c where c.id = $1 for update`;
const NUMBERS = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');
const END_LOAN = (n: number): string =>
  `update ticket_grant set expires_at = least(coalesce(expires_at, 'infinity'), $${n}::timestamptz) where id = $${n + 1}`;

/**
 * An opinion is asked of somebody outside: a loan with an end. The ticket, its clocks and the contact with the association stay where
 * they are; the loan ends with the opinion, with its time, or when it is taken back.
 */
@Injectable()
export class ConsultationsService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
  ) {}

  /** Whom the hub of the actor may ask. */
  targets(actor: Actor): Promise<ConsultedView[]> {
    if (!actor.hubId) return Promise.resolve([]);
    const { hubId } = actor;
    return this.db.system((tx) => consultable(tx, hubId));
  }

  async ask(actor: Actor, ticket: string, input: NewConsultation): Promise<ConsultationView> {
    const to = (await this.targets(actor)).find((one) => one.kind === input.toKind && one.id === input.toId);
    return actOn(this, actor, ticket, 'tickets:consult', async (act) => {
      if (act.found.as === 'guest') throw new Refusal('forbidden', 'Only the hub of the ticket asks for an opinion.');
      if (!to) throw new Refusal('not_found', 'Not found.');
      if (act.found.row.status === 'closed')
        throw new Refusal('status_not_allowed', 'A closed ticket is lent to nobody.');
      const row = this.lend(act, to, input);
      await act.write.commit();
      return consultationView(row, act.write.row, this.reference.current);
    });
  }

  private lend({ tx, write }: Act, to: ConsultedView, { question, hours }: NewConsultation): ConsultationRow {
    const { id: ticketId, hubId, associationId } = write.row;
    const [id, grantId] = [uuid(), uuid()];
    const span = hours * HOUR_MS;
    const expiresAt = new Date(tx.now.getTime() + span);
    const remindAt = new Date(tx.now.getTime() + span * REMIND_AT);
    const text = maskIdentityNumbers(question);
    write.add(
      'grant_added',
      (
        n,
      ) => `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, granted_by, granted_at, expires_at, reason, can_write)
        values (${NUMBERS(n, 8)}, 'consultation', false)`,
      [grantId, ticketId, hubId, to.id, to.kind, tx.actorId, tx.now, expiresAt],
    );
    write.add(
      'consultation_added',
      (
        n,
      ) => `insert into consultation (id, ticket_id, hub_id, association_id, grant_id, to_kind, to_id, to_name_fr, to_name_ar, question, asked_by,
          asked_by_name, asked_at, expires_at, remind_at, state) values (${NUMBERS(n, 15)}, 'waiting')`,
      [
        id,
        ticketId,
        hubId,
        associationId,
        grantId,
        to.kind,
        to.id,
        to.nameFr,
        to.nameAr,
        text,
        tx.actorId,
        tx.actor.name,
        tx.now,
        expiresAt,
        remindAt,
      ],
    );
    write.emit('consultation.asked', { consultationId: id, toKind: to.kind, toId: to.id, expiresAt });
    return {
      ...{
        id,
        ticketId,
        hubId,
        grantId,
        toKind: to.kind,
        toId: to.id,
        toNameFr: to.nameFr,
        toNameAr: to.nameAr,
        question: text,
      },
      ...{ state: 'waiting', askedBy: tx.actorId!, askedByName: tx.actor.name, askedAt: tx.now, expiresAt },
      ...{ opinion: null, opinionByName: null, endedAt: null, version: 1 },
    };
  }

  /** The hub takes its question back. */
  cancel(actor: Actor, ticket: string, id: string): Promise<ConsultationView> {
    return actOn(this, actor, ticket, 'tickets:consult', async ({ tx, found, write }) => {
      const [row] = await tx.query<ConsultationRow>('consultation-lock', LOCK, [id]);
      if (!row || row.ticketId !== found.row.id || found.as === 'guest') throw new Refusal('not_found', 'Not found.');
      if (row.state !== 'waiting') throw new Refusal('already_decided', 'This question stands no more.');
      endConsultation(write, row, { state: 'cancelled', at: tx.now });
      write.emit('consultation.cancelled', { consultationId: id });
      await write.commit();
      return consultationView({ ...row, state: 'cancelled', endedAt: tx.now }, write.row, this.reference.current);
    });
  }

  /** The opinion of whoever was asked; it becomes a note of the ticket, and the loan ends. Runs beyond the guest's rows. */
  answer(actor: Actor, id: string, body: string): Promise<ConsultationView> {
    return this.db.run(
      actor,
      async (tx) => {
        const act = await this.asked(tx, id);
        const [row] = await tx.query<ConsultationRow>('consultation-lock', LOCK, [id]);
        if (row.state !== 'waiting' || row.expiresAt <= tx.now) {
          throw new Refusal('already_decided', 'This question stands no more.');
        }
        const message = messageOf(act, this.reference, { kind: 'note', body }, { id: tx.actorId, name: actor.name });
        addMessage(act, message, {});
        const opinion = {
          opinion: message.body,
          opinionBy: tx.actorId,
          opinionByName: actor.name,
          messageId: message.id,
        };
        endConsultation(act.write, row, { state: 'answered', at: tx.now, ...opinion });
        act.write.emit('consultation.answered', { consultationId: id, messageId: message.id });
        await act.write.commit();
        const done = { ...row, ...opinion, state: 'answered' as const, endedAt: tx.now };
        return consultationView(done, act.found.row, this.reference.current);
      },
      { as: 'system' },
    );
  }

  /** The ticket of a question that was put to the actor; any other does not exist. */
  private async asked(tx: TenantTx, id: string): Promise<Act> {
    const { actor } = tx;
    const [row] = await tx.query<{ ticketId: string; toKind: string; toId: string }>(
      'consultation-of',
      'select ticket_id as "ticketId", to_kind as "toKind", to_id as "toId" from consultation where id = $1',
      [id],
    );
    const own = row && row.toId === (row.toKind === 'hub' && actor.role !== 'expert' ? actor.hubId : actor.accountId);
    const found = own ? await findTicket(tx, { column: 'id', value: row.ticketId }, 'system', 'lock') : null;
    if (!found || !may(actor, 'tickets:read', { ...found.subject, grant: 'read' }))
      throw new Refusal('not_found', 'Not found.');
    tx.notBefore(found.row.updatedAt);
    return { tx, found, write: new TicketWrite(tx, found, this.reference) };
  }

  /** Reminds, and takes back what nobody answered; returns how many. Each once, whatever the number of workers. */
  tick(): Promise<number> {
    return this.db.system(async (tx) => {
      const reminded = await step(
        tx,
        'remind',
        `remind_at <= $1 and expires_at > $1 and reminded_at is null`,
        `reminded_at = $1`,
      );
      const expired = await step(
        tx,
        'expire',
        `expires_at <= $1`,
        `state = 'expired', ended_at = $1, version = version + 1`,
      );
      for (const one of reminded) tell(tx, 'consultation.reminded', one);
      for (const one of expired) tell(tx, 'consultation.expired', one);
      return reminded.length + expired.length;
    });
  }
}

interface Stepped {
  consultationId: string;
  ticketId: string;
  hubId: string;
  associationId: string | null;
}

function step(tx: TenantTx, name: string, where: string, set: string): Promise<Stepped[]> {
  return tx.query<Stepped>(
    `consultation-${name}`,
    `update consultation set ${set} where id in (
       select id from consultation where state = 'waiting' and ${where} order by expires_at limit ${BATCH} for update skip locked)
     returning id as "consultationId", ticket_id as "ticketId", hub_id as "hubId", association_id as "associationId"`,
    [tx.now],
  );
}

function tell(tx: TenantTx, type: EventType, { consultationId, ...about }: Stepped): void {
  tx.emit({ ...about, type, data: { consultationId } });
}

interface End {
  state: 'answered' | 'cancelled';
  at: Date;
  opinion?: string;
  opinionBy?: string | null;
  opinionByName?: string;
  messageId?: string;
}

function endConsultation(write: TicketWrite, row: ConsultationRow, end: End): void {
  write.add(
    'consultation_ended',
    (
      n,
    ) => `update consultation set state = $${n}, ended_at = $${n + 1}, opinion = $${n + 2}, opinion_by = $${n + 3}, opinion_by_name = $${n + 4},
        message_id = $${n + 5}, version = version + 1 where id = $${n + 6}`,
    [
      end.state,
      end.at,
      end.opinion ?? null,
      end.opinionBy ?? null,
      end.opinionByName ?? null,
      end.messageId ?? null,
      row.id,
    ],
  );
  write.add('loan_ended', END_LOAN, [end.at, row.grantId]);
}
