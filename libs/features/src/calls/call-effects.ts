import type { TenantTx } from '@app/db/tenant-db';
import type { BusinessCalendar } from '@app/domain/business-hours';
import { owedAfter, type CallbackSource } from '@app/domain/calls/callback-rules';
import type { CallRecord } from '@app/domain/calls/call-record';
import type { HubRow } from '../directory/reference-data';
import { databaseTime, lockAgent } from '../work/work-rows';
import { endPart, takeLine } from '../work/line-writes';
import type { Applied } from './call-applied';
import { CALLBACK_ROW, dropWork, endCallback, requestCallback, type CallbackRow } from './callback-writes';
import { languageOf } from './caller-language';
import { callbackQueue, queueOfRef } from './telephony-rows';

interface Hub {
  calendar: BusinessCalendar;
  hub: Pick<HubRow, 'code' | 'languages'>;
}

/** What follows when a call has changed: who is told, work that begins or ends, a call that is owed. */
export async function afterCall(tx: TenantTx, applied: Applied, hub: Hub): Promise<void> {
  const { record, before } = applied;
  emit(tx, applied);
  if (record.answeredAt !== null && before?.record.answeredAt == null) await answered(tx, applied);
  if (isOnLine(record)) await onLine(tx, applied);
  if (record.state !== 'ended' || before?.state === 'ended') return;
  await endWorkOfCall(tx, applied);
  if (record.direction === 'out') await linkAttempt(tx, applied);
  else if (record.direction === 'in') await afterCallIn(tx, applied, hub);
}

async function afterCallIn(tx: TenantTx, applied: Applied, hub: Hub): Promise<void> {
  const source = owedAfter(applied.record);
  if (source) await owe(tx, applied, hub, source);
  else if (applied.record.outcome === 'answered') await calledIn(tx, applied);
}

/** Ids, versions and closed values; what there is to see is fetched. */
function emit(tx: TenantTx, { id, hubId, record, before, accountId, ringing, version }: Applied): void {
  const data = { callId: id, state: record.state, direction: record.direction };
  const told = { hubId, entityVersion: version };
  if (record.state === 'ended') {
    tx.emit({ ...told, type: 'call.ended', data: { ...data, outcome: record.outcome, accountId } });
    return;
  }
  tx.emit({ ...told, type: 'call.changed', data: { ...data, accountId } });
  if (record.answeredAt !== null || before?.state === 'ended') return;
  for (const one of ringing) tx.emit({ ...told, type: 'call.offered', data: { ...data, accountId: one } });
}

/** At level L3 the answer of the telephone takes the offer. */
async function answered(tx: TenantTx, { id, hubId, accountId, record, mayHaveWork }: Applied): Promise<void> {
  if (!accountId || record.direction !== 'in' || !mayHaveWork) return;
  await lockAgent(tx, { accountId, hubId });
  const now = await databaseTime(tx);
  const taken = await tx.query<{ id: string }>(
    'call-accept',
    `with offered as (
       update offer o set state = 'accepted', decided_at = greatest(o.offered_at, $3) from work_item i
       where i.id = o.item_id and i.subject_id = $1 and i.state = 'offered' and o.state = 'pending' and o.account_id = $2 returning o.item_id)
     update work_item i set state = 'active', account_id = $2, state_at = greatest(i.state_at, $3), version = i.version + 1
     from offered where i.id = offered.item_id returning i.id`,
    [id, accountId, now],
  );
  if (taken.length > 0) {
    tx.emit({
      type: 'offer.accepted',
      hubId,
      data: { itemId: taken[0].id, accountId, agentHubId: hubId, to: 'active' },
    });
  }
}

/** Somebody of ours talks, or dials. */
function isOnLine({ state, direction }: CallRecord): boolean {
  return state === 'active' || state === 'held' || (direction === 'out' && state === 'ringing');
}

/** Whoever chose the agent: nothing more fits beside a call. */
async function onLine(tx: TenantTx, { id: callId, hubId, accountId, queue, record, before }: Applied): Promise<void> {
  if (!accountId || (before && isOnLine(before.record) && before.accountId === accountId)) return;
  const where = queue ?? (await queueOfRef(tx, hubId, null));
  if (!where) return;
  const queuedAt = new Date(record.queuedAt ?? record.startedAt);
  const { wrapUpSeconds } = where.settings;
  await takeLine(
    tx,
    { accountId, hubId },
    { callId, queueId: where.id, queuedAt, wrapUpSeconds },
    await databaseTime(tx),
  );
}

/** In hand, it goes on into wrap-up; waiting or on offer, the caller has left. */
async function endWorkOfCall(tx: TenantTx, { id, record, mayHaveWork }: Applied): Promise<void> {
  if (!mayHaveWork) return;
  const now = await databaseTime(tx);
  const [item] = await tx.query<{ id: string; state: string }>(
    'call-item',
    `select id, state from work_item where subject_id = $1 and state in ('queued', 'offered', 'accepted', 'active', 'held')`,
    [id],
  );
  if (!item) return;
  if (item.state === 'active' || item.state === 'held') return endPart(tx, item.id, now);
  await dropWork(tx, id, now, record.outcome === 'answered' ? 'completed' : 'abandoned');
}

/** One request for a number, day and queue, however often it rings; who was reached since is owed nothing. */
async function owe(tx: TenantTx, applied: Applied, { calendar, hub }: Hub, source: CallbackSource): Promise<void> {
  const { id, hubId, other, record } = applied;
  if (!other) return;
  const queue = await callbackQueue(tx, hubId);
  const settled = await tx.query(
    'call-settled',
    `select 1 from callback where hub_id = $1 and queue_id = $2 and e164 = $3 and state in ('reached', 'called_in') and ended_at >= $4 limit 1`,
    [hubId, queue.id, other, new Date(record.endedAt!)],
  );
  const later = await tx.query(
    'call-answered-later',
    `select 1 from call where hub_id = $1 and from_e164 = $2 and direction = 'in' and answered_at >= $3 and id <> $4 limit 1`,
    [hubId, other, new Date(record.startedAt), id],
  );
  if (settled.length > 0 || later.length > 0) return;
  const language = await languageOf(tx, record.ivr, applied.contactId, hub.languages);
  const { id: callbackId } = await requestCallback(
    tx,
    {
      hubId,
      hubCode: hub.code,
      queueId: queue.id,
      e164: other,
      source,
      language,
      contactId: applied.contactId,
      associationId: applied.associationId,
      callId: id,
      queuedAt: new Date(record.queuedAt ?? record.startedAt),
    },
    calendar,
  );
  await tx.query('call-owed', 'update call set callback_id = $2 where id = $1', [id, callbackId]);
}

/** Who called again and was answered is not called any more, unless somebody is just calling. */
async function calledIn(tx: TenantTx, { hubId, other, record }: Applied): Promise<void> {
  if (!other) return;
  const open = await tx.query<CallbackRow>(
    'callback-of-number',
    `select ${CALLBACK_ROW} from callback b
     where b.hub_id = $1 and b.e164 = $2 and b.state = 'waiting' and b.source in ('missed_call', 'overflow') and b.queued_at <= $3 for update`,
    [hubId, other, new Date(record.answeredAt!)],
  );
  if (open.length === 0) return;
  const now = await databaseTime(tx);
  for (const one of open) await endCallback(tx, one, 'called_in', now);
}

/** A call out while somebody tries that number belongs to the attempt. */
async function linkAttempt(tx: TenantTx, { id, hubId, other, record }: Applied): Promise<void> {
  if (!other) return;
  await tx.query(
    'call-attempt',
    `update call set callback_id = (
       select a.callback_id from callback_attempt a
       where a.hub_id = $2 and a.e164 = $3 and a.started_at <= $5 and (a.ended_at is null or a.ended_at >= $4) order by a.started_at desc limit 1)
     where id = $1`,
    [id, hubId, other, new Date(record.startedAt), new Date(record.endedAt!)],
  );
}
