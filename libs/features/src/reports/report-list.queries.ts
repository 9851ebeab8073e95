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
import { reportScope } from './report-scope';
import type { ReportGroup } from '@app/domain/report-groups';

/** What a figure counts; `open` is the backlog. */
export type ListMetric = ReportMetric | 'open';

const ANSWERED = 'f.first_calendar_s is not null';
const ANSWERED_BUSINESS = 'f.first_business_s is not null';
const RESOLVED = 'f.resolution_calendar_s is not null';

/** The tickets that a figure stands on, by the columns of their facts. */
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
};
const COLUMN: Record<ReportGroup, string> = {
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
  agent: 'f.agent_id::text',
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
    const { cursor, limit, ...asked } = request;
    const use = { sort: 'opened', scope: JSON.stringify([actor.accountId, actor.hubId, asked]) };
    const after = cursor === undefined ? null : decodeCursor(secret, cursor, use);
    const rows = await this.db.run(actor, (tx) => {
      const where = ticketWhere(actor, {}, tx.now);
      const bind = (value: unknown): string => `$${where.values.push(value)}`;
      where.conditions.push(...conditionsOf(request, bind, scope.hubIds[0]));
      if (scope.agentId) where.conditions.push(`f.agent_id = ${bind(scope.agentId)}`);
      if (after)
        where.conditions.push(`(f.opened_at, f.ticket_id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
      return tx.sql<TicketRow>(
        `select ${TICKET_COLUMNS} from ticket_fact f join ticket t on t.id = f.ticket_id where ${where.conditions.join(' and ')}
         order by f.opened_at desc, f.ticket_id desc limit ${bind(limit + 1)}`,
        where.values,
      );
    });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((row) => ticketSummary(row, this.reference.current, actor)),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(secret, { ...use, values: [last.openedAt.toISOString(), last.id] })
          : null,
    };
  }
}

/** Instants around the days let the index of the order find the range. */
function conditionsOf(request: ReportListRequest, bind: (value: unknown) => string, hubId: string): string[] {
  const { from, to, by, key, metric } = request;
  const around = (day: string, days: number): Date => new Date((dayNumber(day) + days) * DAY_MS);
  return [
    `f.hub_id = ${bind(hubId)}`,
    `f.day between ${bind(from)} and ${bind(to)}`,
    `f.opened_at between ${bind(around(from, -1))} and ${bind(around(to, 2))}`,
    BEHIND[metric],
    ...(by !== undefined && key !== undefined ? [`${COLUMN[by]} = ${bind(key)}`] : []),
  ];
}
