import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { businessMs } from '@app/domain/business-hours';
import { MAX_HOPS } from '@app/domain/work/candidates';
import type { RoutedReason } from '@app/domain/work/reason-words';
import { localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { AssignmentService } from '../routing/assignment.service';
import { hubsInConflict } from '../tickets/impartial-hub';
import { overflowAfterMs } from './overflow-after';
import { SAID_TIMES, withTimes, type SaidTimes } from './relaxation-rows';
import { takeOverTicket } from './take-over';

const BATCH = 50;
const MOST_FAILURES = 5;

/** What waits in a queue longer than the queue allows; what somebody is asked to take just now stays. */
const QUEUE_OVERFLOW = `
  select t.id, t.association_id as "associationId", q.id as "from", o.id as "to"
  from queue q join queue o on o.hub_id = q.hub_id and o.code = q.overflow_code
  join ticket t on t.hub_id = q.hub_id and t.queue_id = q.id and t.assignee_id is null and t.status in ('new', 'open')
    and t.opened_at <= $2::timestamptz - q.overflow_after_seconds * interval '1 s'
  where q.hub_id = $1 and not exists (select from work_item i where i.ticket_id = t.id and i.state = 'offered')
  order by t.legal_urgency_at is null, t.opened_at limit ${BATCH} for update of t skip locked`;
const MOVE = `
  update ticket set queue_id = $2, version = version + 1, updated_at = greatest(updated_at, $3) where id = $1 returning version`;

/** Tickets that nobody has, whose queue an agreement covers, and which went over at most once. Offered work goes its own way. */
const NEIGHBOUR_OVERFLOW = `
  select t.id, t.association_id as "associationId", t.association_fr as "associationFr", t.association_ar as "associationAr",
    t.requester_account_id as "requesterAccountId", t.answer_language as "answerLanguage", t.restricted, t.opened_at as "openedAt",
    (q.settings -> 'maxWaitSeconds')::int as "maxWaitSeconds", ${SAID_TIMES}, array_agg(a.to_hub_id order by a.to_hub_id) as helpers
  from ticket t join queue q on q.id = t.queue_id
  join hub_agreement a on a.from_hub_id = t.hub_id and a.what @> '{overflow}' and q.code = any (a.queue_codes) and a.valid @> $2::date
  where t.hub_id = $1 and t.assignee_id is null and t.status in ('new', 'open') and t.opened_at <= $3::timestamptz - interval '5 minutes'
    and not exists (select from work_item i where i.ticket_id = t.id and i.state in ('new', 'queued', 'offered'))
    and not exists (select from ticket_grant g where g.ticket_id = t.id and g.reason = 'overflow' and g.grantee_id = a.to_hub_id)
    and (select count(*) from ticket_grant g where g.ticket_id = t.id and g.reason = 'overflow') < ${MAX_HOPS}
  group by t.id, q.id order by t.legal_urgency_at is null, t.opened_at limit ${BATCH}`;

interface WaitingTicket extends SaidTimes {
  id: string;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  requesterAccountId: string | null;
  answerLanguage: string;
  restricted: boolean;
  openedAt: Date;
  maxWaitSeconds: number | null;
  helpers: string[];
}

/** What waits too long goes on: to the next queue of the hub, or to a neighbour that has agreed to help. */
@Injectable()
export class OverflowService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly assignment: AssignmentService,
  ) {}

  /** Moves on what has waited too long in its queue; the routing of each is announced, and its work follows. */
  async byQueue(tx: TenantTx, hubId: string): Promise<number> {
    const rows = await tx.query<{ id: string; associationId: string | null; from: string; to: string }>(
      'overflow-queue',
      QUEUE_OVERFLOW,
      [hubId, tx.now],
    );
    for (const { id, associationId, from, to } of rows) {
      const [{ version }] = await tx.query<{ version: number }>('overflow-queue-move', MOVE, [id, to, tx.now]);
      const data = { hubId, from, queueId: to, why: 'queue_overflow' satisfies RoutedReason };
      tx.emit({ type: 'ticket.routed', hubId, associationId, ticketId: id, entityVersion: version, data });
    }
    return rows.length;
  }

  /**
   * In hubs that give tickets at once: what nobody of the hub could take for a share of the longest wait, counted in hours of service,
   * goes to an agent of a neighbour, when one can take it. One ticket a transaction.
   */
  async toNeighbours(hubId: string): Promise<number> {
    const waiting = await this.db.system((tx) =>
      tx.query<WaitingTicket>('overflow-neighbour', NEIGHBOUR_OVERFLOW, [hubId, localParts(tx.now).date, tx.now]),
    );
    // Where neighbours had nobody for some of a kind, the rest of the kind waits for the next round.
    const failed = new Map<string, number>();
    let moved = 0;
    for (const ticket of waiting) {
      const kind = `${ticket.answerLanguage} ${ticket.restricted} ${ticket.helpers.join(' ')}`;
      const failures = failed.get(kind) ?? 0;
      if (failures >= MOST_FAILURES) continue;
      const done = await this.db.system((tx) => this.handOver(tx, hubId, ticket));
      if (done) moved += 1;
      else failed.set(kind, failures + 1);
    }
    return moved;
  }

  private async handOver(tx: TenantTx, hubId: string, ticket: WaitingTicket): Promise<boolean> {
    const { id: ticketId, associationId, associationFr: nameFr, associationAr: nameAr } = ticket;
    const waited = businessMs(this.reference.calendarOf(hubId).calendar, ticket.openedAt, tx.now);
    const after = overflowAfterMs(ticket.maxWaitSeconds, withTimes(ticket).times);
    if (after === null || waited < after) return false;
    const closed = hubsInConflict({ id: associationId, nameFr, nameAr }, this.reference);
    for (const helper of ticket.helpers.filter((one) => !closed.includes(one))) {
      const choice = await this.assignment.choose(tx, { ...ticket, hubId: helper });
      if (!choice.agent) continue;
      if (!(await takeOverTicket(tx, ticketId, { from: hubId, to: helper }, this.reference))) return false;
      const { accountId: id, name } = choice.agent;
      return this.assignment.give(tx, { ticketId, hubId: helper, associationId }, { id, name }, 'helping_hub');
    }
    return false;
  }
}
