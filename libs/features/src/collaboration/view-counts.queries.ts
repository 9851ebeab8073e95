import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { may, seesRestricted, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { findTicket, ticketKey } from '../tickets/ticket-find';
import type { ViewCounts } from './view-counts-view.dto';

/** Nothing is counted beyond this: a screen says "more than". */
export const MOST_COUNTED = 10_000;

const OPEN = `t.status in ('new', 'open', 'pending', 'on_hold', 'answered')`;
const SEEN = `t.hub_id = $2 and (not t.restricted or $3 or t.assignee_id = $1)`;
const count = (from: string): string => `(select count(*)::int from (select 1 from ${from} limit ${MOST_COUNTED}) x)`;

const COUNTS = `
  select ${count(`ticket t where t.assignee_id = $1 and t.hub_id = $2 and ${OPEN}`)} as mine,
    ${count(`ticket t where ${SEEN} and t.assignee_id is null and ${OPEN}`)} as unassigned,
    ${count(`ticket t where ${SEEN} and ${OPEN}`)} as hub,
    ${count(`(select distinct m.ticket_id from mention m where m.account_id = $1 and m.hub_id = $2 and m.read_at is null) y`)} as mentions,
    ${count(`ticket t where ${SEEN} and ${OPEN} and t.next_due_at > $4 and t.next_due_at <= $4::timestamptz + interval '1 hour'`)} as "atRisk",
    ${count(`ticket t where ${SEEN} and ${OPEN} and t.next_due_at <= $4`)} as late,
    ${count(`validation v join ticket t on t.id = v.ticket_id where v.hub_id = $2 and v.state = 'waiting' and v.author_id <> $1
      and (coalesce(v.validator_id, $1) = $1 or $5) and (not t.restricted or $3 or t.assignee_id = $1)`)} as validations`;

/** Counts of the views of a desk, in one query; none costs more than its limit. */
@Injectable()
export class ViewCountsQueries {
  constructor(private readonly db: TenantDb) {}

  async counts(actor: Actor): Promise<ViewCounts> {
    const supervises = actor.role === 'supervisor';
    const [row] = await this.db.run(actor, (tx) =>
      tx.last<Omit<ViewCounts, 'atMost'>>('view-counts', COUNTS, [
        actor.accountId,
        actor.hubId,
        seesRestricted(actor),
        tx.now,
        supervises,
      ]),
    );
    return { ...row, atMost: MOST_COUNTED };
  }

  /** The notes of a ticket that call one have been read; returns how many were not. */
  readMentions(actor: Actor, ticket: string): Promise<number> {
    const key = ticketKey(ticket);
    return this.db.run(actor, async (tx) => {
      const found = await findTicket(tx, key, undefined);
      if (!found || !may(actor, 'tickets:read', found.subject)) throw new Refusal('not_found', 'Not found.');
      return tx.affected(
        'update mention set read_at = $3 where ticket_id = $1 and account_id = $2 and read_at is null',
        [found.row.id, actor.accountId, tx.now],
      );
    });
  }
}
