import type { TenantTx } from '@app/db/tenant-db';
import type { ReferenceData } from '../directory/reference-data';

/** By id of the association; one that is missing has none, or nobody asks for it. */
export type LegalForms = ReadonlyMap<string, string>;

/** The legal forms of associations, when a policy asks for them; else nobody needs them and nothing is read. */
export async function legalFormsOf(
  tx: TenantTx,
  associationIds: readonly (string | null)[],
  { current }: ReferenceData,
): Promise<LegalForms> {
  const ids = [...new Set(associationIds)].filter((id) => id !== null);
  if (!areLegalFormsAsked(current) || ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; legalForm: string }>(
    'legal-forms',
    'select id, legal_form as "legalForm" from association where id = any ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.legalForm]));
}

export function areLegalFormsAsked({ policies }: ReferenceData['current']): boolean {
  return policies.some((policy) => policy.conditions.some((one) => one.field === 'association_type'));
}

/** Of one association; null when it has none or nobody asks for it. */
export async function legalFormOf(tx: TenantTx, id: string | null, reference: ReferenceData): Promise<string | null> {
  return (id && (await legalFormsOf(tx, [id], reference)).get(id)) || null;
}
