import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import type { CallOutcome } from '@app/domain/calls/call-record';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { idempotentRequest } from '../tickets/idempotency';
import { MessagesService } from '../tickets/messages.service';
import { TicketCreateService } from '../tickets/ticket-create.service';
import type { NewTicket } from '../tickets/ticket-draft';
import { findTicket } from '../tickets/ticket-find';
import { agentOf } from '../work/presence.service';
import type { CallView } from './call-view.dto';
import { lockCall, ownCall, touched, type LockedCall } from './call-locks';
import { matchNumber } from './caller-match';
import { phoneOf } from './callbacks.service';
import { readCall } from './calls.queries';
import { callbackQueue } from './telephony-rows';

/** A call as an agent writes it down: what is not said is worked out. */
export interface LoggedCall {
  direction: 'in' | 'out';
  phone?: string;
  startedAt?: Date;
  talkSeconds?: number;
  waitSeconds?: number;
  outcome: Extract<CallOutcome, 'answered' | 'abandoned' | 'not_reached' | 'voicemail'>;
  queueCode?: string;
  language?: string;
  note?: string;
  wrapUpCode?: string;
  disposition?: string;
  contactId?: string;
}

/** Where a call belongs: a ticket there is, or a new one; left open, the newest open one of who calls. */
export interface Attachment {
  ticketId?: string;
  create?: Omit<NewTicket, 'channel' | 'contact'>;
}

const INSERT = `
  insert into call (id, hub_id, source, direction, state, outcome, from_raw, from_e164, to_raw, to_e164, queue_id, account_id, started_at, queued_at, answered_at,
    ended_at, wrapped_up_at, last_event_at, wait_ms, talk_ms, times, match, contact_id, association_id, language, note, wrap_up_code, disposition, verified_at, verified_by)
  values ($1, $2, 'hand', $3, 'ended', $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $14, $15, $16, 'declared', $17, $18, $19, $20, $21, $22, $23, $24, $25)`;

/** What agents write about calls. */
@Injectable()
export class CallsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly tickets: TicketCreateService,
    private readonly messages: MessagesService,
  ) {}

  /** Writes a call down by hand, where no telephone system tells of it. The contact whom the agent names has been recognised by him. */
  log(actor: Actor, said: LoggedCall): Promise<CallView> {
    const { hubId, accountId } = agentOf(actor);
    const e164 = said.phone === undefined ? null : phoneOf(said.phone);
    return this.db.run(
      actor,
      async (tx) => {
        const id = uuid();
        const named = said.contactId ? await contactOf(tx, hubId, said.contactId) : null;
        const matched = await matchNumber(tx, hubId, e164);
        const who = named ?? matched;
        const said_ = [said.language, said.note && maskIdentityNumbers(said.note), said.wrapUpCode, said.disposition];
        await tx.query('call-log', INSERT, [
          id,
          hubId,
          said.direction,
          said.outcome,
          ...numbersOf(said, e164),
          await this.queue(tx, hubId, said),
          accountId,
          ...timesOf(said, tx.now),
          matched.match,
          who.contactId,
          who.associationId,
          ...said_.map((one) => one ?? null),
          ...(named ? [tx.now, accountId] : [null, null]),
        ]);
        tx.emit({
          type: 'call.ended',
          hubId,
          entityVersion: 1,
          data: { callId: id, direction: said.direction, state: 'ended', outcome: said.outcome, accountId },
        });
        return readCall(tx, actor, id);
      },
      { as: 'system' },
    );
  }

  /** Puts a call to a ticket; a note that it has goes along. Sent again, it has no second effect. */
  async attach(actor: Actor, id: string, to: Attachment): Promise<CallView> {
    const call = await this.db.run(actor, (tx) => ownCall(tx, agentOf(actor).hubId, id), { as: 'system' });
    const ticketId = to.create
      ? await this.create(actor, call, to.create)
      : (to.ticketId ?? (await this.newest(actor, id)));
    const noted = await this.db.run(actor, async (tx) => {
      const found = await findTicket(tx, { column: 'id', value: ticketId }, undefined);
      if (!found || !may(actor, 'tickets:note', found.subject) || found.row.hubId !== actor.hubId) {
        throw Refusal.field('/ticketId', 'unknown', 'This ticket is not known.');
      }
      return found.row;
    });
    const view = await this.db.run(
      actor,
      async (tx) => {
        const locked = await lockCall(tx, agentOf(actor).hubId, id);
        if (locked.ticketId === ticketId) return readCall(tx, actor, id);
        await tx.query('call-attach', 'update call set ticket_id = $2, version = version + 1 where id = $1', [
          id,
          ticketId,
        ]);
        touched(tx, { ...locked, version: locked.version + 1 });
        const { hubId, associationId } = noted;
        tx.emit({ type: 'call.attached', hubId, associationId, ticketId, data: { callId: id } });
        return readCall(tx, actor, id);
      },
      { as: 'system' },
    );
    if (call.note) await this.note(actor, id, ticketId, call.note);
    return view;
  }

  /** Note, code and what it came to; `done` ends the writing up. */
  async wrapUp(
    actor: Actor,
    id: string,
    said: {
      note?: string | null;
      wrapUpCode?: string | null;
      disposition?: string | null;
      language?: string | null;
      done?: boolean;
    },
  ): Promise<CallView> {
    const { hubId } = agentOf(actor);
    const note = said.note ? maskIdentityNumbers(said.note) : said.note;
    const { view, before } = await this.db.run(
      actor,
      async (tx) => {
        const locked = await lockCall(tx, hubId, id);
        await tx.query(
          'call-wrap-up',
          `update call set note = case when $2 then $3 else note end, wrap_up_code = case when $4 then $5 else wrap_up_code end,
             disposition = case when $6 then $7 else disposition end, language = case when $8 then $9 else language end,
             wrapped_up_at = case when $10 then coalesce(wrapped_up_at, $11) else wrapped_up_at end, version = version + 1 where id = $1`,
          [
            id,
            ...[note, said.wrapUpCode, said.disposition, said.language].flatMap((one) => [
              one !== undefined,
              one ?? null,
            ]),
            said.done === true && locked.state === 'ended',
            tx.now,
          ],
        );
        touched(tx, { ...locked, version: locked.version + 1 });
        return { view: await readCall(tx, actor, id), before: locked };
      },
      { as: 'system' },
    );
    if (note && before.ticketId && note !== before.note) await this.note(actor, id, before.ticketId, note);
    return view;
  }

  /** Somebody has checked in a few words who speaks: from now on the cases are shown. */
  verify(
    actor: Actor,
    id: string,
    { contactId, questions }: { contactId: string; questions: string[] },
  ): Promise<CallView> {
    const { hubId, accountId } = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        const locked = await lockCall(tx, hubId, id);
        const who = await contactOf(tx, hubId, contactId);
        await tx.query(
          'call-verify',
          `update call set contact_id = $2, association_id = $3, verified_at = $4, verified_by = $5, version = version + 1 where id = $1`,
          [id, who.contactId, who.associationId, tx.now, accountId],
        );
        tx.emit({ type: 'call.verified', hubId, data: { callId: id, contactId, questions } });
        touched(tx, { ...locked, version: locked.version + 1 });
        return readCall(tx, actor, id);
      },
      { as: 'system' },
    );
  }

  private async create(actor: Actor, call: LockedCall, create: NonNullable<Attachment['create']>): Promise<string> {
    const caller = create.contactId ?? (call.revealed ? (call.contactId ?? undefined) : undefined);
    const association = create.associationId ?? (call.revealed ? (call.associationId ?? undefined) : undefined);
    const input: NewTicket = { ...create, channel: 'phone', contactId: caller, associationId: association };
    const request = idempotentRequest(`call:${call.id}`, 'POST /calls/ticket', create);
    return (await this.tickets.create(actor, input, request)).id;
  }

  /** The newest open ticket of who calls. */
  private async newest(actor: Actor, id: string): Promise<string> {
    const { caller } = await this.db.run(actor, (tx) => readCall(tx, actor, id));
    const [ticket] = caller.tickets;
    if (!ticket) throw Refusal.field('/ticketId', 'required', 'Name a ticket, or create one.');
    return ticket.id;
  }

  /** The same words of the same call stand once on a ticket. */
  private async note(actor: Actor, callId: string, ticketId: string, body: string): Promise<void> {
    const request = idempotentRequest(`call-note:${callId}:${ticketId}:${body.length}`, 'call note', { body });
    await this.messages.post(actor, ticketId, { kind: 'note', body }, request).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'idempotency_key_reused') throw error;
    });
  }

  private async queue(tx: TenantTx, hubId: string, { queueCode, direction }: LoggedCall): Promise<string | null> {
    if (queueCode === undefined) {
      const phone = this.reference.current.queues.find((one) => one.hubId === hubId && one.code === 'PHONE');
      return direction === 'in' ? (phone?.id ?? (await callbackQueue(tx, hubId)).id) : null;
    }
    const queue = this.reference.current.queues.find((one) => one.hubId === hubId && one.code === queueCode);
    if (!queue) throw Refusal.field('/queueCode', 'unknown', 'The hub has no such queue.');
    return queue.id;
  }
}

/** Ours is not written down. */
function numbersOf({ direction, phone = '' }: LoggedCall, e164: string | null): unknown[] {
  return direction === 'out' ? ['', null, phone, e164] : [phone, e164, '', null];
}

/** Began, answered, ended, written up, waited, talked: as said, or as far as it follows. A call cannot end in the future. */
function timesOf(said: LoggedCall, now: Date): unknown[] {
  const wait = (said.waitSeconds ?? 0) * 1_000;
  const talk = said.outcome === 'answered' ? (said.talkSeconds ?? 0) * 1_000 : 0;
  const startedAt = said.startedAt ?? new Date(now.getTime() - wait - talk);
  const ended = startedAt.getTime() + wait + talk;
  if (ended > now.getTime() + 60_000) throw Refusal.field('/startedAt', 'in_future', 'The call has not ended yet.');
  const answeredAt = said.outcome === 'answered' ? new Date(startedAt.getTime() + wait) : null;
  const waitMs = said.waitSeconds === undefined ? null : wait;
  return [startedAt, answeredAt, new Date(ended), now, waitMs, answeredAt ? talk : null];
}

async function contactOf(
  tx: TenantTx,
  hubId: string,
  id: string,
): Promise<{ contactId: string; associationId: string | null }> {
  const [row] = await tx.query<{ contactId: string; associationId: string | null }>(
    'call-contact',
    'select id as "contactId", association_id as "associationId" from contact where id = $1 and hub_id = $2',
    [id, hubId],
  );
  if (!row) throw Refusal.field('/contactId', 'unknown', 'This contact is not known.');
  return row;
}
