import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { caseDeadline, legalRule, passLegal, type CaseDeadline } from '@app/domain/legal-deadline';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import { OPEN_STATUSES } from '@app/domain/ticket-status';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { LegalDeadlineList, LegalDeadlineView } from './legal-deadline-view.dto';
import { actOn } from './ticket-access';
import type { TicketRow } from './ticket-row';
import { TicketsQueries } from './tickets.queries';

/** A day of the case for one delay of its category. */
export interface LegalStart {
  item: number;
  from: string;
}

interface DueTicket {
  id: string;
  hubId: string;
  associationId: string | null;
  version: number;
  open: boolean;
  legalDeadlines: CaseDeadline[];
}

const BATCH = 200;

const DUE = `
  select id, hub_id as "hubId", association_id as "associationId", version, status in ('${OPEN_STATUSES.join("', '")}') as open,
    legal_deadlines as "legalDeadlines"
  from ticket where legal_step_at <= $1 order by legal_step_at limit ${BATCH} for no key update skip locked`;

/** Delays of the law in a case: entered by people, watched by the sweeper. They outrank what the hub promised. */
@Injectable()
export class LegalDeadlinesService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
    private readonly queries: TicketsQueries,
  ) {}

  async list(actor: Actor, ticket: string): Promise<LegalDeadlineList> {
    return this.queries.read(actor, ticket, 'read', async (tx, { row }) => this.view(row, await read(tx, row.id)));
  }

  /** The days that are given replace those that were: what is left out is forgotten. */
  set(actor: Actor, ticket: string, starts: readonly LegalStart[], expected: number): Promise<LegalDeadlineList> {
    return actOn(this, actor, ticket, 'tickets:change', async (act) => {
      checkVersion(act.found.row.version, expected);
      const { row } = act.write;
      const before = await read(act.tx, row.id);
      const { deadlines, ...state } = passLegal(this.counted(row, starts, before), act.tx.now);
      // Warnings and ends are told by the sweeper, in the next second.
      const kept = deadlines.map((one) => ({ ...one, ...pastOf(one, before) }));
      const stepAt = state.warned.length + state.passed.length > 0 ? act.tx.now : state.stepAt;
      // A statement of its own: one statement changes a row once, and the act changes the ticket.
      await act.tx.query(
        'legal-set',
        'update ticket set legal_deadlines = $1::jsonb, next_legal_at = $2, legal_urgency_at = $3, legal_step_at = $4 where id = $5',
        [JSON.stringify(kept), state.nextAt, state.urgencyAt, stepAt, row.id],
      );
      act.write.emit('legal.set', {
        items: kept.map(({ category, item, from, on }) => ({ category, item, from, on })),
      });
      await act.write.commit();
      return this.view(row, kept);
    });
  }

  /** Warns about what is near and notes what has passed, each once; returns how many tickets were looked at. */
  async sweep(now?: Date): Promise<number> {
    for (let total = 0; ;) {
      const done = await this.db.system((tx) => sweepBatch(tx, now ?? tx.now));
      total += done;
      if (done < BATCH) return total;
    }
  }

  /** @throws Refusal `validation_failed` with every day that cannot be counted from */
  private counted(row: TicketRow, starts: readonly LegalStart[], before: readonly CaseDeadline[]): CaseDeadline[] {
    const listed = this.reference.current.categories.get(row.categoryCode)?.deadlines ?? [];
    const { definition } = this.reference.calendarOf(row.hubId);
    const problems: FieldProblem[] = [];
    const counted = starts.flatMap(({ item, from }, i) => {
      const rule = listed[item] && legalRule(listed[item]);
      const twice = starts.findIndex((one) => one.item === item) < i;
      try {
        if (!rule) throw new Refusal('validation_failed', 'The category of the ticket has no such delay.');
        if (twice) throw new Refusal('validation_failed', 'This delay is named twice.');
        const same = ownOf(before, { category: row.categoryCode, item }, from);
        return [same ?? { category: row.categoryCode, ...caseDeadline(item, rule, from, definition) }];
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const field = rule && !twice ? 'from' : 'item';
        problems.push({ pointer: `/items/${i}/${field}`, code: 'invalid', detail: error.message });
        return [];
      }
    });
    if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
    return counted;
  }

  private view(
    row: Pick<TicketRow, 'categoryCode' | 'version'>,
    deadlines: readonly CaseDeadline[],
  ): LegalDeadlineList {
    // What was counted under an earlier category still stands: the law does not ask how we sort.
    const codes = [...new Set([row.categoryCode, ...deadlines.map((one) => one.category)])];
    const items = codes.flatMap((category) => this.viewOf(category, category === row.categoryCode, deadlines));
    return { items, version: row.version };
  }

  private viewOf(category: string, whole: boolean, deadlines: readonly CaseDeadline[]): LegalDeadlineView[] {
    const listed = this.reference.current.categories.get(category)?.deadlines ?? [];
    return listed.flatMap((one, item): LegalDeadlineView[] => {
      const own = ownOf(deadlines, { category, item });
      if (!legalRule(one) || (!whole && !own)) return [];
      const { kind: _, ...basis } = one;
      const { from = null, on = null, warned: near = false, passed = false } = own ?? {};
      return [{ category, item, ...basis, from, on, near, passed }];
    });
  }
}

async function read(tx: TenantTx, id: string): Promise<CaseDeadline[]> {
  const [row] = await tx.query<{ deadlines: CaseDeadline[] }>(
    'ticket-legal',
    'select legal_deadlines as deadlines from ticket where id = $1',
    [id],
  );
  return row?.deadlines ?? [];
}

function ownOf(
  deadlines: readonly CaseDeadline[],
  { category, item }: Pick<CaseDeadline, 'category' | 'item'>,
  from?: string,
): CaseDeadline | undefined {
  return deadlines.find(
    (one) => one.category === category && one.item === item && (from === undefined || one.from === from),
  );
}

/** What the sweeper has told already; the rest it has still to tell. */
function pastOf(deadline: CaseDeadline, before: readonly CaseDeadline[]) {
  const same = ownOf(before, deadline, deadline.from);
  return { warned: same?.warned ?? false, passed: same?.passed ?? false };
}

async function sweepBatch(tx: TenantTx, now: Date): Promise<number> {
  const due = await tx.query<DueTicket>('legal-due', DUE, [now]);
  if (due.length === 0) return 0;
  const rows = due.map((ticket) => {
    const { deadlines, nextAt, urgencyAt, stepAt, warned, passed } = passLegal(ticket.legalDeadlines, now);
    // A case that is over needs nobody.
    for (const one of ticket.open ? warned : []) tell(tx, ticket, 'legal.near', one);
    for (const one of ticket.open ? passed : []) tell(tx, ticket, 'legal.passed', one);
    return { id: ticket.id, deadlines, nextAt, urgencyAt, stepAt };
  });
  await tx.query(
    'legal-swept',
    `update ticket t set legal_deadlines = x.deadlines, next_legal_at = x."nextAt", legal_urgency_at = x."urgencyAt", legal_step_at = x."stepAt"
     from jsonb_to_recordset($1::jsonb) as x(id uuid, deadlines jsonb, "nextAt" timestamptz, "urgencyAt" timestamptz, "stepAt" timestamptz) where t.id = x.id`,
    [JSON.stringify(rows)],
  );
  return due.length;
}

function tell(tx: TenantTx, ticket: DueTicket, type: 'legal.near' | 'legal.passed', deadline: CaseDeadline): void {
  const { id: ticketId, hubId, associationId, version: entityVersion } = ticket;
  const { category, item, from, on } = deadline;
  tx.emit({ type, hubId, associationId, ticketId, entityVersion, data: { category, item, from, on } });
}
