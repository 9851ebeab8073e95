import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { numberOf } from '@app/domain/calls/call-parties';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { agentOf } from '../work/presence.service';
import { databaseTime } from '../work/work-rows';
import { matchNumber } from './caller-match';
import {
  CALLBACK_ROW,
  chosenSlot,
  dropWork,
  endCallback,
  freeSlots,
  requestCallback,
  tell,
  type CallbackRow,
} from './callback-writes';
import { CallbacksQueries } from './callbacks.queries';
import type { CallbackView } from './callback-view.dto';
import { callbackQueue } from './telephony-rows';

/** As an agent writes it down. */
export interface AskedCallback {
  phone: string;
  language: 'fr' | 'ar';
  name?: string;
  subject?: string;
  contactId?: string;
  ticketId?: string;
  callId?: string;
  queueCode?: string;
  at?: Date;
}

export interface CallbackChange {
  phone?: string;
  language?: 'fr' | 'ar';
  at?: Date;
}

/** Calls that the hub owes: asked for, changed, withdrawn. */
@Injectable()
export class CallbacksService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly queries: CallbacksQueries,
  ) {}

  /** An agent promises a call. A request that is open for the number and queue is joined. */
  create(actor: Actor, asked: AskedCallback): Promise<CallbackView> {
    const { hubId } = agentOf(actor);
    const e164 = phoneOf(asked.phone);
    return this.db.run(
      actor,
      async (tx) => {
        await checkRows(tx, hubId, asked);
        const known = asked.contactId
          ? await contactOf(tx, hubId, asked.contactId)
          : await matchNumber(tx, hubId, e164);
        const { language, name, subject, ticketId, callId, at } = asked;
        const { contactId, associationId } = known;
        const wish = {
          hubId,
          hubCode: this.reference.hub(hubId).code,
          queueId: await this.queue(tx, hubId, asked.queueCode),
        };
        const request = {
          ...wish,
          e164,
          source: 'agent' as const,
          language,
          name,
          subject,
          contactId,
          associationId,
          ticketId,
          callId,
          at,
        };
        const { id } = await requestCallback(tx, request, this.reference.calendarOf(hubId).calendar);
        if (callId) await tx.query('callback-of-call', 'update call set callback_id = $2 where id = $1', [callId, id]);
        return this.queries.read(tx, hubId, id);
      },
      { as: 'system' },
    );
  }

  /** The hub changes number, language or time; the place stays. */
  change(actor: Actor, id: string, expected: number, change: CallbackChange): Promise<CallbackView> {
    return this.asHub(actor, id, async (tx, row) => {
      checkVersion(row.version, expected);
      await this.apply(tx, row, change);
    });
  }

  cancel(actor: Actor, id: string): Promise<CallbackView> {
    return this.asHub(actor, id, async (tx, row) => {
      refuseEnded(row);
      await endCallback(tx, row, 'cancelled', await databaseTime(tx));
    });
  }

  /** For the hub and for the requester alike; while somebody is calling, nothing is changed. */
  async apply(tx: TenantTx, row: CallbackRow, { phone, language, at }: CallbackChange): Promise<void> {
    refuseEnded(row);
    const now = await databaseTime(tx);
    const e164 = phone === undefined ? row.e164 : phoneOf(phone);
    const next = { windowFrom: row.windowFrom, windowTo: row.windowTo, dueAt: row.dueAt, nextTryAt: row.nextTryAt };
    if (at) {
      await tx.query('callback-slots-lock', 'select pg_advisory_xact_lock(4203, hashtext($1))', [row.hubId]);
      const { calendar } = this.reference.calendarOf(row.hubId);
      const slot = chosenSlot(await freeSlots(tx, row.hubId, calendar, now), at);
      Object.assign(next, { windowFrom: slot.from, windowTo: slot.to, dueAt: slot.to, nextTryAt: slot.from });
      // What is on offer for the old time is not for the new one.
      await dropWork(tx, row.id, now, 'cancelled');
    }
    const [{ version }] = await tx.query<{ version: number }>(
      'callback-change',
      `update callback set e164 = $2, language = $3, window_from = $4, window_to = $5, next_try_at = $7, version = version + 1,
         due_at = case when promise = 'running' then $6 else due_at end where id = $1 returning version`,
      [row.id, e164, language ?? row.language, next.windowFrom, next.windowTo, next.dueAt, next.nextTryAt],
    );
    tell(tx, 'callback.changed', { ...row, version }, { at: at ? 'moved' : null });
  }

  private asHub(
    actor: Actor,
    id: string,
    work: (tx: TenantTx, row: CallbackRow) => Promise<void>,
  ): Promise<CallbackView> {
    const { hubId } = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        await work(tx, await lockCallback(tx, hubId, id));
        return this.queries.read(tx, hubId, id);
      },
      { as: 'system' },
    );
  }

  private async queue(tx: TenantTx, hubId: string, code: string | undefined): Promise<string> {
    if (code === undefined) return (await callbackQueue(tx, hubId)).id;
    const queue = this.reference.current.queues.find((one) => one.hubId === hubId && one.code === code);
    if (!queue) throw Refusal.field('/queueCode', 'unknown', 'The hub has no such queue.');
    return queue.id;
  }
}

/** @throws Refusal `not_found` for another hub's, as for none */
export async function lockCallback(tx: TenantTx, hubId: string, id: string): Promise<CallbackRow> {
  const [row] = await tx.query<CallbackRow>(
    'callback-lock',
    `select ${CALLBACK_ROW} from callback b where b.id = $1 and b.hub_id = $2 for update`,
    [id, hubId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

export function refuseEnded(row: CallbackRow): void {
  if (row.state === 'calling') throw new Refusal('in_progress', 'Somebody is calling just now.');
  if (row.state !== 'waiting') throw new Refusal('status_not_allowed', 'This request has ended.');
}

export function phoneOf(text: string, pointer = '/phone'): string {
  const e164 = numberOf(text);
  if (!e164) throw Refusal.field(pointer, 'phone_expected', 'This is not a telephone number.');
  return e164;
}

async function contactOf(
  tx: TenantTx,
  hubId: string,
  id: string,
): Promise<{ contactId: string; associationId: string | null }> {
  const [row] = await tx.query<{ contactId: string; associationId: string | null }>(
    'callback-contact',
    'select id as "contactId", association_id as "associationId" from contact where id = $1 and hub_id = $2',
    [id, hubId],
  );
  if (!row) throw Refusal.field('/contactId', 'unknown', 'This contact is not known.');
  return row;
}

async function checkRows(tx: TenantTx, hubId: string, { ticketId, callId }: AskedCallback): Promise<void> {
  const ticket = await tx.query('callback-ticket', 'select 1 from ticket where id = $1 and hub_id = $2', [
    ticketId ?? null,
    hubId,
  ]);
  if (ticketId && ticket.length === 0) throw Refusal.field('/ticketId', 'unknown', 'This ticket is not known.');
  const call = await tx.query('callback-call', 'select 1 from call where id = $1 and hub_id = $2', [
    callId ?? null,
    hubId,
  ]);
  if (callId && call.length === 0) throw Refusal.field('/callId', 'unknown', 'This call is not known.');
}
