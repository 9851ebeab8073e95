import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { audienceOf, type EventType } from '@app/domain/events';
import type { TicketSubject } from '@app/domain/access';
import type { LogCursor, Poke } from '@app/contract/realtime';
import { giveUpWhenSilent } from '@app/db/silence';
import { directUrl, type Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { LOG, type Log } from '@app/platform/log';
import type { PokedEvent } from './rooms';

export interface LoggedEvent extends PokedEvent {
  poke: Poke;
  /** data.sessionId of session.closed. */
  sessionId: string | null;
  /** Below the snapshot's xmin: nothing older can still appear. */
  settled: boolean;
}

interface EventRow {
  id: string;
  xid: string;
  settled: boolean;
  at: Date;
  type: EventType;
  ticket_id: string | null;
  entity_version: number | null;
  account_id: string | null;
  session_id: string | null;
  notification_id: string | null;
  subject_id: string | null;
  event_hub_id: string | null;
  hub_id: string | null;
  association_id: string | null;
  requester_account_id: string | null;
  assignee_id: string | null;
  restricted: boolean | null;
}

/** Ordered by transaction first, so that settled rows come before unsettled ones. */
const AFTER = `
  select e.id::text, e.xid::text, e.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled, e.at, e.type, e.ticket_id,
    coalesce(e.entity_version, t.version) as entity_version, e.data ->> 'accountId' as account_id, e.data ->> 'sessionId' as session_id,
    e.data ->> 'notificationId' as notification_id, coalesce(e.data ->> 'callId', e.data ->> 'callbackId') as subject_id, e.hub_id as event_hub_id, t.hub_id, t.association_id, t.requester_account_id, t.assignee_id, t.restricted
  from (select * from event where (xid, id) > ($1::text::xid8, $2::bigint) order by xid, id limit $3) e
  left join ticket t on t.id = e.ticket_id`;

/** What a hub, an association or an account can possibly hear; the rooms decide the rest. */
const RELEVANT = `
  where t.hub_id = $4 or t.association_id = $5 or e.data ->> 'accountId' = $6 or e.ticket_id = any ($7::uuid[])
    or (e.hub_id = $4 and e.type like 'call%')`;

export interface Interest {
  hubId: string | null;
  associationId: string | null;
  accountId: string;
  ticketIds: string[];
}

/**
 * Reads the log and the rights behind it as the workers do, on connections of its own: reading must not wait for requests, and a
 * transaction of TenantDb would poke the readers again.
 */
@Injectable()
export class EventStore implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(@Inject(CONFIG) config: Config, @Inject(LOG) log: Log) {
    this.pool = new Pool({
      connectionString: directUrl(config),
      options: '-c role=sanad_system -c statement_timeout=5000 -c timezone=UTC -c jit=off',
      application_name: 'sanad-realtime',
      connectionTimeoutMillis: 2_000,
      max: 4,
    });
    this.pool.on('connect', giveUpWhenSilent);
    this.pool.on('error', (error) => log.warn({ err: error.message }, 'connection of the log reader lost'));
  }

  /** Where the log ends: everything older is settled. */
  async end(): Promise<LogCursor> {
    const { rows } = await this.pool.query<{ xid: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as xid',
    );
    return { xid: rows[0].xid, id: '0' };
  }

  /** Events after the cursor in log order; `interest` leaves out what is surely of others. */
  async after(cursor: LogCursor, limit: number, interest?: Interest): Promise<LoggedEvent[]> {
    const { rows } = await this.pool.query<EventRow>(
      interest
        ? {
            name: 'events-of',
            text: `${AFTER} ${RELEVANT} order by e.xid, e.id`,
            values: [
              cursor.xid,
              cursor.id,
              limit,
              interest.hubId,
              interest.associationId,
              interest.accountId,
              interest.ticketIds,
            ],
          }
        : { name: 'events', text: `${AFTER} order by e.xid, e.id`, values: [cursor.xid, cursor.id, limit] },
    );
    return rows.map(logged);
  }

  /** The settled end of the log, and whether the cursor is ahead of it or more than `limit` events behind. */
  async reach(cursor: LogCursor, limit: number): Promise<{ end: LogCursor; outOfReach: boolean }> {
    const { rows } = await this.pool.query<{ xid: string; out_of_reach: boolean }>({
      name: 'event-reach',
      text: `select pg_snapshot_xmin(pg_current_snapshot())::text as xid, $1::text::xid8 > pg_snapshot_xmin(pg_current_snapshot())
          or (select count(*) from (select 1 from event where (xid, id) > ($1::text::xid8, $2::bigint) limit $3::int + 1) x) > $3::int as out_of_reach`,
      values: [cursor.xid, cursor.id, limit],
    });
    return { end: { xid: rows[0].xid, id: '0' }, outOfReach: rows[0].out_of_reach };
  }

  /** What decides about the watchers of these tickets, as it is now: subjects without grants, and the live grants. */
  async subjects(ticketIds: string[]): Promise<Map<string, { subject: TicketSubject; grants: Map<string, boolean> }>> {
    const { rows } = await this.pool.query<SubjectRow>({
      name: 'watched-subjects',
      text: `select t.id, t.hub_id, t.association_id, t.requester_account_id, t.assignee_id, t.restricted,
          coalesce((select jsonb_object_agg(g.grantee_id, g.can_write) from (
            select grantee_id, bool_or(can_write) as can_write from ticket_grant
            where ticket_id = t.id and coalesce(expires_at, 'infinity') > clock_timestamp() group by grantee_id) g), '{}') as grants
        from ticket t where t.id = any ($1::uuid[])`,
      values: [ticketIds],
    });
    return new Map(
      rows.map((row) => [row.id, { subject: subjectOf(row), grants: new Map(Object.entries(row.grants)) }]),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

export interface SubjectColumns {
  hub_id: string;
  association_id: string | null;
  requester_account_id: string | null;
  assignee_id: string | null;
  restricted: boolean;
}

interface SubjectRow extends SubjectColumns {
  id: string;
  grants: Record<string, boolean>;
}

export function subjectOf(row: SubjectColumns): TicketSubject {
  return {
    hubId: row.hub_id,
    associationId: row.association_id,
    requesterAccountId: row.requester_account_id,
    assigneeId: row.assignee_id,
    restricted: row.restricted,
    grant: 'none',
  };
}

function logged(row: EventRow): LoggedEvent {
  // Of what is about no ticket, only those hear the hub who hear the event.
  const hubId = row.hub_id ?? (audienceOf(row.type) === 'hub' ? row.event_hub_id : null);
  const ticket = row.ticket_id && row.hub_id ? { id: row.ticket_id, ...subjectOf(row as SubjectColumns) } : null;
  return {
    type: row.type,
    accountId: row.account_id,
    hubId: row.event_hub_id,
    sessionId: row.session_id,
    settled: row.settled,
    ticket,
    poke: {
      type: row.type,
      id: row.notification_id ?? row.ticket_id ?? row.subject_id,
      version: row.entity_version,
      ...(hubId ? { hubId } : {}),
      at: row.at.toISOString(),
      cursor: { xid: row.xid, id: row.id },
    },
  };
}
