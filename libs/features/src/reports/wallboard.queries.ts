import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, TenantDb, type TenantTx } from '@app/db/tenant-db';
import { seesRestricted, type Actor } from '@app/domain/access';
import { localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { ticketWhere } from '../tickets/ticket-filter';
import { TICKET_COLUMNS, type TicketRow } from '../tickets/ticket-row';
import { ticketSummary, type TicketSummary } from '../tickets/ticket-view.dto';
import { reportScope } from './report-scope';
import { byPresence, wallAgents, type WallAgent } from './wall-agents';
import { earlier, groupedCells, wallCells, type WallCell } from './wall-groups';
import type { KeptView, WallboardView } from './wallboard-view.dto';

/** Without a setting `promise_target`: nine promises of ten. */
const TARGET = 0.9;
const NEXT = 10;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Who looks at a wall: `hub:<id>` its people, `cleared:<id>` those who may see restricted tickets, `figures:<id>` the programme, and
 * `all` the programme on all hubs.
 */
export type WallScope = `hub:${string}` | `cleared:${string}` | `figures:${string}` | 'all';

const TODAY = (metric: 'first' | 'resolution'): string => `
  select hub_id as "hubId", count(*) filter (where ${metric}_kept)::int as kept, count(*) filter (where not ${metric}_kept)::int as late
  from ticket_fact where hub_id = any ($1::uuid[]) and ${metric}_decided_on = $2 group by hub_id`;

interface KeptRow {
  hubId: string;
  kept: number;
  late: number;
}

/** All that walls of some hubs are made of. */
interface WallFacts {
  first: KeptRow[];
  resolution: KeptRow[];
  cells: WallCell[];
  agents: WallAgent[];
  now: Date;
}

/** What hangs on the wall: today's promises and the open ones, each from an index that holds just these; sums are of the groups. */
@Injectable()
export class WallboardQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** The own hub; for the programme one hub or the sums of all, without tickets. */
  async snapshot(actor: Actor, hubId?: string): Promise<WallboardView> {
    const scope = this.scopeOf(actor, hubId);
    return (await this.snapshots([scope])).get(scope)!;
  }

  /** What somebody's wall is. @throws Refusal `not_found` for another hub */
  scopeOf(actor: Actor, hubId?: string): WallScope {
    const { hubIds } = wallboardHubs(actor, hubId, this.reference);
    if (actor.role === 'coordinator') return hubId ? `figures:${hubIds[0]}` : 'all';
    return seesRestricted(actor) ? `cleared:${hubIds[0]}` : `hub:${hubIds[0]}`;
  }

  /** Several walls from one reading. */
  async snapshots(scopes: readonly WallScope[]): Promise<Map<WallScope, WallboardView>> {
    const hubsOf = (scope: WallScope): string[] =>
      scope === 'all' ? [...this.reference.current.hubs.keys()] : [scope.split(':')[1]];
    const facts = await this.db.system((tx) => readFacts(tx, [...new Set(scopes.flatMap(hubsOf))]));
    const walls = new Map<WallScope, WallboardView>();
    for (const scope of scopes) {
      const view = this.view(facts, hubsOf(scope), scope === 'all' ? null : hubsOf(scope)[0]);
      walls.set(scope, await this.withTickets(view, scope));
    }
    return walls;
  }

  private view(facts: WallFacts, hubIds: readonly string[], hubId: string | null): WallboardView {
    const ours = <Row extends { hubId: string }>(rows: readonly Row[]): Row[] =>
      rows.filter((row) => hubIds.includes(row.hubId));
    const cells = ours(facts.cells);
    const of = (figure: 'open' | 'waiting' | 'atRisk' | 'late'): number =>
      cells.reduce((sum, cell) => sum + cell[figure], 0);
    return {
      hubId,
      open: of('open'),
      waiting: of('waiting'),
      longestWaitSince: cells.map((cell) => cell.longestWaitSince).reduce(earlier, null),
      atRisk: of('atRisk'),
      late: of('late'),
      firstResponseToday: this.kept(ours(facts.first)),
      resolutionToday: this.kept(ours(facts.resolution)),
      ...(hubId ? { byQueue: groupedCells(cells, 'queueId') } : { byHub: groupedCells(cells, 'hubId') }),
      byLanguage: groupedCells(cells, 'language'),
      byPresence: byPresence(ours(facts.agents)),
      agents: ours(facts.agents).map(({ hubId: _, ...agent }) => agent),
      asOf: facts.now,
    };
  }

  private kept(rows: readonly KeptRow[]): KeptView {
    const kept = rows.reduce((sum, row) => sum + row.kept, 0);
    const late = rows.reduce((sum, row) => sum + row.late, 0);
    const setting = this.reference.current.settings.get('promise_target');
    const target = typeof setting === 'number' ? setting : TARGET;
    return { kept, late, share: kept + late > 0 ? kept / (kept + late) : null, target };
  }

  /** People and tickets are for the hub; restricted tickets for those of it who may see them. */
  private async withTickets({ agents, ...figures }: WallboardView, scope: WallScope): Promise<WallboardView> {
    const [kind, hubId] = scope.split(':');
    if (kind !== 'hub' && kind !== 'cleared') return figures;
    const cleared = kind === 'cleared';
    // Nobody's own account: what is restricted and assigned to an agent is not for the wall.
    const viewer: Actor = {
      ...SYSTEM_ACTOR,
      accountId: NOBODY,
      role: cleared ? 'supervisor' : 'agent',
      hubId,
      cleared,
    };
    return { ...figures, agents, nextToBreach: await this.db.run(viewer, (tx) => this.next(tx)) };
  }

  private async next(tx: TenantTx): Promise<TicketSummary[]> {
    const where = ticketWhere(tx.actor, { open: true }, tx.now);
    const at = where.values.push(tx.now);
    // What is near by law, then the promises that are not late yet: two ends of one index.
    const next = (which: string) =>
      `(select ${TICKET_COLUMNS} from ticket t where ${where.conditions.join(' and ')} and ${which} order by t.urgency_at, t.id limit ${NEXT})`;
    const rows = await tx.sql<TicketRow>(
      `select * from (${next(`t.urgency_at < $${at}::timestamptz - interval '10 years'`)} union all ${next(`t.urgency_at > $${at}::timestamptz`)}) t
       order by t."urgencyAt", t.id limit ${NEXT}`,
      where.values,
    );
    return rows.map((row) => ticketSummary(row, this.reference.current, tx.actor));
  }
}

async function readFacts(tx: TenantTx, hubIds: readonly string[]): Promise<WallFacts> {
  const today = localParts(tx.now).date;
  return {
    first: await tx.query('wall-first', TODAY('first'), [hubIds, today]),
    resolution: await tx.query('wall-resolution', TODAY('resolution'), [hubIds, today]),
    cells: await wallCells(tx, hubIds),
    agents: await wallAgents(tx, hubIds),
    now: tx.now,
  };
}

/** The wall shows a hub to all of its people. */
function wallboardHubs(actor: Actor, hubId: string | undefined, reference: ReferenceData) {
  return reportScope(actor.role === 'agent' ? { ...actor, role: 'supervisor' } : actor, { hubId }, reference);
}
