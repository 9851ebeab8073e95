import { formatPhone } from '@app/domain/phone';
import type { CallbackItem } from './callback-view.dto';

/** A callback as lists show it; names are joined, what may be dialled is worked out after. */
export const CALLBACK_ITEM = `
  select b.id, b.reference, b.state, b.source, b.e164, b.name, b.language, b.subject, b.ticket_id as "ticketId", t.reference as "ticketReference", b.call_id as "callId",
    q.code as "queueCode", b.queued_at as "queuedAt", b.requested_at as "requestedAt", b.window_from as "windowFrom", b.window_to as "windowTo", b.due_at as "dueAt",
    b.promise, b.next_try_at as "nextTryAt", b.attempts, b.missed_calls as "missedCalls", b.ended_at as "endedAt", b.version,
    c.id as "contactId", c.name as "contactName", a.id as "associationId", a.name_fr as "associationFr", a.name_ar as "associationAr",
    p.id as "agentId", p.name as "agentName"
  from callback b join queue q on q.id = b.queue_id
  left join ticket t on t.id = b.ticket_id left join contact c on c.id = b.contact_id left join association a on a.id = b.association_id
  left join lateral (
    select coalesce(
      (select x.account_id from callback_attempt x where x.callback_id = b.id and x.ended_at is null),
      (select o.account_id from work_item i join offer o on o.item_id = i.id and o.ended_at is null where i.subject_id = b.id limit 1)) as account_id) h on true
  left join account p on p.id = h.account_id`;

export interface CallbackItemRow extends Omit<
  CallbackItem,
  'number' | 'numberDisplay' | 'contact' | 'association' | 'agent' | 'mayDial'
> {
  e164: string;
  contactId: string | null;
  contactName: string | null;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  agentId: string | null;
  agentName: string | null;
}

export function callbackItem(row: CallbackItemRow, mayDial: boolean): CallbackItem {
  const { e164, contactId, contactName, associationId, associationFr, associationAr, agentId, agentName, ...rest } =
    row;
  return {
    ...rest,
    number: e164,
    numberDisplay: formatPhone(e164),
    contact: contactId ? { id: contactId, name: contactName! } : null,
    association: associationId ? { id: associationId, nameFr: associationFr!, nameAr: associationAr! } : null,
    agent: agentId ? { id: agentId, name: agentName! } : null,
    mayDial,
  };
}
