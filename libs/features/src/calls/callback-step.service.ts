import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { USUAL_TIMES } from '@app/domain/work/relaxation';
import { ReferenceData } from '../directory/reference-data';
import { MAX_WAIT_SECONDS } from '../work/overflow-after';
import { requestCallback } from './callback-writes';
import { callbackQueue } from './telephony-rows';

const BATCH = 50;

/** The share of the longest wait after which a call is promised: the queue's word, else the programme's, else the usual; null: never. */
const SHARE = `
  case when q.settings -> 'relaxation' ? 'callback' then (q.settings #>> '{relaxation,callback}')::numeric
    when s.value ? 'callback' then (s.value ->> 'callback')::numeric else ${USUAL_TIMES.callback} end`;
/**
 * Questions that came by telephone, that nobody has, and whose number is known. Restricted ones are told to no queue of calls, and one
 * call is owed to a number at a time.
 */
const WAITING = `
  select t.id, t.hub_id as "hubId", t.association_id as "associationId", t.requester_contact_id as "contactId", t.requester_name as name,
    t.answer_language as language, t.subject, coalesce(i.queued_at, t.opened_at) as "queuedAt", p.e164
  from ticket t join queue q on q.id = t.queue_id
  left join setting s on s.key = 'relaxation'
  left join work_item i on i.ticket_id = t.id and i.kind = 'ticket_task' and i.state = 'queued'
  join lateral (
    select e164 from contact_phone where contact_id = t.requester_contact_id order by verified_at is null, id limit 1) p on true
  where t.channel = 'phone' and t.assignee_id is null and t.status in ('new', 'open') and not t.restricted
    and coalesce(i.queued_at, t.opened_at) <= $1::timestamptz
      - coalesce(i.max_wait_seconds, (q.settings -> 'maxWaitSeconds')::int, ${MAX_WAIT_SECONDS}) * (${SHARE}) / 100 * interval '1 s'
    and not exists (select from work_item o where o.ticket_id = t.id and o.state = 'offered')
    and not exists (select from callback b where b.ticket_id = t.id)
    and not exists (select from callback b where b.hub_id = t.hub_id and b.e164 = p.e164 and b.state in ('waiting', 'calling'))
  order by t.legal_urgency_at is null, t.opened_at limit ${BATCH}`;

interface WaitingTicket {
  id: string;
  hubId: string;
  associationId: string | null;
  contactId: string;
  name: string | null;
  language: string;
  subject: string;
  queuedAt: Date;
  e164: string;
}

/** The last step of waiting: whoever asked by telephone, and whom neither the hub nor a neighbour could serve, is owed a call. */
@Injectable()
export class CallbackStep {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Promises what is due; the place is the one that the question has waited for. */
  async tick(): Promise<void> {
    await this.db.system(async (tx) => {
      for (const ticket of await tx.query<WaitingTicket>('callback-step', WAITING, [tx.now]))
        await this.promise(tx, ticket);
    });
  }

  private async promise(tx: TenantTx, ticket: WaitingTicket): Promise<void> {
    const { id: ticketId, hubId, associationId, contactId, name, subject, queuedAt, e164 } = ticket;
    const { id: queueId } = await callbackQueue(tx, hubId);
    const asked = { hubId, hubCode: this.reference.hub(hubId).code, queueId, e164, source: 'overflow' as const };
    const language = ticket.language === 'fr' ? 'fr' : 'ar';
    const { id: callbackId, added } = await requestCallback(
      tx,
      { ...asked, language, name, subject, contactId, associationId, ticketId, queuedAt },
      this.reference.calendarOf(hubId).calendar,
    );
    if (!added) return;
    tx.emit({ type: 'ticket.callback-promised', hubId, associationId, ticketId, data: { callbackId, why: 'waited' } });
  }
}
