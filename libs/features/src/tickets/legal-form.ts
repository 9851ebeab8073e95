import type { TenantTx } from '@app/db/tenant-db';
import type { ReferenceData } from '../directory/reference-data';

/** The legal form of the association, when a policy asks for it; else nobody needs it and nothing is read. */
export async function legalFormOf(
  tx: TenantTx,
  associationId: string | null,
  { current }: ReferenceData,
): Promise<string | null> {
  const asked = current.policies.some((policy) => policy.conditions.some((one) => one.field === 'association_type'));
  if (!asked || !associationId) return null;
  const [row] = await tx.query<{ legalForm: string }>(
    'legal-form',
    'select legal_form as "legalForm" from association where id = $1',
    [associationId],
  );
  return row?.legalForm ?? null;
}
