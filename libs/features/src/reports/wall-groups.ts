import type { TenantTx } from '@app/db/tenant-db';
import type { WallboardGroupView } from './wallboard-view.dto';

/** Figures of the open tickets of one hub, queue and language. */
export interface WallCell extends Omit<WallboardGroupView, 'key'> {
  hubId: string;
  queueId: string;
  language: string;
}

const OPEN = `
  select hub_id as "hubId", queue_id as "queueId", language, count(*)::int as open, (count(*) filter (where waiting))::int as waiting
  from ticket_fact where open and hub_id = any ($1::uuid[]) group by 1, 2, 3`;
/** Few at any time, found by the index on those that wait. */
const WAITING = `
  select hub_id as "hubId", queue_id as "queueId", language, min(opened_at) as since
  from ticket where hub_id = any ($1::uuid[]) and assignee_id is null and status in ('new', 'open') group by 1, 2, 3`;
const LATE = `
  select f.hub_id as "hubId", f.queue_id as "queueId", f.language, (count(*) filter (where l.at_risk))::int as "atRisk", (count(*) filter (where l.late))::int as late
  from live_ticket l join ticket_fact f on f.ticket_id = l.ticket_id
  where l.hub_id = any ($1::uuid[]) and (l.late or l.at_risk) and f.open group by 1, 2, 3`;

type Place = Pick<WallCell, 'hubId' | 'queueId' | 'language'>;

/** What is open in some hubs, each figure from an index or a fold that holds just this. */
export async function wallCells(tx: TenantTx, hubIds: readonly string[]): Promise<WallCell[]> {
  const open = await tx.query<Place & { open: number; waiting: number }>('wall-open', OPEN, [hubIds]);
  const waiting = await tx.query<Place & { since: Date }>('wall-waiting', WAITING, [hubIds]);
  const late = await tx.query<Place & { atRisk: number; late: number }>('wall-late', LATE, [hubIds]);
  const cells = new Map<string, WallCell>();
  const cell = ({ hubId, queueId, language }: Place): WallCell => {
    const key = `${hubId} ${queueId} ${language}`;
    const known = cells.get(key) ?? { hubId, queueId, language, ...NOTHING };
    cells.set(key, known);
    return known;
  };
  for (const row of open) Object.assign(cell(row), { open: row.open, waiting: row.waiting });
  for (const row of waiting) cell(row).longestWaitSince = row.since;
  for (const row of late) Object.assign(cell(row), { atRisk: row.atRisk, late: row.late });
  return [...cells.values()];
}

const NOTHING = { open: 0, waiting: 0, longestWaitSince: null, atRisk: 0, late: 0 };

/** Sums by one of the places, most open first. */
export function groupedCells(cells: readonly WallCell[], by: 'queueId' | 'hubId' | 'language'): WallboardGroupView[] {
  const groups = new Map<string, WallboardGroupView>();
  for (const cell of cells) groups.set(cell[by], added(groups.get(cell[by]) ?? { key: cell[by], ...NOTHING }, cell));
  return [...groups.values()].sort((a, b) => b.open - a.open || (a.key < b.key ? -1 : 1));
}

function added(group: WallboardGroupView, cell: WallCell): WallboardGroupView {
  return {
    key: group.key,
    open: group.open + cell.open,
    waiting: group.waiting + cell.waiting,
    longestWaitSince: earlier(group.longestWaitSince, cell.longestWaitSince),
    atRisk: group.atRisk + cell.atRisk,
    late: group.late + cell.late,
  };
}

/** The earlier of two instants, where there are any. */
export function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
