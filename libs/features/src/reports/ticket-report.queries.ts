import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { HISTOGRAM_CLASSES } from '@app/domain/duration-histogram';
import { COUNTS, DURATIONS, type Duration, type ReportDimension } from '@app/domain/report-cells';
import {
  BACKLOG_CLASSES,
  FEW,
  metricRule,
  REPORT_METRICS,
  type ReportMetric,
  type ReportSums,
} from '@app/domain/report-metrics';
import { isInterval, type ReportGroup } from '@app/domain/report-groups';
import { checkRange, daysOfRow, partsOf, type PeriodPart } from '@app/domain/report-period';
import { dateOfDay, dayNumber, localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { sumsByHour } from './interval-sums';
import { namesOf } from './report-names';
import { reportScope, type ReportScope } from './report-scope';
import type { BacklogView, FigureView, TicketReportRequest, TicketReportView } from './ticket-report.dto';

/** Before the first ticket of all. */
const BEGINNING = '2020-01-01';

type SumsRow = ReportSums & { key: string };

/** Reports over tickets, from the sums by day and month: never from the tickets themselves. */
@Injectable()
export class TicketReportQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  async report(actor: Actor, request: TicketReportRequest): Promise<TicketReportView> {
    const { from, to, by, hubId } = request;
    checkRange({ from, to }, by);
    const scope = reportScope(actor, { hubId, by }, this.reference);
    const metrics = request.metrics ?? REPORT_METRICS;
    const parts = by === 'day' || by === 'week' ? [{ grain: 'day' as const, from, to }] : partsOf({ from, to });
    const hours = by === 'hour' || by === 'half_hour' ? by : null;
    // As system, because the programme may count what it may not read.
    const byHour = hours && (await this.db.system((tx) => sumsByHour(tx, scope, hours, { from, to })));
    const view = await this.db.run(actor, async (tx) => {
      const rows: SumsRow[] = byHour ?? (await sumsOf(tx, scope, by, parts, metrics));
      const [total] = await sumsOf(tx, scope, null, partsOf({ from, to }), metrics);
      const nameOf = await namesOf(
        tx,
        by,
        rows.map((row) => row.key),
        this.reference.current,
      );
      const figures = (sums: SumsRow, link: string) =>
        metrics.map((metric) => figureOf(metric, sums, scope.lists ? link : null));
      return {
        total: figures(total, linkOf(from, to, scope)),
        rows: rows.map((row) => ({
          key: row.key,
          name: nameOf(row.key),
          figures: figures(row, linkOfRow(request, row.key, scope)),
        })),
        asOf: tx.now,
      };
    });
    const backlog = scope.agentId ? {} : { backlog: await this.backlog(scope) };
    const definitions = metrics.map((metric) => {
      const { unit, counted, name, definition, formula } = metricRule(metric);
      return { metric, unit, counted, name, definition, formula };
    });
    return {
      from,
      to,
      by,
      hubId: scope.hubIds.length === 1 ? scope.hubIds[0] : null,
      metrics: definitions,
      ...view,
      ...backlog,
    };
  }

  /** Open tickets by age, from the index of open ones. As system: the programme may count what it may not read. */
  private backlog(scope: ReportScope): Promise<BacklogView[]> {
    return this.db.system(async (tx) => {
      const rows = await tx.query<{ day: string; open: number }>(
        'report-backlog',
        'select day::text, count(*)::int as open from ticket_fact where open and hub_id = any ($1::uuid[]) group by day',
        [scope.hubIds],
      );
      const today = dayNumber(localParts(tx.now).date);
      return BACKLOG_CLASSES.map(({ fromDays, toDays }) => {
        const from = toDays === null ? BEGINNING : dateOfDay(today - toDays);
        // What a clock ahead of ours opened "tomorrow" is as young as can be.
        const to = fromDays === 0 ? dateOfDay(today + 1) : dateOfDay(today - fromDays);
        const open = rows.reduce((sum, row) => sum + (row.day >= from && row.day <= to ? row.open : 0), 0);
        return { fromDays, toDays, open, list: scope.lists ? `${linkOf(from, to, scope)}&metric=open` : null };
      });
    });
  }
}

/** Who only gave further responses, or had tickets of others in hand, has a row as well. */
const SOMETHING = 'sum(created + next_kept + next_late + holding_calendar_s) > 0';

const KEYS: Partial<Record<ReportGroup, string>> = {
  day: 'day::text',
  week: `date_trunc('week', day)::date::text`,
  month: `date_trunc('month', day)::date::text`,
  hub: 'hub_id::text',
};

/** Sums by the group, or one row of all of it. Without any ticket the one row is full of nothing. */
function sumsOf(
  tx: TenantTx,
  scope: ReportScope,
  by: ReportGroup | null,
  parts: readonly PeriodPart[],
  metrics: readonly ReportMetric[],
): Promise<SumsRow[]> {
  const key = (by && KEYS[by]) ?? (by ? 'key' : `''`);
  const values: unknown[] = [scope.hubIds, scope.agentId ? 'agent' : dimensionOf(by)];
  const own = scope.agentId ? ` and key = $${values.push(scope.agentId)}` : '';
  const sources = parts.map(
    ({ grain, from, to }) =>
      `select * from report_day where hub_id = any ($1::uuid[]) and dimension = $2${own} and grain = '${grain}'
         and day between $${values.push(from)} and $${values.push(to)}`,
  );
  const needed = new Set(metrics.flatMap((metric) => metricRule(metric).of ?? []));
  const columns = [
    ...COUNTS.map((count) => `coalesce(sum(${count}), 0)::int as ${count}`),
    ...DURATIONS.map((one) => histogramSum(one, needed.has(one))),
  ];
  const grouped = by ? `group by 1 having ${SOMETHING} order by 1` : '';
  return tx.sql<SumsRow>(
    `select ${key} as key, ${columns.join(', ')} from (${sources.join(' union all ')}) d ${grouped}`,
    values,
  );
}

function dimensionOf(by: ReportGroup | null): ReportDimension {
  return by === null || by === 'hub' || isInterval(by) ? 'all' : by;
}

function histogramSum(of: Duration, needed: boolean): string {
  const classes = Array.from({ length: HISTOGRAM_CLASSES }, (_, i) => `coalesce(sum(${of}_h[${i + 1}]), 0)::int`);
  return `${needed ? `array[${classes.join(', ')}]` : `'{}'::int[]`} as ${of}_h`;
}

function figureOf(metric: ReportMetric, sums: ReportSums, link: string | null): FigureView {
  const { value, n } = metricRule(metric);
  const tickets = n(sums);
  return { metric, value: value(sums), n: tickets, few: tickets < FEW, list: link && `${link}&metric=${metric}` };
}

function linkOfRow({ from, to, by }: TicketReportRequest, key: string, scope: ReportScope): string {
  if (!isInterval(by)) return linkOf(from, to, scope, by, key);
  const days = daysOfRow(by, key, { from, to });
  // Agents see their own list whatever it is grouped by.
  return by === 'hour' || by === 'half_hour'
    ? linkOf(days.from, days.to, scope, by, key)
    : linkOf(days.from, days.to, scope);
}

function linkOf(from: string, to: string, scope: ReportScope, by?: ReportGroup, key?: string): string {
  const whose: Record<string, string> = scope.agentId ? { by: 'agent', key: scope.agentId } : {};
  const group: Record<string, string> = by && key !== undefined ? { by, key } : whose;
  return `/reports/tickets/list?${new URLSearchParams({ from, to, ...group }).toString()}`;
}
