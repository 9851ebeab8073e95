import { Injectable } from '@nestjs/common';
import { TenantDb, type RunOptions, type TenantTx } from '@app/db/tenant-db';
import { may, readLeavesTrace, type Actor, type TicketSubject } from '@app/domain/access';
import { toSearchQuery } from '@app/domain/folding';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { ReferenceData } from '../directory/reference-data';
import { SORTS, ticketWhere, type TicketFilter, type TicketSort } from './ticket-filter';
import { subjectOf, TICKET_COLUMNS, type TicketRow } from './ticket-row';
import { promiseView, ticketSummary, type ClockRow, type TicketSummary, type TicketView } from './ticket-view.dto';

export interface ListRequest extends TicketFilter {
  q?: string;
  sort: TicketSort;
  limit: number;
  cursor?: string;
  /** The list of lent tickets of other hubs. */
  granted?: boolean;
}

export interface TicketPage {
  items: TicketSummary[];
  nextCursor: string | null;
}

export interface FoundTicket {
  row: TicketRow;
  subject: TicketSubject;
  clocks: ClockRow[];
  /** Role under which it was found, for what follows. */
  as: RunOptions['as'];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_HITS = 1_000;

const FIND = `
  select ${TICKET_COLUMNS},
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'metric', c.metric, 'cycle', c.cycle, 'targetMinutes', c.target_minutes, 'time', c.time,
      'state', c.state, 'policyVersionId', c.policy_version_id, 'calendarVersionId', c.calendar_version_id, 'startedAt', c.started_at, 'dueAt', c.due_at, 'metAt', c.met_at, 'warnedAt', c.warned_at, 'breachedAt', c.breached_at))
      from sla_clock c where c.ticket_id = t.id), '[]') as clocks
  from ticket t where `;

@Injectable()
export class TicketsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly secret: CursorSecret,
  ) {}

  /** One page of the actor's tickets, newest first or by due time, with no join and no count. */
  async list(actor: Actor, request: ListRequest): Promise<TicketPage> {
    const secret = await this.secret.value();
    const as = request.granted ? 'guest' : undefined;
    const rows = await this.db.run(actor, (tx) => this.page(tx, request, secret), { as });
    const more = rows.length > request.limit;
    const items = more ? rows.slice(0, request.limit) : rows;
    const last = items.at(-1);
    return {
      items: items.map((row) => ticketSummary(row, this.reference.current, actor)),
      nextCursor:
        more && last
          ? encodeCursor(secret, {
              ...cursorUse(actor, request),
              values: [last[SORTS[request.sort].property]!.toISOString(), last.id],
            })
          : null,
    };
  }

  /** One ticket by id or spoken reference; absent, foreign and forbidden look the same. */
  async get(actor: Actor, idOrReference: string): Promise<TicketView> {
    const found = await this.find(actor, idOrReference);
    if (readLeavesTrace(actor, found.subject)) await this.trace(actor, found);
    return { ...ticketSummary(found.row, this.reference.current, actor), promise: promiseView(found.clocks) };
  }

  /** The ticket if the actor may read it, first under its own role, then as a guest of a loan. */
  async find(actor: Actor, idOrReference: string): Promise<FoundTicket> {
    const key = ticketKey(idOrReference);
    for (const as of [undefined, 'guest'] as const) {
      if (as === 'guest' && actor.associationId) break;
      const found = await this.db.run(actor, (tx) => findTicket(tx, key, as), { as });
      if (found && may(actor, 'tickets:read', found.subject)) return found;
    }
    throw new Refusal('not_found', 'Not found.');
  }

  private async page(tx: TenantTx, request: ListRequest, secret: string): Promise<TicketRow[]> {
    const where = request.granted ? lentToHub(tx.actor) : ticketWhere(tx.actor, request, tx.now);
    if (request.q !== undefined && !(await this.addSearch(tx, request.q, where))) return [];
    const { column, direction } = SORTS[request.sort];
    if (request.sort === 'due') where.conditions.push('t.next_due_at is not null');
    if (request.cursor !== undefined) {
      const [value, id] = decodeCursor(secret, request.cursor, cursorUse(tx.actor, request));
      where.values.push(value, id);
      const n = where.values.length;
      where.conditions.push(
        `(${column}, t.id) ${direction === 'asc' ? '>' : '<'} ($${n - 1}::timestamptz, $${n}::uuid)`,
      );
    }
    where.values.push(request.limit + 1);
    const text = `select ${TICKET_COLUMNS} from ticket t where ${where.conditions.join(' and ') || 'true'}
      order by ${column} ${direction}, t.id ${direction} limit $${where.values.length}`;
    return isUsual(request)
      ? tx.query<TicketRow>(`tickets-list:${shapeOf(request)}`, text, where.values)
      : tx.sql<TicketRow>(text, where.values);
  }

  /** Restricts to the hits of a search; false when there can be none. A spoken reference is found as such. */
  private async addSearch(
    tx: TenantTx,
    q: string,
    where: { conditions: string[]; values: unknown[] },
  ): Promise<boolean> {
    const reference = parseReference(q);
    if (reference) {
      where.values.push(reference.reference);
      where.conditions.push(`t.reference = $${where.values.length}`);
      return true;
    }
    const query = toSearchQuery(q);
    if (query === null) return false;
    const hits = await tx.query<{ id: string }>('tickets-search', 'select search_tickets($1, $2) as id', [
      query,
      MAX_HITS,
    ]);
    where.values.push(hits.map((hit) => hit.id));
    where.conditions.push(`t.id = any ($${where.values.length})`);
    return hits.length > 0;
  }

  private async trace(actor: Actor, found: FoundTicket): Promise<void> {
    const { row } = found;
    await this.db.run(
      actor,
      async (tx) =>
        tx.emit({
          type: 'ticket.read',
          hubId: row.hubId,
          associationId: row.associationId,
          ticketId: row.id,
          entityVersion: row.version,
        }),
      { as: 'system' },
    );
  }
}

/** Shapes that recur all day are worth a prepared statement; the rest would fill the server's memory with plans. */
function isUsual(request: ListRequest): boolean {
  const { q, granted, status, associationId, categoryCode, priority, kind, channel, language, level, due } = request;
  return [q, granted, status, associationId, categoryCode, priority, kind, channel, language, level, due].every(
    (one) => one === undefined,
  );
}

/** Loans are filtered by the guest's own role; what the hub owns anyway is in its normal list. */
function lentToHub(actor: Actor): { conditions: string[]; values: unknown[] } {
  return actor.role === 'expert'
    ? { conditions: [], values: [] }
    : { conditions: ['t.hub_id <> $1'], values: [actor.hubId] };
}

function shapeOf({ sort, open, queueId, assignee, hubId, cursor }: ListRequest): string {
  const who = assignee === undefined ? '-' : assignee === 'none' ? 'none' : 'one';
  return [
    sort,
    open ? 'open' : 'all',
    queueId ? 'queue' : '-',
    who,
    hubId ? 'hub' : '-',
    cursor ? 'next' : 'first',
  ].join(':');
}

function cursorUse(actor: Actor, request: ListRequest): { sort: string; scope: string } {
  const { cursor: _, limit: __, sort, ...filter } = request;
  return { sort, scope: JSON.stringify([actor.accountId, actor.role, actor.hubId, actor.associationId, filter]) };
}

export interface TicketKey {
  column: 'id' | 'reference';
  value: string;
}

/** @throws Refusal `validation_failed` when it is neither an id nor a reference in any spelling. */
export function ticketKey(text: string): TicketKey {
  if (UUID.test(text)) return { column: 'id', value: text.toLowerCase() };
  const reference = parseReference(text);
  if (!reference) throw Refusal.field('?id', 'id_or_reference_expected', 'This is neither an id nor a reference.');
  return { column: 'reference', value: reference.reference };
}

/** Reads a ticket with its clocks under the transaction's role, whatever `may` then says. */
export async function findTicket(
  tx: TenantTx,
  key: TicketKey,
  as: RunOptions['as'],
  lock = false,
): Promise<FoundTicket | null> {
  type Raw = TicketRow & {
    clocks: (Omit<ClockRow, 'startedAt' | 'dueAt' | 'metAt' | 'warnedAt' | 'breachedAt'> & Record<string, unknown>)[];
  };
  const guest = as === 'guest' || tx.actor.role === 'expert';
  const [raw] = await tx.query<Raw & { canWrite?: boolean }>(
    `ticket-find:${key.column}:${lock ? 'lock' : 'read'}:${guest ? 'guest' : 'own'}`,
    `${guest ? FIND.replace('from ticket t', ', (select bool_or(g.can_write) from ticket_grant g where g.ticket_id = t.id) as "canWrite" from ticket t') : FIND}
     t.${key.column} = $1${lock ? ' for update of t' : ''}`,
    [key.value],
  );
  if (!raw) return null;
  const { clocks, canWrite, ...row } = raw;
  return {
    row,
    subject: subjectOf(row, guest ? (canWrite ? 'write' : 'read') : 'none'),
    clocks: clocks.map(readClock),
    as: guest ? 'guest' : as,
  };
}

const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);

function readClock(raw: Record<string, unknown>): ClockRow {
  return {
    ...(raw as unknown as ClockRow),
    startedAt: instant(raw.startedAt)!,
    dueAt: instant(raw.dueAt),
    metAt: instant(raw.metAt),
    warnedAt: instant(raw.warnedAt),
    breachedAt: instant(raw.breachedAt),
  };
}
