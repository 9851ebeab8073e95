import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, readLeavesTrace, seesRestricted, type Actor } from '@app/domain/access';
import { toSearchQuery } from '@app/domain/folding';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { shared, SharedReads } from '@app/platform/shared-reads';
import { ReferenceData } from '../directory/reference-data';
import { rowsOf, SORTS, ticketWhere, type TicketFilter, type TicketSort } from './ticket-filter';
import { findTicket, ticketKey, type FoundTicket } from './ticket-find';
import { TICKET_COLUMNS, type TicketRow } from './ticket-row';
import { ticketSummary, type TicketSummary, ticketView, type TicketView } from './ticket-view.dto';

export interface ListRequest extends TicketFilter {
  q?: string;
  sort: TicketSort;
  limit: number;
  cursor?: string;
}

export interface TicketPage {
  items: TicketSummary[];
  nextCursor: string | null;
}

const MAX_HITS = 1_000;

@Injectable()
export class TicketsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly secret: CursorSecret,
  ) {}

  private readonly pages = new SharedReads<TicketPage>();

  /** One page of the actor's tickets, newest first or by due time, with no join and no count; `state` as in SharedReads. */
  list(actor: Actor, asked: ListRequest, state?: string): Promise<TicketPage> {
    const request = { ...asked, ...(asked.assignee === 'me' ? { assignee: actor.accountId } : {}) };
    if (isPersonal(actor, request)) return this.readPage(actor, request);
    const names = this.reference.current.version;
    const key = JSON.stringify([cursorUse(actor, request), request.limit, request.cursor, names]);
    // What is due changes with the hour as well.
    return this.pages.read(key, () => this.readPage(actor, request), request.due ? undefined : state);
  }

  private async readPage(actor: Actor, request: ListRequest): Promise<TicketPage> {
    const secret = await this.secret.value();
    const as = request.granted ? 'guest' : undefined;
    const rows = await this.db.run(actor, (tx) => this.page(tx, request, secret), { as });
    const more = rows.length > request.limit;
    const items = more ? rows.slice(0, request.limit) : rows;
    const last = items.at(-1);
    return shared({
      items: items.map((row) => ticketSummary(row, this.reference.current, actor)),
      nextCursor:
        more && last
          ? encodeCursor(secret, {
              ...cursorUse(actor, request),
              values: [last[SORTS[request.sort].property]!.toISOString(), last.id],
            })
          : null,
    });
  }

  /** One ticket by id or spoken reference; absent, foreign and forbidden look the same. */
  async get(actor: Actor, idOrReference: string): Promise<TicketView> {
    const found = await this.read(actor, idOrReference, 'last', (_, one) => Promise.resolve(one));
    return ticketView(found, this.reference.current, actor);
  }

  /**
   * Reads on in the transaction of a ticket that the actor may read, first under its own role, then as a guest of a loan. A read
   * beyond the everyday is in the log before it is answered.
   */
  async read<T>(
    actor: Actor,
    idOrReference: string,
    how: 'read' | 'last',
    work: (tx: TenantTx, found: FoundTicket) => Promise<T>,
  ): Promise<T> {
    const key = ticketKey(idOrReference);
    for (const as of [undefined, 'guest'] as const) {
      if (as === 'guest' && actor.associationId) break;
      const reading = async (tx: TenantTx): Promise<{ done: T; found: FoundTicket } | null> => {
        const found = await findTicket(tx, key, as, how);
        return found && may(actor, 'tickets:read', found.subject) ? { done: await work(tx, found), found } : null;
      };
      const result = await this.db.run(actor, reading, { as });
      if (!result) continue;
      if (readLeavesTrace(actor, result.found.subject)) await this.trace(actor, result.found);
      return result.done;
    }
    throw new Refusal('not_found', 'Not found.');
  }

  private async page(tx: TenantTx, request: ListRequest, secret: string): Promise<TicketRow[]> {
    const where = ticketWhere(tx.actor, request, tx.now);
    if (request.q !== undefined && !(await this.addSearch(tx, request.q, where))) return [];
    const { column, direction } = SORTS[request.sort];
    if (request.sort === 'due') where.conditions.push('t.urgency_at is not null');
    if (request.cursor !== undefined) {
      const [value, id] = decodeCursor(secret, request.cursor, cursorUse(tx.actor, request));
      where.values.push(value, id);
      const n = where.values.length;
      where.conditions.push(
        `(${column}, t.id) ${direction === 'asc' ? '>' : '<'} ($${n - 1}::timestamptz, $${n}::uuid)`,
      );
    }
    where.values.push(request.limit + 1);
    const conditions = where.conditions.join(' and ') || 'true';
    // Hits of a search are sorted after they are found: the planner would rather walk through all tickets from the newest.
    const from = request.q === undefined ? `from ticket t where ${conditions}` : 'from t';
    const hits = request.q === undefined ? '' : `with t as materialized (select * from ticket t where ${conditions})`;
    const text = `${hits} select ${TICKET_COLUMNS} ${from}
      order by ${column} ${direction}, t.id ${direction} limit $${where.values.length}`;
    return isUsual(request)
      ? tx.last<TicketRow>(`tickets-list:${shapeOf(tx.actor, request)}`, text, where.values)
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
  const { q, granted, mentions, status, associationId, categoryCode, priority, kind, channel, language, level, due } =
    request;
  const rare = [
    q,
    granted,
    mentions,
    status,
    associationId,
    categoryCode,
    priority,
    kind,
    channel,
    language,
    level,
    due,
  ];
  return rare.every((one) => one === undefined);
}

/** Names one text: two people of a database role may have different scopes. */
function shapeOf(actor: Actor, { sort, open, queueId, assignee, hubId, cursor }: ListRequest): string {
  const who = assignee === undefined ? '-' : assignee === 'none' ? 'none' : 'one';
  return [
    actor.role,
    seesRestricted(actor) ? 'restricted' : '-',
    sort,
    open ? 'open' : 'all',
    queueId ? 'queue' : '-',
    who,
    hubId ? 'hub' : '-',
    cursor ? 'next' : 'first',
  ].join(':');
}

/** One order of one list, of what an actor may see: its pages and cursors are the same for all people of that scope. */
function cursorUse(
  actor: Actor,
  { cursor: _, limit: __, sort, ...filter }: ListRequest,
): { sort: string; scope: string } {
  const scope = isPersonal(actor, filter) ? [actor.accountId, actor.role, actor.hubId] : rowsOf(actor);
  return { sort, scope: JSON.stringify([scope, filter]) };
}

/** A list of loans, or of notes that call somebody, hangs on the account. */
function isPersonal(actor: Actor, filter: TicketFilter): boolean {
  return filter.granted === true || filter.mentions !== undefined || actor.role === 'expert';
}
