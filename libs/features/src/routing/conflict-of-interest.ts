import type { TenantTx } from '@app/db/tenant-db';

/** Members of the association, those who are reached at an address of one of its contacts, and who asks. */
const CONFLICTED = `
  select m.account_id as id from membership m where m.association_id = $1 and m.kind = 'association'
  union
  select a.id from contact_email e join account a on lower(a.email::text) = lower(e.email) where e.association_id = $1
  union
  select $2::uuid where $2::uuid is not null`;

/** Accounts that never get a case of this association. A mandate that is over counts as well: interests outlast mandates. */
export async function conflicted(
  tx: TenantTx,
  ticket: { associationId: string | null; requesterAccountId: string | null },
): Promise<string[]> {
  const { associationId, requesterAccountId } = ticket;
  if (associationId === null) return requesterAccountId ? [requesterAccountId] : [];
  const rows = await tx.query<{ id: string }>('routing-conflicted', CONFLICTED, [associationId, requesterAccountId]);
  return rows.map((row) => row.id);
}
