import type { TenantTx } from '@app/db/tenant-db';
import { inScope, listScope, type Actor } from '@app/domain/access';
import { needsVerification, type Match } from '@app/domain/calls/matching';
import { agentOf } from '../work/presence.service';
import { candidatesOf } from './caller-match';
import type { CallerView, CallTicketView } from './call-view.dto';

/** The columns of a call that say who it is. */
export interface CallerRow {
  direction: string;
  fromE164: string | null;
  toE164: string | null;
  match: Match;
  verifiedAt: Date | null;
  contactId: string | null;
  associationId: string | null;
  startedAt: Date;
}

/** Whether whose call it is may be shown: one exact record, or checked. */
export function isRevealed({ match, verifiedAt }: Pick<CallerRow, 'match' | 'verifiedAt'>): boolean {
  return match === 'exact' || verifiedAt !== null;
}

/** Who it may be; the cases only of the one whom an exact number or a check names. */
export async function callerOf(tx: TenantTx, actor: Actor, row: CallerRow): Promise<CallerView> {
  const { hubId } = agentOf(actor);
  const e164 = row.direction === 'out' ? row.toE164 : row.fromE164;
  const found = e164 ? await candidatesOf(tx, hubId, e164) : [];
  const [{ n }] = await tx.query<{ n: number }>(
    'call-earlier',
    'select count(*)::int as n from call where hub_id = $1 and from_e164 = $2 and started_at < $3',
    [hubId, e164, row.startedAt],
  );
  return {
    match: row.match,
    verificationNeeded: needsVerification(row.match) && row.verifiedAt === null,
    verifiedAt: row.verifiedAt,
    candidates: found.map(({ contactId, name, associationId, associationFr, associationAr, onRecord }) => ({
      contactId,
      name,
      association: associationId ? { id: associationId, nameFr: associationFr!, nameAr: associationAr! } : null,
      onRecord,
    })),
    tickets: isRevealed(row) ? await ticketsOf(tx, actor, row) : [],
    earlierCalls: n,
  };
}

/** Open tickets of a contact or its association that the actor has in the own lists. */
async function ticketsOf(
  tx: TenantTx,
  actor: Actor,
  { contactId, associationId }: CallerRow,
): Promise<CallTicketView[]> {
  if (!contactId && !associationId) return [];
  const rows = await tx.query<CallTicketView & { restricted: boolean; assigneeId: string | null }>(
    'call-tickets',
    `select t.id, t.reference, t.subject, t.status, t.updated_at as "updatedAt", t.restricted, t.assignee_id as "assigneeId" from ticket t
     where t.hub_id = $1 and t.status not in ('resolved', 'closed') and t.merged_into is null and (t.requester_contact_id = $2 or t.association_id = $3)
     order by t.requester_contact_id is not distinct from $2 desc, t.updated_at desc limit 20`,
    [actor.hubId, contactId, associationId],
  );
  const scope = listScope(actor);
  const none = { hubId: actor.hubId!, associationId: null, requesterAccountId: null, grant: 'none' as const };
  return rows
    .filter(({ restricted, assigneeId }) => inScope(scope, { ...none, restricted, assigneeId }))
    .map(({ restricted: _, assigneeId: __, ...ticket }) => ticket);
}
