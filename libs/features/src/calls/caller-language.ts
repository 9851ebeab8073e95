import type { TenantTx } from '@app/db/tenant-db';

/** The language to call somebody back in: what the menu said, else what the person writes, else the first of the hub's languages. */
export async function languageOf(
  tx: TenantTx,
  ivr: Readonly<Record<string, string>>,
  contactId: string | null,
  hubLanguages: readonly string[],
): Promise<'fr' | 'ar'> {
  const chosen = (ivr.language ?? ivr.lang ?? '').slice(0, 2).toLowerCase();
  if (chosen === 'fr' || chosen === 'ar') return chosen;
  const usual = hubLanguages.find((one) => one === 'fr' || one === 'ar') ?? 'ar';
  if (!contactId) return usual;
  const [row] = await tx.query<{ language: 'fr' | 'ar' | null }>(
    'call-language',
    'select written_language as language from contact where id = $1',
    [contactId],
  );
  return row?.language ?? usual;
}
