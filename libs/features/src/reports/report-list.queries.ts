import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { ReportMetric } from '@app/domain/report-metrics';
import { daysOf } from '@app/domain/report-period';
import { DAY_MS, dayNumber } from '@app/domain/zone';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { ReferenceData } from '../directory/reference-data';
import { ticketWhere } from '../tickets/ticket-filter';
import { TICKET_COLUMNS, type TicketRow } from '../tickets/ticket-row';
import { ticketSummary } from '../tickets/ticket-view.dto';
import type { TicketPage } from '../tickets/tickets.queries';
import { reportScope, type ReportScope } from './report-scope';
import type { ReportGroup } from '@app/domain/report-groups';

/** What a figure counts; `open` is the backlog. */
export type ListMetric = ReportMetric | 'open';

const ANSWERED = 'f.first_calendar_s is not null';
const ANSWERED_BUSINESS = 'f.first_business_s is not null';
const RESOLVED = 'f.resolution_calendar_s is not null';

const RESPONSE = `select from jsonb_to_recordset(f.responses) as r("agentId" uuid, "businessS" int, "calendarS" int, kept boolean)`;
const STRETCHES = `jsonb_to_recordset(f.holdings) as h("hubId" uuid, "businessS" int, "calendarS" int, kept boolean)`;

/** The tickets that a figure stands on, by the columns of their facts; of responses and stretches, what at least one has to be. */
const BEHIND: Record<ListMetric, string> = {
  created: 'true',
  open: 'f.open',
  answered: ANSWERED,
  resolved: RESOLVED,
  reopened: 'f.reopened > 0',
  transferred: 'f.transfers > 0',
  escalated: 'f.escalations > 0',
  first_response_kept: 'f.first_kept is not null',
  first_response_late: 'not f.first_kept',
  first_response_median: ANSWERED_BUSINESS,
  first_response_p90: ANSWERED_BUSINESS,
  first_response_calendar_median: ANSWERED,
  first_response_calendar_p90: ANSWERED,
  resolution_kept: 'f.resolution_kept is not null',
  resolution_late: 'not f.resolution_kept',
  resolution_median: RESOLVED,
  resolution_p90: RESOLVED,
  resolution_calendar_median: RESOLVED,
  resolution_calendar_p90: RESOLVED,
  next_response_kept: 'r.kept is not null',
  next_response_late: 'not r.kept',
  next_response_median: 'r."businessS" is not null',
  next_response_p90: 'r."businessS" is not null',
  next_response_calendar_median: 'r."calendarS" is not null',
  next_response_calendar_p90: 'r."calendarS" is not null',
  holding_kept: 'h.kept is not null',
  holding_late: 'not h.kept',
  holding_median: 'h."businessS" is not null',
  holding_p90: 'h."businessS" is not null',
  holding_calendar_median: 'h."calendarS" is not null',
  holding_calendar_p90: 'h."calendarS" is not null',
  service_level: 'f.first_kept is not null',
  service_level_answered: `(f.first_kept or (not f.first_kept and ${ANSWERED}))`,
  service_level_created: 'true',
};
const COLUMN: Record<Exclude<ReportGroup, 'agent'>, string> = {
  half_hour: `f.day::text || 'T' || lpad((f.interval_no / 2)::text, 2, '0') || case f.interval_no % 2 when 1 then ':30' else ':00' end`,
  hour: `f.day::text || 'T' || lpad((f.interval_no / 2)::text, 2, '0') || ':00'`,
  day: 'f.day::text',
  week: `date_trunc('week', f.day)::date::text`,
  month: `date_trunc('month', f.day)::date::text`,
  hub: 'f.hub_id::text',
  region: 'f.region_code',
  channel: 'f.channel',
  language: 'f.language',
  category: 'f.category_code',
  queue: 'f.queue_id::text',
};

export interface ReportListRequest {
  from: string;
  to: string;
  by?: ReportGroup;
  key?: string;
  metric: ListMetric;
  limit: number;
  cursor?: string;
}

/** The very tickets behind a figure, for who may see tickets: of restricted ones only those that one may read anyway. */
@Injectable()
export class ReportListQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly secret: CursorSecret,
  ) {}

  async list(actor: Actor, request: ReportListRequest): Promise<TicketPage> {
    daysOf(request);
    const scope = reportScope(actor, {}, this.reference);
    if (!scope.lists) throw new Refusal('forbidden', 'The programme sees figures, never tickets.');
    const secret = await this.secret.value();
    const { cursor, limit: _, ...asked } = request;
    const use = { sort: 'opened', scope: JSON.stringify([actor.accountId, actor.hubId, asked]) };
    const after = cursor === undefined ? null : decodeCursor(secret, cursor, use);
    const found = request.metric.startsWith('holding_')
      ? await this.inHand(actor, request, scope.hubIds[0], after)
      : await this.own(actor, request, scope, after);
    return {
      items: found.rows.map((row) => ticketSummary(row, this.reference.current, actor)),
      nextCursor: found.last ? encodeCursor(secret, { ...use, values: found.last }) : null,
    };
  }

  private async own(actor: Actor, request: ReportListRequest, scope: ReportScope, after: After): Promise<Found> {
    const { limit } = request;
    const rows = await this.db.run(actor, (tx) => {
      const where = ticketWhere(actor, {}, tx.now);
      const bind = (value: unknown): string => `$${where.values.push(value)}`;
      where.conditions.push(
        `f.hub_id = ${bind(scope.hubIds[0])}`,
        ...conditionsOf(request, bind, scope.agentId, after),
      );
      return tx.sql<TicketRow>(
        `select ${TICKET_COLUMNS} from ticket_fact f join ticket t on t.id = f.ticket_id where ${where.conditions.join(' and ')}
         order by f.opened_at desc, f.ticket_id desc limit ${bind(limit + 1)}`,
        where.values,
      );
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { rows: rows.slice(0, limit), last: last && [last.openedAt.toISOString(), last.id] };
  }

  /** What the hub had in hand may be another's by now: of such tickets those are shown that are still lent. */
  private async inHand(actor: Actor, request: ReportListRequest, hubId: string, after: After): Promise<Found> {
    const { limit } = request;
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const hub = bind(hubId);
    const conditions = [
      `(f.hub_id = ${hub} or (f.other_holders <> '{}' and ${hub} = any (f.other_holders)))`,
      `h."hubId" = ${hub}`,
      ...conditionsOf(request, bind, null, after),
    ];
    const places = await this.db.system((tx) =>
      tx.sql<{ id: string; openedAt: Date }>(
        `select distinct f.ticket_id as id, f.opened_at as "openedAt" from ticket_fact f, ${STRETCHES} where ${conditions.join(' and ')}
         order by f.opened_at desc, f.ticket_id desc limit ${bind(limit + 1)}`,
        values,
      ),
    );
    const ids = places.slice(0, limit).map(({ id }) => id);
    const read = (as: 'guest' | undefined): Promise<TicketRow[]> =>
      this.db.run(
        actor,
        (tx) => {
          const where = ticketWhere(actor, { granted: as === 'guest' }, tx.now);
          where.conditions.push(`t.id = any ($${where.values.push(ids)}::uuid[])`);
          return tx.sql<TicketRow>(
            `select ${TICKET_COLUMNS} from ticket t where ${where.conditions.join(' and ')}`,
            where.values,
          );
        },
        { as },
      );
    const known = new Map([...(await read('guest')), ...(await read(undefined))].map((row) => [row.id, row]));
    const last = places.length > limit ? places[limit - 1] : undefined;
    return { rows: ids.flatMap((id) => known.get(id) ?? []), last: last && [last.openedAt.toISOString(), last.id] };
  }
}

type After = ReturnType<typeof decodeCursor> | null;

interface Found {
  rows: TicketRow[];
  /** Where the next page begins. */
  last: string[] | undefined;
}

/** Instants around the days let the index of the order find the range. */
function conditionsOf(
  request: ReportListRequest,
  bind: (value: unknown) => string,
  self: string | null,
  after: After,
): string[] {
  const { from, to, by, key, metric } = request;
  const around = (day: string, days: number): Date => new Date((dayNumber(day) + days) * DAY_MS);
  const asked = by === 'agent' && key !== undefined ? [key] : [];
  const agents = [...asked, ...(self ? [self] : [])].map((one) => `${bind(one)}::text`);
  return [
    `f.day between ${bind(from)} and ${bind(to)}`,
    `f.opened_at between ${bind(around(from, -1))} and ${bind(around(to, 2))}`,
    ...behind(metric, agents),
    ...(by !== undefined && by !== 'agent' && key !== undefined ? [`${COLUMN[by]} = ${bind(key)}`] : []),
    ...(after ? [`(f.opened_at, f.ticket_id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`] : []),
  ];
}

/** What a ticket has to be; responses count for who gave them, nobody for stretches, who answered first for everything else. */
function behind(metric: ListMetric, agents: readonly string[]): string[] {
  const of = (column: string): string[] => agents.map((one) => `${column}::text = ${one}`);
  if (metric.startsWith('holding_')) return [BEHIND[metric], ...(agents.length > 0 ? ['false'] : [])];
  if (!metric.startsWith('next_')) return [BEHIND[metric], ...of('f.agent_id')];
  return [`exists (${RESPONSE} where ${[BEHIND[metric], ...of('r."agentId"')].join(' and ')})`];
}
