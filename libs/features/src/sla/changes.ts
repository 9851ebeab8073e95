import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { whyWords } from '@app/domain/history';
import { Refusal } from '@app/domain/refusal';
import { toLocalIso } from '@app/domain/zone';
import type { ChangeReason } from './planned-change';
import type { ChangeView } from './sla-view.dto';

/** Who publishes meets nobody else: lists are checked as a whole. Held until the transaction ends. */
export function publishingAlone(tx: TenantTx): Promise<unknown> {
  return tx.query('publishing-alone', 'select pg_advisory_xact_lock(734209117)');
}

/** The hub whose policies and calendars the actor changes; null: the programme's. */
export function ownedBy(actor: Actor): string | null {
  return actor.role === 'coordinator' ? null : actor.hubId;
}

/** Everybody of the hub sees the programme's and its own; the programme sees all. Only the owner changes. */
export function checkOwner(actor: Actor, hubId: string | null): void {
  if (!isSeen(actor, hubId)) throw new Refusal('not_found', 'Not found.');
  if (hubId !== ownedBy(actor)) throw new Refusal('forbidden', 'Only its owner publishes this.');
}

export function isSeen(actor: Actor, hubId: string | null): boolean {
  return hubId === null || actor.role === 'coordinator' || hubId === actor.hubId;
}

export interface NewChange {
  hubId: string | null;
  why: ChangeReason;
  policyIds?: string[];
  calendarId?: string;
  replacesId?: string | null;
  versionId: string | null;
}

interface ChangeRow {
  id: string;
  why: ChangeReason;
  publishedAt: Date;
  pass: number;
  clocksMoved: number;
  clocksLate: number;
  ticketsMoved: number;
  doneAt: Date | null;
}

const COLUMNS = `id, why, published_at as "publishedAt", pass, clocks_moved as "clocksMoved", clocks_late as "clocksLate",
  tickets_moved as "ticketsMoved", done_at as "doneAt"`;

/** Writes down what was published; the workers take the open clocks along. */
export async function recordChange(tx: TenantTx, change: NewChange): Promise<ChangeView> {
  const [row] = await tx.query<ChangeRow>(
    'change-recorded',
    `insert into sla_change (id, hub_id, why, policy_ids, calendar_id, version_id, published_by, published_at, replaces_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
    [
      uuid(),
      change.hubId,
      change.why,
      change.policyIds ?? [],
      change.calendarId ?? null,
      change.versionId,
      tx.actorId,
      tx.now,
      change.replacesId ?? null,
    ],
  );
  const { policyIds, calendarId, versionId, why } = change;
  tx.emit({
    type: calendarId ? 'calendar.published' : 'policy.published',
    hubId: change.hubId,
    data: { changeId: row.id, why, policyIds, calendarId, versionId },
  });
  return changeView(row);
}

/** @throws Refusal `not_found` */
export async function readChange(tx: TenantTx, actor: Actor, id: string): Promise<ChangeView> {
  const [row] = await tx.query<ChangeRow & { hubId: string | null }>(
    'change-read',
    `select ${COLUMNS}, hub_id as "hubId" from sla_change where id = $1`,
    [id],
  );
  if (!row || !isSeen(actor, row.hubId)) throw new Refusal('not_found', 'Not found.');
  return changeView(row);
}

/** Done for people as soon as every ticket was visited; the second look is a safeguard. */
function changeView(row: ChangeRow): ChangeView {
  const { id, why, publishedAt, clocksMoved, clocksLate, ticketsMoved, doneAt, pass } = row;
  const words = whyWords(why);
  return {
    id,
    why,
    whyFr: words.fr,
    whyAr: words.ar,
    state: pass === 2 || doneAt ? 'done' : 'running',
    publishedAt,
    publishedLocal: toLocalIso(publishedAt),
    clocksMoved,
    clocksLate,
    ticketsMoved,
    doneAt,
  };
}
