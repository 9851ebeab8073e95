import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { BusinessCalendar } from '@app/domain/business-hours';
import {
  dayOf,
  firstSlot,
  slotAt,
  slotsFrom,
  type CallbackSource,
  type CallbackState,
  type Slot,
} from '@app/domain/calls/callback-rules';
import { formatReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS, localParts } from '@app/domain/zone';
import { endWaiting, endWork } from '../work/hand-writes';
import { releaseOffers } from '../work/offer-writes';
import { databaseTime } from '../work/work-rows';
import { callbackRulesOf, telephonyOf } from './telephony-rows';

/** What is asked for. */
export interface NewCallback {
  hubId: string;
  hubCode: string;
  queueId: string;
  e164: string;
  source: CallbackSource;
  language: 'fr' | 'ar';
  name?: string | null;
  subject?: string | null;
  contactId?: string | null;
  associationId?: string | null;
  requesterAccountId?: string | null;
  ticketId?: string | null;
  callId?: string | null;
  /** When the wait began; now unless it began on the telephone. */
  queuedAt?: Date;
  /** An instant in the slot that suits; the first with room otherwise. */
  at?: Date;
  codeHash?: Buffer | null;
}

export interface CallbackRow {
  id: string;
  hubId: string;
  queueId: string;
  reference: string;
  e164: string;
  state: CallbackState;
  source: CallbackSource;
  language: 'fr' | 'ar';
  associationId: string | null;
  requesterAccountId: string | null;
  codeHash: Buffer | null;
  queuedAt: Date;
  windowFrom: Date;
  windowTo: Date;
  dueAt: Date;
  nextTryAt: Date;
  firstAttemptAt: Date | null;
  attempts: number;
  promise: 'running' | 'met' | 'breached' | 'cancelled';
  endedAt: Date | null;
  version: number;
}

export const CALLBACK_ROW = `b.id, b.hub_id as "hubId", b.queue_id as "queueId", b.reference, b.e164, b.state, b.source, b.language, b.association_id as "associationId",
  b.requester_account_id as "requesterAccountId", b.code_hash as "codeHash", b.queued_at as "queuedAt", b.window_from as "windowFrom", b.window_to as "windowTo",
  b.due_at as "dueAt", b.next_try_at as "nextTryAt", b.first_attempt_at as "firstAttemptAt", b.attempts, b.promise, b.ended_at as "endedAt", b.version`;

/** The slots of a hub from now on, with the room that is left. */
export async function freeSlots(tx: TenantTx, hubId: string, calendar: BusinessCalendar, now: Date): Promise<Slot[]> {
  const taken = await tx.query<{ at: Date }>(
    'callback-taken',
    `select greatest(window_from, $2) as at from callback where hub_id = $1 and state in ('waiting', 'calling') and window_to > $2`,
    [hubId, now],
  );
  const rules = callbackRulesOf(await telephonyOf(tx, hubId));
  return slotsFrom(
    calendar,
    now,
    rules,
    taken.map((row) => row.at),
  );
}

/** @throws Refusal when the instant lies in no slot, or its slot is full */
export function chosenSlot(slots: readonly Slot[], at: Date | undefined): Slot {
  const slot = at ? slotAt(slots, at) : firstSlot(slots);
  if (!slot) throw Refusal.field('/at', 'closed', 'The hub does not call at this time.');
  if (at && slot.free === 0) throw Refusal.field('/at', 'slot_full', 'This time is taken. Choose another.');
  return slot;
}

const INSERT = `
  insert into callback (id, reference, hub_id, queue_id, e164, name, contact_id, association_id, requester_account_id, ticket_id, call_id, source, state, language,
    subject, queued_at, requested_at, window_from, window_to, due_at, next_try_at, day, promise, code_hash, missed_calls)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13, $14, $15, $16, $17, $18, $18, $17, $19, 'running', $20, $21)
  on conflict (hub_id, queue_id, e164) where state in ('waiting', 'calling') do nothing returning id`;

/**
 * One open request for a number and queue: a second one joins it, and so does each missed call. Who holds the slots of a hub comes one
 * after the other, so that a full slot stays so. Returns the id, and whether it is new.
 */
export async function requestCallback(
  tx: TenantTx,
  asked: NewCallback,
  calendar: BusinessCalendar,
): Promise<{ id: string; added: boolean }> {
  const now = await databaseTime(tx);
  await tx.query('callback-slots-lock', `select pg_advisory_xact_lock(4203, hashtext($1))`, [asked.hubId]);
  const open = await openCallback(tx, asked);
  if (open) return { id: await join(tx, open, asked, now), added: false };
  const slot = slotFor(await freeSlots(tx, asked.hubId, calendar, now), asked, now);
  const id = uuid();
  const reference = await newReference(tx, asked.hubCode, now);
  await tx.query('callback-insert', INSERT, [id, reference, ...valuesOf(asked, slot, now)]);
  tell(tx, 'callback.requested', { id, hubId: asked.hubId, version: 1 }, { source: asked.source, dueAt: slot.to });
  return { id, added: true };
}

/** Nobody has to choose for a call that was missed. */
function slotFor(slots: readonly Slot[], { source, at }: NewCallback, now: Date): Slot {
  const byItself = source === 'missed_call' || source === 'overflow';
  return byItself ? (firstSlot(slots) ?? someDay(now)) : chosenSlot(slots, at);
}

/** In the order of the statement. */
function valuesOf(asked: NewCallback, slot: Slot, now: Date): unknown[] {
  const { name, contactId, associationId, requesterAccountId, ticketId, callId, subject, codeHash } = asked;
  return [
    asked.hubId,
    asked.queueId,
    asked.e164,
    ...[name, contactId, associationId, requesterAccountId, ticketId, callId].map((one) => one ?? null),
    asked.source,
    asked.language,
    subject ?? null,
    notAfter(asked.queuedAt, now),
    now,
    slot.from,
    slot.to,
    dayOf(now),
    codeHash ?? null,
    asked.source === 'missed_call' ? 1 : 0,
  ];
}

function notAfter(at: Date | undefined, now: Date): Date {
  return at && at < now ? at : now;
}

/** A hub that does not open within a week still owes the call. */
function someDay(now: Date): Slot {
  return { from: now, to: new Date(now.getTime() + 14 * DAY_MS), free: 1 };
}

async function openCallback(tx: TenantTx, { hubId, queueId, e164 }: NewCallback): Promise<CallbackRow | null> {
  const [row] = await tx.query<CallbackRow>(
    'callback-open',
    `select ${CALLBACK_ROW} from callback b where b.hub_id = $1 and b.queue_id = $2 and b.e164 = $3 and b.state in ('waiting', 'calling') for update`,
    [hubId, queueId, e164],
  );
  return row ?? null;
}

/** The place stays that of the first; what was not known is filled in. */
async function join(tx: TenantTx, open: CallbackRow, asked: NewCallback, now: Date): Promise<string> {
  const [{ version }] = await tx.query<{ version: number }>(
    'callback-join',
    `update callback set missed_calls = missed_calls + $2, contact_id = coalesce(contact_id, $3), association_id = coalesce(association_id, $4),
       ticket_id = coalesce(ticket_id, $5), subject = coalesce(subject, $6), queued_at = least(queued_at, $7), version = version + 1
     where id = $1 returning version`,
    [
      open.id,
      asked.source === 'missed_call' ? 1 : 0,
      asked.contactId ?? null,
      asked.associationId ?? null,
      asked.ticketId ?? null,
      asked.subject ?? null,
      notAfter(asked.queuedAt, now),
    ],
  );
  tell(tx, 'callback.changed', { ...open, version }, { joined: asked.source });
  return open.id;
}

/** Of the same family as those of tickets, so that one field reads both. */
async function newReference(tx: TenantTx, hubCode: string, now: Date): Promise<string> {
  const [{ n }] = await tx.query<{ n: string }>('callback-number', `select nextval('ticket_number') as n`);
  return formatReference(hubCode, Number(localParts(now).date.slice(0, 4)), Number(n));
}

type Told = 'callback.requested' | 'callback.changed' | 'callback.attempted' | 'callback.breached' | 'callback.ended';

/** To the hub: id, version and closed values only. */
export function tell(
  tx: TenantTx,
  type: Told,
  { id, hubId, version }: Pick<CallbackRow, 'id' | 'hubId' | 'version'>,
  data: Record<string, unknown> = {},
): void {
  tx.emit({ type, hubId, entityVersion: version, data: { callbackId: id, ...data } });
}

/** Ends a request; its work goes with it, an offer is taken back. The caller has locked the row. */
export async function endCallback(
  tx: TenantTx,
  row: CallbackRow,
  state: Exclude<CallbackState, 'waiting' | 'calling'>,
  now: Date,
): Promise<void> {
  await dropWork(tx, row.id, now, state === 'reached' ? 'completed' : 'cancelled');
  const [{ version }] = await tx.query<{ version: number }>(
    'callback-end',
    `update callback set state = $2, ended_at = greatest($3, requested_at), version = version + 1,
       promise = case when promise = 'running' then 'cancelled' else promise end where id = $1 returning version`,
    [row.id, state, now],
  );
  tell(tx, 'callback.ended', { ...row, version }, { outcome: state });
}

/** Whatever work stands open about a subject: taken back where on offer, ended where it waits or is in hand; a wrap-up goes on to its end. */
export async function dropWork(
  tx: TenantTx,
  subjectId: string,
  now: Date,
  outcome: 'completed' | 'cancelled' | 'abandoned' | 'called_back',
): Promise<void> {
  const [item] = await tx.query<{ id: string; state: string; offerId: string | null }>(
    'callback-work',
    `select i.id, i.state, o.id as "offerId" from work_item i left join offer o on o.item_id = i.id and o.ended_at is null
     where i.subject_id = $1 and i.state in ('new', 'queued', 'offered', 'accepted', 'active', 'held')`,
    [subjectId],
  );
  if (!item) return;
  if (item.state === 'offered' && item.offerId) await releaseOffers(tx, [item.offerId], 'rescinded', now, 'taken');
  if (item.state === 'offered' || item.state === 'queued' || item.state === 'new') {
    await endWaiting(tx, [item.id], outcome, now);
  } else await endWork(tx, [item.id], outcome === 'abandoned' ? 'cancelled' : outcome, now);
}
