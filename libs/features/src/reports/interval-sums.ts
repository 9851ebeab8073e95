import type { TenantTx } from '@app/db/tenant-db';
import { addFact, emptySums, type CellSums, type SummedFact } from '@app/domain/report-cells';
import { type DayRange, intervalKey } from '@app/domain/report-period';
import type { ReportScope } from './report-scope';

const FACTS = `
  select hub_id as "hubId", agent_id as "agentId", responses, holdings, day::text as day, interval_no as "intervalNo", first_business_s as "firstBusinessS", first_calendar_s as "firstCalendarS",
    first_kept as "firstKept", resolution_business_s as "resolutionBusinessS", resolution_calendar_s as "resolutionCalendarS",
    resolution_kept as "resolutionKept", reopened, transfers, escalations
  from ticket_fact where (hub_id = any ($1::uuid[]) or (other_holders <> '{}' and other_holders && $1::uuid[])) and day between $2 and $3
  order by day, interval_no`;

/** Sums by hour or half-hour of opening, in order, from the facts of the few days that may be asked for. */
export async function sumsByHour(
  tx: TenantTx,
  { hubIds, agentId }: ReportScope,
  by: 'half_hour' | 'hour',
  { from, to }: DayRange,
): Promise<(CellSums & { key: string })[]> {
  const facts = await tx.query<SummedFact & { day: string; intervalNo: number }>('report-hours', FACTS, [
    hubIds,
    from,
    to,
  ]);
  const rows = new Map<string, CellSums & { key: string }>();
  for (const fact of facts) {
    const key = intervalKey(fact.day, fact.intervalNo, by);
    const row = rows.get(key) ?? { key, ...emptySums() };
    if (addFact(row, fact, hubIds, agentId)) rows.set(key, row);
  }
  return [...rows.values()];
}
