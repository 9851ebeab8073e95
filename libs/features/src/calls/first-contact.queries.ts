import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { firstContact } from '@app/domain/calls/call-metrics';
import { Refusal } from '@app/domain/refusal';
import { DAY_MS } from '@app/domain/zone';
import { rangeOf } from './call-report.queries';
import type { FirstContactItem, FirstContactView } from './first-contact-view.dto';

/** A question has to stay closed for so long. */
const SETTLED_MS = 7 * DAY_MS;
const SHOWN = 200;

interface ClosedRow extends FirstContactItem {
  settled: boolean;
}

/**
 * Questions of people who are known, resolved or closed in the stretch, each with the first later one of the same person and category, and
 * any that follows it up. Merged ones are told by their survivor.
 */
const CLOSED = `
  with shut as (
    select t.id, t.reference, coalesce(t.resolved_at, t.closed_at) as at, t.category_code, t.requester_contact_id, t.requester_account_id, f.escalations > 0 as escalated
    from ticket t join ticket_fact f on f.ticket_id = t.id
    where t.hub_id = $1 and t.updated_at >= $2 and coalesce(t.resolved_at, t.closed_at) >= $2 and coalesce(t.resolved_at, t.closed_at) < $3
      and t.status in ('resolved', 'closed') and t.merged_into is null and num_nonnulls(t.requester_contact_id, t.requester_account_id) > 0),
  later as (
    select t.id, t.reference, t.opened_at, t.category_code, t.requester_contact_id, t.requester_account_id, t.follow_up_of
    from ticket_fact f join ticket t on t.id = f.ticket_id
    where f.hub_id = $1 and f.opened_at >= $2 and f.opened_at < $3::timestamptz + interval '7 days' and t.merged_into is null)
  select distinct on (s.id) s.id as "ticketId", s.reference, s.at as "closedAt", s.escalated, s.at <= $4 as settled, l.id as "repeatId", l.reference as "repeatReference"
  from shut s left join later l on l.id <> s.id and l.opened_at > s.at and l.opened_at <= s.at + interval '7 days'
    and (l.follow_up_of = s.id or l.category_code = s.category_code
      and (l.requester_contact_id = s.requester_contact_id or l.requester_account_id = s.requester_account_id))
  order by s.id, l.opened_at`;

/** Questions that one contact settled. */
@Injectable()
export class FirstContactQueries {
  constructor(private readonly db: TenantDb) {}

  /** Local days of closing, both included. */
  of(actor: Actor, { hubId, from, to }: { hubId: string; from: string; to: string }): Promise<FirstContactView> {
    if (actor.role !== 'coordinator' && actor.hubId !== hubId) throw new Refusal('not_found', 'Not found.');
    const range = rangeOf(from, to);
    // As system, because the programme may count questions that it may not read.
    return this.db.system(async (tx) => {
      const settledBefore = new Date(tx.now.getTime() - SETTLED_MS);
      const rows = await tx.query<ClosedRow>('first-contact', CLOSED, [hubId, range.from, range.to, settledBefore]);
      const closed = rows.filter((row) => row.settled);
      const repeats = closed.filter((row) => row.repeatId !== null);
      const escalated = closed.filter((row) => row.escalated);
      const both = repeats.filter((row) => row.escalated).length;
      const failures = closed.filter((row) => row.repeatId !== null || row.escalated);
      failures.sort((a, b) => b.closedAt.getTime() - a.closedAt.getTime());
      return {
        ...{ hubId, from, to, ...WORDS },
        resolved: firstContact(closed.length, { repeats: repeats.length }),
        withoutEscalation: firstContact(closed.length, { repeats: repeats.length, escalated: escalated.length, both }),
        repeats: repeats.length,
        escalations: escalated.length,
        unsettled: rows.length - closed.length,
        // The programme sees figures, no question.
        items: actor.role === 'coordinator' ? [] : failures.slice(0, SHOWN).map(({ settled: _, ...item }) => item),
      };
    });
  }
}

const WORDS = {
  name: { fr: 'Résolu au premier contact', ar: 'الحل من أول اتصال' },
  formula: {
    fr: 'clos sans nouvelle demande de la même personne sur le même thème en 7 jours ÷ clos ; compté une fois les 7 jours passés',
    ar: 'المغلقة دون طلب جديد من الشخص نفسه في الموضوع نفسه خلال 7 أيام ÷ المغلقة؛ تحتسب بعد مرور 7 أيام',
  },
};
