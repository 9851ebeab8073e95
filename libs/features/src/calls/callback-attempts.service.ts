import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { afterAttempt, mayDial, type AttemptOutcome } from '@app/domain/calls/callback-rules';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { endWork, wrapUp } from '../work/hand-writes';
import { agentOf } from '../work/presence.service';
import { applyPending } from '../work/presence-writes';
import { databaseTime, lockAgent } from '../work/work-rows';
import { dropWork, endCallback, freeSlots, tell, type CallbackRow } from './callback-writes';
import type { CallbackView } from './callback-view.dto';
import { CallbacksQueries } from './callbacks.queries';
import { lockCallback, refuseEnded } from './callbacks.service';
import { callbackRulesOf, telephonyOf } from './telephony-rows';

const HELD = `
  select i.id, o.account_id as "accountId" from work_item i join offer o on o.item_id = i.id and o.state = 'accepted' and o.ended_at is null
  where i.subject_id = $1 and i.state in ('accepted', 'active', 'held')`;
const BEGIN = `
  insert into callback_attempt (id, callback_id, hub_id, e164, account_id, number, started_at)
  select $1, b.id, b.hub_id, b.e164, $3, coalesce((select max(number) from callback_attempt where callback_id = b.id), 0) + 1, $4 from callback b where b.id = $2
  on conflict do nothing returning id`;

/** Dialling: never two at once for a number, never outside the time that suits. */
@Injectable()
export class CallbackAttempts {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly queries: CallbacksQueries,
  ) {}

  /**
   * Begins an attempt, with or without an offer. Work that waits is taken along; what a colleague has in hand is left there.
   * @throws Refusal `in_progress` when somebody is calling, `not_available` outside the window
   */
  begin(actor: Actor, id: string): Promise<CallbackView> {
    return this.asAgent(actor, id, async (tx, row) => {
      refuseEnded(row);
      const now = await databaseTime(tx);
      if (!mayDial(row, this.reference.calendarOf(row.hubId).calendar, now)) {
        throw new Refusal('not_available', 'This is not a time at which to call.');
      }
      await this.takeWork(tx, actor, row, now);
      const [attempt] = await tx.query<{ id: string }>('attempt-begin', BEGIN, [uuid(), id, actor.accountId, now]);
      if (!attempt) throw new Refusal('in_progress', 'Somebody is calling this number.');
      const [{ version }] = await tx.query<{ version: number }>(
        'callback-calling',
        `update callback set state = 'calling', attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, $2), version = version + 1,
           promise = case when promise = 'running' then case when $2 <= due_at then 'met' else 'breached' end else promise end
         where id = $1 returning version`,
        [id, now],
      );
      tell(tx, 'callback.attempted', { ...row, version }, { accountId: actor.accountId });
    });
  }

  /** Says how it went, and with that what follows. @throws Refusal `status_not_allowed` when nobody is calling */
  end(actor: Actor, id: string, outcome: AttemptOutcome): Promise<CallbackView> {
    return this.asAgent(actor, id, async (tx, row) => {
      const [attempt] = await tx.query<{ id: string; accountId: string }>(
        'attempt-flight',
        'select id, account_id as "accountId" from callback_attempt where callback_id = $1 and ended_at is null',
        [id],
      );
      if (!attempt) throw new Refusal('status_not_allowed', 'Nobody is calling.');
      if (attempt.accountId !== actor.accountId && actor.role !== 'supervisor') {
        throw new Refusal('forbidden', 'A colleague is calling.');
      }
      await this.finish(tx, row, attempt, outcome);
    });
  }

  /** What follows from an attempt, for its agent or for the sweep. The caller has locked the row. */
  async finish(
    tx: TenantTx,
    row: CallbackRow,
    attempt: { id: string; accountId: string },
    outcome: AttemptOutcome,
  ): Promise<void> {
    const now = await databaseTime(tx);
    const rules = callbackRulesOf(await telephonyOf(tx, row.hubId));
    const slots = await freeSlots(tx, row.hubId, this.reference.calendarOf(row.hubId).calendar, now);
    // An attempt given up by us is none.
    const counted = outcome === 'given_up' ? row.attempts - 1 : row.attempts;
    const next = afterAttempt(outcome, { ...row, attempts: counted }, slots, rules, now);
    const again = next.state === 'waiting' ? next : null;
    await tx.query(
      'attempt-end',
      'update callback_attempt set ended_at = greatest(started_at, $2), outcome = $3, next_try_at = $4 where id = $1',
      [attempt.id, now, outcome, again?.nextTryAt ?? null],
    );
    await leaveHands(tx, row, attempt.accountId, now);
    if (next.state !== 'waiting') return endCallback(tx, row, next.state, now);
    const [{ version }] = await tx.query<{ version: number }>(
      'callback-again',
      `update callback set state = 'waiting', attempts = $2, next_try_at = $3, window_from = $4, window_to = $5, version = version + 1 where id = $1 returning version`,
      [row.id, counted, next.nextTryAt, next.windowFrom, next.windowTo],
    );
    tell(tx, 'callback.changed', { ...row, version }, { outcome });
  }

  private async takeWork(tx: TenantTx, actor: Actor, row: CallbackRow, now: Date): Promise<void> {
    const [held] = await tx.query<{ id: string; accountId: string }>('callback-held', HELD, [row.id]);
    if (held && held.accountId !== actor.accountId) throw new Refusal('in_progress', 'A colleague has this in hand.');
    if (!held) return dropWork(tx, row.id, now, 'cancelled');
    await tx.query(
      'callback-active',
      `update work_item set state = 'active', state_at = greatest(state_at, $2), version = version + 1 where id = $1 and state = 'accepted'`,
      [held.id, now],
    );
  }

  /** Agent first, then the request: the order in which everybody locks. */
  private asAgent(
    actor: Actor,
    id: string,
    work: (tx: TenantTx, row: CallbackRow) => Promise<void>,
  ): Promise<CallbackView> {
    const key = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        await lockAgent(tx, key);
        await work(tx, await lockCallback(tx, key.hubId, id));
        return this.queries.read(tx, key.hubId, id);
      },
      { as: 'system' },
    );
  }
}

/** Work in hand goes into its wrap-up, or ends. */
async function leaveHands(tx: TenantTx, row: CallbackRow, accountId: string, now: Date): Promise<void> {
  const [held] = await tx.query<{ id: string }>('callback-held', HELD, [row.id]);
  if (!held || (await wrapUp(tx, held.id, now))) return;
  await endWork(tx, [held.id], 'completed', now);
  await applyPending(tx, { accountId, hubId: row.hubId }, now);
}
