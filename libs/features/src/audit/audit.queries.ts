import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { ADMINISTRATION_EVENTS, NOTED_EVENTS } from '@app/domain/audit-trail';
import { EVENTS, type EventType } from '@app/domain/events';
import { describeEvent } from '@app/domain/history';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS } from '@app/domain/zone';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { ReferenceData } from '../directory/reference-data';
import { type AuditRow, mentionedIn, entryOf } from './audit-entries';
import { namesOf } from './audit-people';
import type { AuditPage, AuditSeal, AuditType } from './audit-view.dto';
import { checkSealsOf, type PlacesSealed } from './seal-log';

export interface AuditFilter {
  actorId?: string;
  /** An event, or all whose name begins so: `ticket`, `account`. */
  type?: string;
  /** Id or reference. */
  ticket?: string;
  from?: Date;
  to?: Date;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DEFAULT_DAYS = 30;
/** Clocks of processes differ a little. */
const SLACK_MS = 60_000;
/** As the partial index says it. */
const ADMINISTRATION = `ticket_id is null and association_id is null
  and type not in ('notification.created', 'mail.queued', 'mail.sent', 'presence.changed', 'session.opened', 'session.closed')`;

/** The log as people read it: who did what, when, and whether the seals over it hold. */
@Injectable()
export class AuditQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
    private readonly reference: ReferenceData,
  ) {}

  /** What the actor's log can hold, with its words. */
  types(actor: Actor): AuditType[] {
    return typesOf(actor, undefined).map((type) => ({ type, words: describeEvent(type, {}) }));
  }

  /** Newest first. @throws Refusal `not_found` for a ticket of another hub */
  async list(
    actor: Actor,
    filter: AuditFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<AuditPage> {
    const secret = await this.secret.value();
    const use = { sort: 'audit:id', scope: JSON.stringify([actor.accountId, actor.hubId, filter]) };
    const [before] = cursor ? decodeCursor(secret, cursor, use) : [null];
    const after = await this.beginOf(filter);
    const rows = await this.db.run(actor, async (tx) => {
      const ticketId = await ticketOf(tx, actor, filter.ticket);
      return readRows(tx, actor, { ...filter, ticketId, before, after, limit: limit + 1 });
    });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      ...(await this.shown(actor, page)),
      nextCursor: last ? encodeCursor(secret, { ...use, values: [last.id] }) : null,
    };
  }

  /** No event of the period has a lower number: what was sealed before it began was written before it began. */
  private async beginOf({ from }: AuditFilter): Promise<{ at: Date; id: string }> {
    return this.db.system(async (tx) => {
      const at = from ?? new Date(tx.now.getTime() - DEFAULT_DAYS * DAY_MS);
      const [seal] = await tx.query<{ id: string }>(
        'audit-begin',
        'select up_to_id as id from event_seal where sealed_at < $1 order by sealed_at desc limit 1',
        [new Date(at.getTime() - SLACK_MS)],
      );
      return { at, id: seal?.id ?? '0' };
    });
  }

  private shown(actor: Actor, rows: readonly AuditRow[]): Promise<Pick<AuditPage, 'items' | 'seal'>> {
    return this.db.run(
      actor,
      async (tx) => {
        const ask = <Row>(text: string, values?: unknown[]): Promise<Row[]> => tx.sql<Row>(text, values);
        const seals = await checkSealsOf(ask, rows);
        const names = await namesOf(tx, actor, mentionedIn(rows));
        const [last] = await tx.query<{ at: Date }>(
          'audit-last-seal',
          'select sealed_at as at from event_seal order by id desc limit 1',
        );
        const hubs = [...this.reference.current.hubs.values()];
        const reasons = new Map(
          (['escalation_reasons', 'hold_reasons'] as const)
            .flatMap((setting) => this.reference.reasons(setting))
            .map(({ code, fr, ar }) => [code, { fr, ar }]),
        );
        return {
          items: rows.map((row) => entryOf(row, { names, hubs, reasons, sealed: seals.sealed.has(row.id) })),
          seal: sealOf(rows.length, seals, last?.at ?? null),
        };
      },
      { as: 'system' },
    );
  }
}

function sealOf(
  entries: number,
  { sealed, seals, checked, broken }: PlacesSealed,
  lastSealedAt: Date | null,
): AuditSeal {
  const waiting = entries - sealed.size;
  const known = checked < seals ? 'unchecked' : waiting > 0 ? 'waiting' : 'sealed';
  return {
    state: entries === 0 ? 'empty' : broken.length > 0 ? 'broken' : known,
    waiting,
    checked,
    brokenSeals: broken,
    lastSealedAt,
  };
}

/** A coordinator reads how the programme is run; a supervisor all of the hub, routine only when asked for. */
function typesOf(actor: Actor, wanted: string | undefined): EventType[] {
  const national = actor.role === 'coordinator';
  if (wanted === undefined) return [...(national ? ADMINISTRATION_EVENTS : NOTED_EVENTS)];
  const all: readonly EventType[] = national ? ADMINISTRATION_EVENTS : (Object.keys(EVENTS) as EventType[]);
  return all.filter((type) => type === wanted || type.startsWith(`${wanted}.`));
}

async function ticketOf(tx: TenantTx, actor: Actor, ticket: string | undefined): Promise<string | null> {
  if (ticket === undefined) return null;
  if (actor.role === 'coordinator') throw Refusal.field('?ticket', 'not_allowed', 'Tickets are read by their hub.');
  const byId = UUID.test(ticket);
  const [row] = await tx.query<{ id: string }>(
    byId ? 'audit-ticket-id' : 'audit-ticket-reference',
    `select id from ticket where ${byId ? 'id = $1::uuid' : 'reference = upper($1)'} and hub_id = $2`,
    [ticket, actor.hubId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row.id;
}

interface Reading extends AuditFilter {
  ticketId: string | null;
  before: string | number | null;
  after: { at: Date; id: string };
  limit: number;
}

function readRows(tx: TenantTx, actor: Actor, reading: Reading): Promise<AuditRow[]> {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const { ticketId, before, after, actorId, to, limit } = reading;
  const conditions = [
    actor.role === 'coordinator' ? ADMINISTRATION : `e.hub_id = ${put(actor.hubId)}::uuid`,
    `e.type = any (${put(typesOf(actor, reading.type))}::text[])`,
    // A ticket's whole story, however old, unless a period is asked for.
    ...(ticketId ? [`e.ticket_id = ${put(ticketId)}::uuid`] : []),
    ...(ticketId && !reading.from ? [] : [`e.at >= ${put(after.at)}`, `e.id > ${put(after.id)}::bigint`]),
    ...(to ? [`e.at < ${put(to)}`] : []),
    ...(actorId
      ? [`(e.actor_id = ${put(actorId)}::uuid or e.type = 'session.opened' and e.data->>'accountId' = ${put(actorId)})`]
      : []),
    ...(before !== null ? [`e.id < ${put(before)}::bigint`] : []),
  ];
  const reference =
    actor.role === 'coordinator' ? 'null::text' : '(select t.reference from ticket t where t.id = e.ticket_id)';
  return tx.sql<AuditRow>(
    `select e.id, e.xid::text, e.at, e.type, e.hub_id as "hubId", e.ticket_id as "ticketId", e.actor_id as "actorId", e.data, ${reference} as reference
     from event e where ${conditions.join(' and ')} order by e.id desc limit ${put(limit)}`,
    values,
  );
}
