import type { TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';

/**
 * Names of those whom a page of the log mentions: of people who work for the programme, and of the reader's own hub's associations. Read as
 * the system, because a hub does not see the accounts of others.
 */
export async function namesOf(tx: TenantTx, actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    'audit-names',
    `select a.id, a.name from account a where a.id = any ($1::uuid[]) and exists (
       select 1 from membership m where m.account_id = a.id and (m.kind <> 'association' or m.hub_id = $2::uuid))`,
    [ids, actor.hubId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
