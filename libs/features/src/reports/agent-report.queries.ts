import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { MOST_AGENT_DAYS, type AgentGroup } from '@app/domain/report-groups';
import { monthOf } from '@app/domain/report-cells';
import { checkRange, daysOf, intervalKey, weekKey, type DayRange } from '@app/domain/report-period';
import { AGENT_METRICS, agentRule, type AgentMetric } from '@app/domain/work/agent-figures';
import { stretchesOf, type Stretch, type TimeSpan } from '@app/domain/work/agent-time';
import { dateOfDay, dayNumber, localInstants, localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import type {
  TimeFigureView,
  AgentReportRequest,
  AgentReportView,
  AgentStretchListView,
  AgentStretchView,
} from './agent-report.dto';
import { agentTimes } from './agent-time-rows';
import { namesOf } from './report-names';
import { reportScope, type ReportScope } from './report-scope';

const MOST_LISTED = 500;
const HALF_HOUR_MS = 30 * 60_000;

type Own = Stretch & { accountId: string };

/** Reports of people's time: of the own hub for its supervisor, one's own for an agent, sums without people for the programme. */
@Injectable()
export class AgentReportQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  report(actor: Actor, request: AgentReportRequest): Promise<AgentReportView> {
    const { from, to, by } = request;
    const scope = this.scopeOf(actor, request);
    return this.db.system(async (tx) => {
      const stretches = await readStretches(tx, scope, request);
      const rows = grouped(stretches, by);
      const nameOf = await namesOf(tx, by, [...rows.keys()], this.reference.current);
      const figures = (of: readonly Own[], key?: string): TimeFigureView[] =>
        AGENT_METRICS.map((metric) => figureOf(metric, of, scope.lists ? linkOf(request, metric, key) : null));
      return {
        ...{ from, to, by },
        hubId: scope.hubIds.length === 1 ? scope.hubIds[0] : null,
        metrics: AGENT_METRICS.map((metric) => {
          const { unit, name, definition, formula } = agentRule(metric);
          return { metric, unit, counted: 'stretches', name, definition, formula };
        }),
        total: figures(stretches),
        rows: [...rows].map(([key, of]) => ({ key, name: nameOf(key), figures: figures(of, key) })),
        asOf: tx.now,
      };
    });
  }

  /** The stretches of time behind a figure, in order. */
  list(
    actor: Actor,
    request: AgentReportRequest & { metric: AgentMetric; key?: string },
  ): Promise<AgentStretchListView> {
    const scope = this.scopeOf(actor, request);
    if (!scope.lists) throw new Refusal('forbidden', 'The programme sees figures, never people.');
    return this.db.system(async (tx) => {
      const all = await readStretches(tx, scope, request);
      const rows = request.key === undefined ? all : (grouped(all, request.by).get(request.key) ?? []);
      const { behind } = agentRule(request.metric);
      const found = rows.filter(behind).sort((a, b) => a.from.getTime() - b.from.getTime());
      const ids = [...new Set(found.map((one) => one.accountId))];
      const nameOf = await namesOf(tx, 'agent', ids, this.reference.current);
      return {
        items: found.slice(0, MOST_LISTED).map((one) => viewOf(one, nameOf(one.accountId)?.fr ?? '')),
        more: found.length > MOST_LISTED,
      };
    });
  }

  /** @throws Refusal as `reportScope`, and for more days than three months */
  scopeOf(actor: Actor, { from, to, by, hubId }: AgentReportRequest): ReportScope {
    checkRange({ from, to }, by);
    if (daysOf({ from, to }) > MOST_AGENT_DAYS) {
      throw Refusal.field('?to', 'out_of_range', `Ask for ${MOST_AGENT_DAYS} days at most.`);
    }
    return reportScope(actor, { hubId, by }, this.reference);
  }
}

/** Every stretch of everybody up to now: what lies ahead is nobody's fault. */
async function readStretches(
  tx: TenantTx,
  { hubIds, agentId }: ReportScope,
  { from, to, by }: AgentReportRequest,
): Promise<Own[]> {
  const [begin] = localInstants(from, 0);
  const end = localInstants(to, 1_440).at(-1)!;
  const range = { from: begin, to: end < tx.now ? end : tx.now };
  if (range.to <= range.from) return [];
  const cuts = cutsOf({ from, to }, by, range);
  const times = await agentTimes(tx, hubIds, agentId, range, { from, to });
  return [...times].flatMap(([accountId, source]) =>
    stretchesOf(source, range, cuts).map((stretch) => ({ ...stretch, accountId })),
  );
}

/** Where one row ends and the next begins. Local half-hours begin with those of UTC. */
function cutsOf({ from, to }: DayRange, by: AgentGroup, range: TimeSpan): Date[] {
  if (by === 'agent') return [];
  if (by === 'half_hour' || by === 'hour') {
    const step = by === 'hour' ? 2 * HALF_HOUR_MS : HALF_HOUR_MS;
    const first = Math.ceil(range.from.getTime() / step) * step;
    const count = Math.max(0, Math.ceil((range.to.getTime() - first) / step));
    return Array.from({ length: count }, (_, i) => new Date(first + i * step));
  }
  const days = dayNumber(to) - dayNumber(from);
  return Array.from({ length: days }, (_, i) => localInstants(dateOfDay(dayNumber(from) + i + 1), 0)).flat();
}

function grouped(stretches: readonly Own[], by: AgentGroup): Map<string, Own[]> {
  const rows = new Map<string, Own[]>();
  for (const one of stretches) {
    const key = by === 'agent' ? one.accountId : keyAt(one.from, by);
    const known = rows.get(key);
    if (known) known.push(one);
    else rows.set(key, [one]);
  }
  return new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function keyAt(at: Date, by: Exclude<AgentGroup, 'agent'>): string {
  const { date, minute } = localParts(at);
  if (by === 'half_hour' || by === 'hour') return intervalKey(date, Math.floor(minute / 30), by);
  if (by === 'week') return weekKey(date);
  return by === 'month' ? monthOf(date) : date;
}

function figureOf(metric: AgentMetric, of: readonly Own[], list: string | null): TimeFigureView {
  const { value, behind } = agentRule(metric);
  return { metric, value: value(of), n: of.filter(behind).length, few: false, list };
}

function linkOf({ from, to, by, hubId }: AgentReportRequest, metric: AgentMetric, key?: string): string {
  const query = { from, to, by, metric, ...(hubId ? { hubId } : {}), ...(key === undefined ? {} : { key }) };
  return `/reports/agents/list?${new URLSearchParams(query).toString()}`;
}

function viewOf({ accountId, from, to, presence, doing, planned, asPlanned }: Own, name: string): AgentStretchView {
  return { accountId, name, from, to, presence, doing, planned, asPlanned };
}
