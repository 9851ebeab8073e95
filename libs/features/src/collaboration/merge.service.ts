import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { mergeObstacle, reopensTarget, UNDO_HOURS } from '@app/domain/collaboration';
import { Refusal } from '@app/domain/refusal';
import type { Status } from '@app/domain/ticket';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { cancelClocks, restoreClocks, type ClosedClock } from '../tickets/clock-closing';
import { ticketKey, type FoundTicket } from '../tickets/ticket-find';
import { ticketView, type TicketView } from '../tickets/ticket-view.dto';
import { TicketWrite } from '../tickets/ticket-write';
import type { MergedView } from './relations.dto';
import { keyInBody, lockTwo, readTicket } from './two-tickets';

const HOUR_MS = 3_600_000;

/** What a merged ticket was before. */
interface Before {
  status: Status;
  holdReason: string | null;
  clocks: ClosedClock[];
}

interface MergeRow {
  id: string;
  before: Before;
  movedAlong: string[];
  undoUntil: Date;
}

const STANDING = `
  select id, before, moved_along as "movedAlong", undo_until as "undoUntil"
  from ticket_merge where source_id = $1 and hub_id = $2 and undone_at is null for update`;
const ADD = `
  insert into ticket_merge (id, source_id, hub_id, target_id, before, moved_along, by_id, at, undo_until)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const MOVE_ALONG = 'update ticket set merged_into = $2 where merged_into = $1 and hub_id = $3 returning id';
const MOVE_BACK = 'update ticket set merged_into = $1 where id = any ($2::uuid[]) and merged_into = $3 and hub_id = $4';
const NEWEST_OWN = 'select id from message where ticket_id = $1 and public order by id desc limit 1';

/**
 * Merging: the source points to the ticket in which it goes on, and everything it holds stays where it is. That is what makes it easy
 * to take back: nothing has to be carried to and fro.
 */
@Injectable()
export class MergeService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Merges `ticket` into `into`; the actor must be allowed on both. */
  merge(actor: Actor, ticket: string, into: string, expected: number): Promise<MergedView> {
    const source = ticketKey(ticket);
    const target = keyInBody(into, '/into');
    return this.db.run(actor, async (tx) => {
      const two = await lockTwo(tx, [source, target], 'tickets:merge');
      checkVersion(two[0].row.version, expected);
      refuseObstacle(...two);
      return this.join(tx, ...two);
    });
  }

  /** Takes a merge back: the source is again what it was, and its clocks count from their own start. */
  undo(actor: Actor, ticket: string): Promise<TicketView> {
    const key = ticketKey(ticket);
    return this.db.run(actor, async (tx) => {
      const { id, mergedInto } = (await readTicket(tx, key)).row;
      if (!mergedInto) throw notMerged();
      const [source, target] = await lockTwo(
        tx,
        [
          { column: 'id', value: id },
          { column: 'id', value: mergedInto },
        ],
        'tickets:merge',
      );
      const [merge] = await tx.query<MergeRow>('merge-standing', STANDING, [id, source.row.hubId]);
      if (!merge || source.row.mergedInto !== target.row.id) throw notMerged();
      if (merge.undoUntil <= tx.now) throw new Refusal('undo_too_late', 'A merge can be taken back for 24 hours.');
      return this.part(tx, source, target, merge);
    });
  }

  private async join(tx: TenantTx, source: FoundTicket, target: FoundTicket): Promise<MergedView> {
    const [write, survivor] = [source, target].map((one) => new TicketWrite(tx, one, this.reference));
    const id = uuid();
    const { status, holdReason, hubId } = source.row;
    write.emit('ticket.merged', { mergeId: id, into: target.row.id });
    const before: Before = { status, holdReason, clocks: cancelClocks(write, source.clocks, 'merged') };
    Object.assign(write.row, { mergedInto: target.row.id, status: 'closed', holdReason: null, closedAt: tx.now });
    write.emit('ticket.status-changed', { from: status, to: 'closed', assigneeId: write.row.assigneeId });
    survivor.emit('ticket.absorbed', { mergeId: id, from: source.row.id });
    survivor.row.lastPublicMessageId = newest(source, target);
    if (reopensTarget(status, target.row.status)) survivor.step('open', { asked: true });
    const along = await tx.query<{ id: string }>('merge-along', MOVE_ALONG, [source.row.id, target.row.id, hubId]);
    await write.flush();
    const undoUntil = new Date(tx.now.getTime() + UNDO_HOURS * HOUR_MS);
    const moved = along.map((one) => one.id);
    const row = [id, source.row.id, hubId, target.row.id, before, moved, tx.actorId, tx.now, undoUntil];
    await tx.query('merge-add', ADD, row);
    await survivor.commit();
    return { id, undoUntil, source: this.view(tx, write, source), target: this.view(tx, survivor, target) };
  }

  private async part(tx: TenantTx, source: FoundTicket, target: FoundTicket, merge: MergeRow): Promise<TicketView> {
    const [write, survivor] = [source, target].map((one) => new TicketWrite(tx, one, this.reference));
    const { status, holdReason, clocks } = merge.before;
    Object.assign(write.row, { mergedInto: null, status, holdReason, closedAt: null });
    write.emit('ticket.merge-undone', { mergeId: merge.id, from: target.row.id });
    write.emit('ticket.status-changed', { from: 'closed', to: status, assigneeId: write.row.assigneeId });
    restoreClocks(write, source, clocks);
    survivor.emit('ticket.released', { mergeId: merge.id, released: source.row.id });
    const [own] = await tx.query<{ id: string }>('merge-newest', NEWEST_OWN, [target.row.id]);
    survivor.row.lastPublicMessageId = own?.id ?? null;
    await tx.query('merge-back', MOVE_BACK, [source.row.id, merge.movedAlong, target.row.id, source.row.hubId]);
    await tx.query('merge-undone', 'update ticket_merge set undone_at = $2, undone_by = $3 where id = $1', [
      merge.id,
      tx.now,
      tx.actorId,
    ]);
    await write.flush();
    await survivor.commit();
    return this.view(tx, write, source);
  }

  private view(tx: TenantTx, { row }: TicketWrite, found: FoundTicket): TicketView {
    return ticketView(found, this.reference.current, tx.actor, row);
  }
}

const notMerged = (): Refusal => new Refusal('status_not_allowed', 'This ticket is not merged.');

function refuseObstacle(source: FoundTicket, target: FoundTicket): void {
  const side = ({ row, subject }: FoundTicket) => ({ ...row, restricted: subject.restricted });
  const obstacle = mergeObstacle(side(source), side(target));
  if (!obstacle) return;
  const problem = { pointer: '/into', code: obstacle, detail: 'These two tickets stay apart.' };
  throw new Refusal('merge_not_allowed', 'This ticket cannot be merged into that one.', [problem]);
}

/** Ids of messages grow with time. */
function newest(source: FoundTicket, target: FoundTicket): string | null {
  const ids = [source, target].flatMap(({ row }) => row.lastPublicMessageId ?? []);
  return ids.sort().at(-1) ?? null;
}
