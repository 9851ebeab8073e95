import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { CallOutcome } from '@app/domain/calls/call-record';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { agentOf } from '../work/presence.service';
import type { CallView } from './call-view.dto';
import { phoneOf } from './callbacks.service';
import { contactOf, matchNumber } from './caller-match';
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

const INSERT = `
  insert into call (id, hub_id, source, direction, state, outcome, from_raw, from_e164, to_raw, to_e164, queue_id, account_id, started_at, queued_at, answered_at,
    ended_at, wrapped_up_at, last_event_at, wait_ms, talk_ms, times, match, contact_id, association_id, language, note, wrap_up_code, disposition, verified_at, verified_by)
  values ($1, $2, 'hand', $3, 'ended', $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $14, $15, $16, 'declared', $17, $18, $19, $20, $21, $22, $23, $24, $25)`;

/** Calls that agents write down themselves. */
@Injectable()
export class CallLog {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
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
