import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { LiveMetric } from '@app/domain/live-figures';
import { localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { ticketWhere } from '../tickets/ticket-filter';
import { TICKET_COLUMNS, type TicketRow } from '../tickets/ticket-row';
import { ticketSummary, type TicketSummary } from '../tickets/ticket-view.dto';
import { reportScope } from './report-scope';

/** Without a setting `promise_target`: nine promises of ten. */
const TARGET = 0.9;
const NEXT = 10;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Promises whose outcome became known today. */
export class KeptView {
  kept: number;
  late: number;
  /** From 0 to 1; null when none became known today. */
  share: number | null;
  target: number;
}

export class WallboardGroupView {
  /** Id of a queue or hub, or a language. */
  key: string;
  open: number;
  waiting: number;
}

export class WallboardView {
  /** Null: all hubs. */
  hubId: string | null;
  open: number;
  waiting: number;
  atRisk: number;
  late: number;
  firstResponseToday: KeptView;
  resolutionToday: KeptView;
  /** Absent when several hubs are summed up. */
  byQueue?: WallboardGroupView[];
  byLanguage: WallboardGroupView[];
  /** Only when several hubs are summed up. */
  byHub?: WallboardGroupView[];
  /** The ten tickets that will be late first; absent for who sees no tickets. */
  nextToBreach?: TicketSummary[];
  asOf: Date;
}

const COUNTERS = `
  select metric, sum(value)::int as value from live_counter where hub_id = any ($1::uuid[]) and account_id = '${NOBODY}' group by metric`;
const TODAY = (metric: 'first' | 'resolution'): string => `
  select count(*) filter (where ${metric}_kept)::int as kept, count(*) filter (where not ${metric}_kept)::int as late
  from ticket_fact where hub_id = any ($1::uuid[]) and ${metric}_decided_on = $2`;
const OPEN = `
  select hub_id as "hubId", queue_id as "queueId", language, count(*)::int as open, (count(*) filter (where waiting))::int as waiting
  from ticket_fact where open and hub_id = any ($1::uuid[]) group by 1, 2, 3`;

interface OpenRow {
  hubId: string;
  queueId: string;
  language: string;
  open: number;
  waiting: number;
}

/** What hangs on the wall: counters, today's promises and the open ones, each from an index that holds just these. */
@Injectable()
export class WallboardQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** The own hub; for the programme one hub or the sums of all, without tickets. */
  async snapshot(actor: Actor, hubId?: string): Promise<WallboardView> {
    const { hubIds } = wallboardHubs(actor, hubId, this.reference);
    const sums = await this.db.system((tx) => this.sums(tx, hubIds));
    if (actor.role === 'coordinator') return sums;
    const nextToBreach = await this.db.run(actor, (tx) => this.next(tx));
    return { ...sums, nextToBreach };
  }

  private async sums(tx: TenantTx, hubIds: string[]): Promise<WallboardView> {
    const counters = await tx.query<{ metric: LiveMetric; value: number }>('wall-counters', COUNTERS, [hubIds]);
    const of = (metric: LiveMetric): number => counters.find((row) => row.metric === metric)?.value ?? 0;
    const today = localParts(tx.now).date;
    const rows = await tx.query<OpenRow>('wall-open', OPEN, [hubIds]);
    const one = hubIds.length === 1;
    return {
      hubId: one ? hubIds[0] : null,
      open: of('open'),
      waiting: of('waiting'),
      atRisk: of('at_risk'),
      late: of('late'),
      firstResponseToday: await this.kept(tx, 'first', hubIds, today),
      resolutionToday: await this.kept(tx, 'resolution', hubIds, today),
      ...(one ? { byQueue: grouped(rows, 'queueId') } : { byHub: grouped(rows, 'hubId') }),
      byLanguage: grouped(rows, 'language'),
      asOf: tx.now,
    };
  }

  private async kept(tx: TenantTx, of: 'first' | 'resolution', hubIds: string[], today: string): Promise<KeptView> {
    const [row] = await tx.query<{ kept: number; late: number }>(`wall-${of}`, TODAY(of), [hubIds, today]);
    const known = row.kept + row.late;
    const setting = this.reference.current.settings.get('promise_target');
    const target = typeof setting === 'number' ? setting : TARGET;
    return { ...row, share: known > 0 ? row.kept / known : null, target };
  }

  private async next(tx: TenantTx): Promise<TicketSummary[]> {
    const where = ticketWhere(tx.actor, { open: true }, tx.now);
    const at = where.values.push(tx.now);
    const rows = await tx.sql<TicketRow>(
      `select ${TICKET_COLUMNS} from ticket t where ${where.conditions.join(' and ')} and t.next_due_at > $${at}
       order by t.next_due_at, t.id limit ${NEXT}`,
      where.values,
    );
    return rows.map((row) => ticketSummary(row, this.reference.current, tx.actor));
  }
}

/** The wall shows a hub to all of its people. */
function wallboardHubs(actor: Actor, hubId: string | undefined, reference: ReferenceData) {
  return reportScope(actor.role === 'agent' ? { ...actor, role: 'supervisor' } : actor, { hubId }, reference);
}

function grouped(rows: readonly OpenRow[], by: 'queueId' | 'hubId' | 'language'): WallboardGroupView[] {
  const groups = new Map<string, WallboardGroupView>();
  for (const row of rows) {
    const group = groups.get(row[by]) ?? { key: row[by], open: 0, waiting: 0 };
    groups.set(row[by], { ...group, open: group.open + row.open, waiting: group.waiting + row.waiting });
  }
  return [...groups.values()].sort((a, b) => b.open - a.open || (a.key < b.key ? -1 : 1));
}
