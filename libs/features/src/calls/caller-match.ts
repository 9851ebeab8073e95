import type { TenantTx } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { matchOf, type Known, type Match } from '@app/domain/calls/matching';

export interface Candidate extends Known {
  name: string | null;
  associationFr: string | null;
  associationAr: string | null;
}

/** On records first, then where the number was seen: an earlier call that somebody attached. */
const CANDIDATES = `
  select c.id as "contactId", c.name, coalesce(p.association_id, c.association_id) as "associationId", true as "onRecord", a.name_fr as "associationFr",
    a.name_ar as "associationAr", true as active
  from contact_phone p join contact c on c.id = p.contact_id left join association a on a.id = coalesce(p.association_id, c.association_id)
  where p.e164 = $2 and p.hub_id = $1
  union all
  select distinct on (k.contact_id) k.contact_id, c.name, c.association_id, false, a.name_fr, a.name_ar, true
  from call k join contact c on c.id = k.contact_id left join association a on a.id = c.association_id
  where k.hub_id = $1 and k.from_e164 = $2 and k.verified_at is not null
    and not exists (select from contact_phone p where p.contact_id = k.contact_id and p.e164 = $2)
  limit 20`;

export async function candidatesOf(tx: TenantTx, hubId: string, e164: string): Promise<Candidate[]> {
  return tx.query<Candidate>('call-candidates', CANDIDATES, [hubId, e164]);
}

export interface Matched {
  match: Match;
  contactId: string | null;
  associationId: string | null;
}

/** Who a number says that it is; nobody for a withheld one. */
export async function matchNumber(tx: TenantTx, hubId: string, e164: string | null): Promise<Matched> {
  if (!e164) return { match: 'none', contactId: null, associationId: null };
  const { match, only } = matchOf(await candidatesOf(tx, hubId, e164));
  return { match, contactId: only?.contactId ?? null, associationId: only?.associationId ?? null };
}

/** A contact that somebody has named. @throws Refusal of the field when the hub does not know it */
export async function contactOf(
  tx: TenantTx,
  hubId: string,
  id: string,
): Promise<{ contactId: string; associationId: string | null }> {
  const [row] = await tx.query<{ contactId: string; associationId: string | null }>(
    'call-contact',
    'select id as "contactId", association_id as "associationId" from contact where id = $1 and hub_id = $2',
    [id, hubId],
  );
  if (!row) throw Refusal.field('/contactId', 'unknown', 'This contact is not known.');
  return row;
}
