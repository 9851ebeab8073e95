import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { mayDial } from '@app/domain/calls/callback-rules';
import { COST, OFFER_SECONDS, WRAP_UP_SECONDS } from '@app/domain/work/capacity';
import { ReferenceData } from '../directory/reference-data';
import { databaseTime } from '../work/work-rows';
import { CallbackAttempts } from './callback-attempts.service';
import { CallbackStep } from './callback-step.service';
import { CALLBACK_ROW, dropWork, freeSlots, tell, type CallbackRow } from './callback-writes';

const BATCH = 100;
const MAX_WAIT_SECONDS = 14_400;
/** Nobody talks for so long without saying how it went. */
const FORGOTTEN_MINUTES = 60;

const OPEN_WORK = `exists (select from work_item i where i.subject_id = b.id and i.state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up'))`;
const DUE = `
  select ${CALLBACK_ROW} from callback b where b.state = 'waiting' and b.next_try_at <= clock_timestamp() and b.window_to > clock_timestamp() and not ${OPEN_WORK}
  order by b.queued_at, b.id limit ${BATCH} for update skip locked`;
/** Waiting, or on offer, when the time that suits is over; what is in hand is left to its agent. */
const OVER = `
  select ${CALLBACK_ROW} from callback b where b.state = 'waiting' and b.window_to <= clock_timestamp()
    and not exists (select from work_item i where i.subject_id = b.id and i.state in ('accepted', 'active', 'held'))
  order by b.window_to, b.id limit ${BATCH} for update skip locked`;
const BREACHED = `
  update callback b set promise = 'breached', version = version + 1
  where b.id in (select id from callback where promise = 'running' and due_at < clock_timestamp() order by due_at limit ${BATCH} for update skip locked)
  returning ${CALLBACK_ROW}`;
const FORGOTTEN = `
  select a.id, a.callback_id as "callbackId", a.account_id as "accountId" from callback_attempt a
  where a.ended_at is null and a.started_at < clock_timestamp() - interval '${FORGOTTEN_MINUTES} minutes' order by a.id limit ${BATCH}`;
/** Callbacks of equal age keep their places whatever was tried: the wait counts from the first. */
const ADD = `
  insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, priority, language, required, cost, offer_seconds, max_wait_seconds,
    wrap_up_seconds, queued_at, state_at, due_at)
  select $1, $2, $2, 'callback', $3, q.id, 'queued', 'normal', $5, $6, ${COST.callback}, coalesce((q.settings ->> 'offerTimeoutSeconds')::int, ${OFFER_SECONDS.callback}),
    coalesce((q.settings ->> 'maxWaitSeconds')::int, ${MAX_WAIT_SECONDS}), coalesce((q.settings ->> 'wrapUpSeconds')::int, ${WRAP_UP_SECONDS.callback}), $7, $8, $9
  from queue q where q.id = $4
  on conflict (subject_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up') do nothing returning id`;

/** What has to be done with owed calls by the clock. Every worker runs it; rows are shared out by their locks. */
@Injectable()
export class CallbackSweep {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly attempts: CallbackAttempts,
    private readonly step: CallbackStep,
  ) {}

  async tick(): Promise<void> {
    await this.db.system((tx) => this.breach(tx));
    await this.forgotten();
    await this.step.tick();
    await this.db.system((tx) => this.moveOn(tx));
    await this.db.system((tx) => this.open(tx));
  }

  /** Whose time has come becomes work that is offered. */
  private async open(tx: TenantTx): Promise<void> {
    const now = await databaseTime(tx);
    for (const row of await tx.query<CallbackRow>('callback-due-now', DUE)) {
      if (!mayDial(row, this.reference.calendarOf(row.hubId).calendar, now)) continue;
      const required = JSON.stringify([{ skill: row.language, level: 1, floor: 1 }]);
      const queuedAt = placeOf(row);
      const values = [uuid(), row.hubId, row.id, row.queueId, row.language, required, queuedAt, now, row.dueAt];
      const [item] = await tx.query<{ id: string }>('callback-work-add', ADD, values);
      if (!item) continue;
      const data = { itemId: item.id, kind: 'callback', queueId: row.queueId, queuedAt };
      tx.emit({ type: 'work.queued', hubId: row.hubId, data });
    }
  }

  /** A window that is over without a call: the next one, and the promise is what it was. */
  private async moveOn(tx: TenantTx): Promise<void> {
    const now = await databaseTime(tx);
    for (const row of await tx.query<CallbackRow>('callback-over', OVER)) {
      await dropWork(tx, row.id, now, 'cancelled');
      const slots = await freeSlots(tx, row.hubId, this.reference.calendarOf(row.hubId).calendar, now);
      const slot = slots.find((one) => one.free > 0) ?? slots[0];
      if (!slot) continue;
      const [{ version }] = await tx.query<{ version: number }>(
        'callback-move',
        `update callback set window_from = $2, window_to = $3, next_try_at = greatest(next_try_at, $2), version = version + 1 where id = $1 returning version`,
        [row.id, slot.from, slot.to],
      );
      tell(tx, 'callback.changed', { ...row, version }, { at: 'window_over' });
    }
  }

  private async breach(tx: TenantTx): Promise<void> {
    for (const row of await tx.query<CallbackRow>('callback-breach', BREACHED)) {
      tell(tx, 'callback.breached', row, { dueAt: row.dueAt });
    }
  }

  /** An attempt of which nobody said how it went. */
  private async forgotten(): Promise<void> {
    const found = await this.db.system((tx) =>
      tx.query<{ id: string; callbackId: string; accountId: string }>('attempt-forgotten', FORGOTTEN),
    );
    for (const attempt of found) {
      await this.db.system(async (tx) => {
        const [row] = await tx.query<CallbackRow>(
          'callback-lock-any',
          `select ${CALLBACK_ROW} from callback b where b.id = $1 and b.state = 'calling' for update`,
          [attempt.callbackId],
        );
        if (row) await this.attempts.finish(tx, row, attempt, 'given_up');
      });
    }
  }
}

/** Who chose a later time began to wait with it; who rang in vain, when he rang. Never better than that. */
function placeOf(row: CallbackRow): Date {
  const chosen = row.source === 'portal' || row.source === 'agent';
  return chosen && row.windowFrom > row.queuedAt ? row.windowFrom : row.queuedAt;
}
