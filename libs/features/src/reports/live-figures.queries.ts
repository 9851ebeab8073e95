import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { LiveMetric } from '@app/domain/live-figures';
import { SharedReads } from '@app/platform/shared-reads';

export interface AgentFigure {
  accountId: string;
  name: string;
  /** Open tickets assigned to the agent. */
  open: number;
}

/** What a hub looks like just now, as of the last projection. */
export interface HubFigures {
  hubId: string;
  open: number;
  waiting: number;
  /** When the ticket that waits longest for an agent was opened. */
  longestWaitSince: Date | null;
  atRisk: number;
  late: number;
  byAgent: AgentFigure[];
  asOf: Date;
}

interface CounterRow {
  metric: LiveMetric;
  accountId: string;
  name: string | null;
  value: number;
}

const COUNTERS = `
  select c.metric, c.account_id as "accountId", a.name, c.value
  from live_counter c left join account a on a.id = c.account_id
  where c.hub_id = $1 and c.value <> 0`;
const LONGEST_WAIT = `
  select opened_at as since from ticket
  where hub_id = $1 and assignee_id is null and status in ('new', 'open') order by opened_at limit 1`;

/** Reads as system, because names of all agents are needed: callers decide first who may look at which hub. */
@Injectable()
export class LiveFiguresQueries {
  constructor(private readonly db: TenantDb) {}

  private readonly reads = new SharedReads<HubFigures>();

  /** Those who ask together are answered from one reading; `state` as in SharedReads. */
  hubFigures(hubId: string, state?: string): Promise<HubFigures> {
    return this.reads.read(hubId, () => this.readFigures(hubId), state);
  }

  private readFigures(hubId: string): Promise<HubFigures> {
    return this.db.system(async (tx) => {
      const [rows, [longest]] = await Promise.all([
        tx.query<CounterRow>('hub-counters', COUNTERS, [hubId]),
        tx.last<{ since: Date }>('hub-longest-wait', LONGEST_WAIT, [hubId]),
      ]);
      const of = (metric: LiveMetric): number => rows.find((row) => row.metric === metric)?.value ?? 0;
      return {
        hubId,
        open: of('open'),
        waiting: of('waiting'),
        longestWaitSince: longest?.since ?? null,
        atRisk: of('at_risk'),
        late: of('late'),
        byAgent: agentsOf(rows),
        asOf: tx.now,
      };
    });
  }
}

function agentsOf(rows: readonly CounterRow[]): AgentFigure[] {
  return rows
    .filter((row) => row.metric === 'assigned')
    .map((row) => ({ accountId: row.accountId, name: row.name ?? '', open: row.value }))
    .sort((a, b) => b.open - a.open || (a.accountId < b.accountId ? -1 : 1));
}
