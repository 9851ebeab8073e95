import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { Priority } from '@app/domain/sla-policy';
import type { Status } from '@app/domain/ticket';
import { checkTransition, endsResolution } from '@app/domain/ticket-status';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { actOn } from '../tickets/ticket-access';
import { subjectOf, TICKET_COLUMNS, type TicketRow } from '../tickets/ticket-row';
import { TicketsService } from '../tickets/tickets.service';
import type { BulkRowView, BulkUndoView, BulkView } from './bulk-view.dto';

const UNDO_MS = 10_000;
const AT_ONCE = 4;
const MAX_TAGS = 20;

/** One change for all of them. */
export type BulkChange =
  | { kind: 'assign'; assigneeId: string | null }
  | { kind: 'status'; status: Status; reason: string | null }
  | { kind: 'priority'; priority: Priority }
  | { kind: 'tags'; add: string[]; remove: string[] };

type Row = TicketRow & { unanswered: boolean };
type Before = Pick<TicketRow, 'assigneeId' | 'assigneeName' | 'status' | 'holdReason' | 'priority' | 'tags'>;

interface Kept {
  ticketId: string;
  version: number;
  before: Before;
}

const READ = `
  select ${TICKET_COLUMNS}, exists (select 1 from sla_clock c where c.ticket_id = t.id and c.metric = 'first_response' and c.state in ('running', 'paused')) as unanswered
  from ticket t where t.id = any ($1::uuid[]) and t.hub_id = $2`;

/** One act on many tickets: each is a change of its own, from the version that was read, and says for itself what came of it. */
@Injectable()
export class BulkService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
    private readonly tickets: TicketsService,
  ) {}

  async apply(actor: Actor, ids: readonly string[], change: BulkChange, dryRun: boolean): Promise<BulkView> {
    const rows = await this.read(actor, ids);
    const results = await inTurn(rows, (row) => attempt(row, () => this.one(actor, row, change, dryRun)));
    const done = results.filter((one) => one.done).length;
    const sums = { dryRun, done, refused: results.length - done, rows: results };
    if (dryRun || done === 0) return { id: null, undoUntil: null, ...sums };
    return { ...(await this.keep(actor, change, rows, results)), ...sums };
  }

  /** Takes back what nobody has changed since, within ten seconds, once. */
  async undo(actor: Actor, id: string): Promise<BulkUndoView> {
    const { change, kept } = await this.take(actor, id);
    const results = await inTurn(kept, (one) =>
      attempt({ id: one.ticketId, version: one.version }, () => this.restore(actor, one, change)),
    );
    const done = results.filter((one) => one.done).length;
    return { done, refused: results.length - done, rows: results };
  }

  /** All of them, or none: an id that the actor may not read makes the whole unknown. */
  private async read(actor: Actor, ids: readonly string[]): Promise<Row[]> {
    const rows = await this.db.run(actor, (tx) => tx.last<Row>('bulk-read', READ, [ids, actor.hubId]));
    const byId = new Map(rows.filter((row) => may(actor, 'tickets:read', subjectOf(row))).map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = byId.get(id);
      if (!row) throw new Refusal('not_found', 'Not found.');
      return row;
    });
  }

  private async one(actor: Actor, row: Row, change: BulkChange, dryRun: boolean): Promise<number> {
    if (row.mergedInto) throw new Refusal('ticket_merged', 'This ticket was merged into another one.');
    switch (change.kind) {
      case 'assign':
        if (row.status === 'closed') throw new Refusal('status_not_allowed', 'A closed ticket is given to nobody.');
        if (dryRun) return row.version;
        return (await this.tickets.assign(actor, row.id, change.assigneeId, row.version)).version;
      case 'status':
        checkStatus(row, change);
        if (dryRun) return row.version;
        return (await this.tickets.setStatus(actor, row.id, change.status, change.reason, row.version)).version;
      case 'priority':
        if (dryRun) return row.version;
        return (await this.tickets.change(actor, row.id, { priority: change.priority }, row.version)).version;
      case 'tags': {
        const tags = [...new Set([...row.tags.filter((tag) => !change.remove.includes(tag)), ...change.add])];
        if (tags.length > MAX_TAGS) throw Refusal.field('/addTags', 'too_many', 'A ticket has 20 tags at most.');
        return dryRun ? row.version : (await this.tickets.change(actor, row.id, { tags }, row.version)).version;
      }
    }
  }

  private async keep(
    actor: Actor,
    change: BulkChange,
    rows: readonly Row[],
    results: readonly BulkRowView[],
  ): Promise<{ id: string; undoUntil: Date }> {
    const id = uuid();
    const kept = rows.flatMap((row, at): Kept[] => {
      const { assigneeId, assigneeName, status, holdReason, priority, tags } = row;
      const before = { assigneeId, assigneeName, status, holdReason, priority, tags };
      return results[at].done ? [{ ticketId: row.id, version: results[at].version, before }] : [];
    });
    return this.db.run(actor, async (tx) => {
      const undoUntil = new Date(tx.now.getTime() + UNDO_MS);
      await tx.query(
        'bulk-keep',
        'insert into bulk_action (id, hub_id, account_id, change, rows, at, undo_until) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, actor.hubId, actor.accountId, JSON.stringify(change), JSON.stringify(kept), tx.now, undoUntil],
      );
      return { id, undoUntil };
    });
  }

  private take(actor: Actor, id: string): Promise<{ change: BulkChange; kept: Kept[] }> {
    return this.db.run(actor, async (tx) => {
      const [row] = await tx.query<{ change: BulkChange; kept: Kept[]; undoUntil: Date; undoneAt: Date | null }>(
        'bulk-take',
        `select change, rows as kept, undo_until as "undoUntil", undone_at as "undoneAt" from bulk_action
         where id = $1 and account_id = $2 and hub_id = $3 for update`,
        [id, actor.accountId, actor.hubId],
      );
      if (!row) throw new Refusal('not_found', 'Not found.');
      if (row.undoneAt) throw new Refusal('already_decided', 'This was taken back already.');
      if (row.undoUntil <= tx.now) throw new Refusal('undo_too_late', 'This can be taken back for ten seconds.');
      await tx.query('bulk-undone', 'update bulk_action set undone_at = $2 where id = $1', [id, tx.now]);
      return row;
    });
  }

  private async restore(actor: Actor, { ticketId, version, before }: Kept, { kind }: BulkChange): Promise<number> {
    if (kind === 'priority')
      return (await this.tickets.change(actor, ticketId, { priority: before.priority }, version)).version;
    if (kind === 'tags') return (await this.tickets.change(actor, ticketId, { tags: before.tags }, version)).version;
    const action = kind === 'assign' ? 'tickets:assign' : 'tickets:status';
    return actOn(this, actor, ticketId, action, async ({ found, write }) => {
      checkVersion(found.row.version, version);
      write.assign(before.assigneeId === null ? null : { id: before.assigneeId, name: before.assigneeName ?? '' });
      if (write.row.status !== before.status) write.step(before.status, { holdReason: before.holdReason });
      await write.commit();
      return write.row.version;
    });
  }
}

/** A question that nobody has answered is not closed along with a hundred others. */
function checkStatus(row: Row, { status, reason }: Extract<BulkChange, { kind: 'status' }>): void {
  checkTransition(row.status, status, 'staff', reason);
  if (endsResolution(status) && row.unanswered) {
    throw new Refusal('status_not_allowed', 'Nobody has answered this ticket yet.');
  }
}

async function attempt(row: { id: string; version: number }, work: () => Promise<number>): Promise<BulkRowView> {
  try {
    return { ticketId: row.id, done: true, refusal: null, version: await work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ticketId: row.id, done: false, refusal: error.errors[0]?.code ?? error.code, version: row.version };
  }
}

/** A few at a time: people at work must not wait for the pool. */
async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < list.length; at += AT_ONCE) {
    results.push(...(await Promise.all(list.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}
