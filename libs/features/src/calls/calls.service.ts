import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { idempotentRequest } from '../tickets/idempotency';
import { MessagesService } from '../tickets/messages.service';
import { TicketCreateService } from '../tickets/ticket-create.service';
import type { NewTicket } from '../tickets/ticket-draft';
import { findTicket } from '../tickets/ticket-find';
import { endWork } from '../work/hand-writes';
import { applyPending } from '../work/presence-writes';
import { agentOf } from '../work/presence.service';
import { databaseTime, lockAgent, type AgentKey } from '../work/work-rows';
import type { CallView } from './call-view.dto';
import { lockCall, ownCall, touched, type LockedCall } from './call-locks';
import { contactOf } from './caller-match';
import { readCall } from './calls.queries';

/** Where a call belongs: a ticket there is, or a new one; left open, the newest open one of who calls. */
export interface Attachment {
  ticketId?: string;
  create?: Omit<NewTicket, 'channel' | 'contact'>;
}

/** What agents write about calls. */
@Injectable()
export class CallsService {
  constructor(
    private readonly db: TenantDb,
    private readonly tickets: TicketCreateService,
    private readonly messages: MessagesService,
  ) {}

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
    const { hubId, accountId } = agentOf(actor);
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
        if (said.done) await endWrapUp(tx, { accountId, hubId }, id);
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
}

/** The agent has written the call up: there is room for the next work. */
async function endWrapUp(tx: TenantTx, agent: AgentKey, callId: string): Promise<void> {
  const items = await tx.query<{ id: string }>(
    'call-wrapping',
    `select id from work_item where subject_id = $1 and account_id = $2 and state = 'wrap_up'`,
    [callId, agent.accountId],
  );
  if (items.length === 0) return;
  await lockAgent(tx, agent);
  const now = await databaseTime(tx);
  await endWork(tx, [items[0].id], 'completed', now);
  await applyPending(tx, agent, now);
}
