import type { TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import { localParts } from '@app/domain/zone';

/** What notifications need of a ticket. */
export interface TicketFacts {
  id: string;
  reference: string;
  hubId: string;
  associationId: string | null;
  subject: string;
  answerLanguage: Locale;
  assigneeId: string | null;
  assigneeName: string | null;
  requesterId: string | null;
  requesterName: string | null;
  /** The account's address, else the contact's. */
  requesterEmail: string | null;
  /** Anybody may have typed the address on the portal. */
  addressUnproven: boolean;
  hubFr: string;
  hubAr: string;
  nationalHubId: string;
}

/** A member of staff. */
export interface Person {
  id: string;
  email: string;
  name: string;
  locale: Locale;
}

const FACTS = `
  select t.id, t.reference, t.hub_id as "hubId", t.association_id as "associationId", t.subject, t.answer_language as "answerLanguage",
    t.assignee_id as "assigneeId", t.assignee_name as "assigneeName", a.id as "requesterId", t.requester_name as "requesterName",
    coalesce(a.email, (select e.email from contact_email e where e.contact_id = t.requester_contact_id
      order by e.verified_at nulls last, e.id limit 1)) as "requesterEmail",
    t.channel = 'portal' and t.requester_account_id is null as "addressUnproven",
    h.name_fr as "hubFr", h.name_ar as "hubAr", (select n.id from hub n where n.is_national) as "nationalHubId"
  from ticket t join hub h on h.id = t.hub_id
  left join account a on a.id = t.requester_account_id and a.status = 'active'
  where t.id = $1`;

const PERSON = 'a.id, a.email, a.name, a.locale';

export async function readFacts(tx: TenantTx, ticketId: string): Promise<TicketFacts | undefined> {
  const [facts] = await tx.query<TicketFacts>('notify-facts', FACTS, [ticketId]);
  return facts;
}

/** The supervisors of a hub on the local day. */
export function supervisorsOf(tx: TenantTx, hubId: string): Promise<Person[]> {
  return tx.query<Person>(
    'notify-supervisors',
    `select distinct ${PERSON} from membership m join account a on a.id = m.account_id and a.status = 'active'
     where m.hub_id = $1 and m.kind = 'hub' and m.role = 'supervisor' and m.valid @> $2::date order by a.id`,
    [hubId, localParts(tx.now).date],
  );
}

/** The assignee alone, or nobody. */
export async function assigneeOf(tx: TenantTx, ticket: TicketFacts): Promise<Person[]> {
  if (!ticket.assigneeId) return [];
  return tx.query<Person>(
    'notify-assignee',
    `select ${PERSON} from account a where a.id = $1 and a.status = 'active'`,
    [ticket.assigneeId],
  );
}

/** Whoever has to act: the assignee, else the supervisors of the hub. */
export async function responsibleFor(tx: TenantTx, ticket: TicketFacts): Promise<Person[]> {
  const assignee = await assigneeOf(tx, ticket);
  return assignee.length > 0 ? assignee : supervisorsOf(tx, ticket.hubId);
}
