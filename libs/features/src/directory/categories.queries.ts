import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { CategoryTree, CategoryView, LegalTextView } from './place-view.dto';
import { ReferenceData } from './reference-data';

/** The tree of categories, too large to read for each request: kept until the reference data change. */
@Injectable()
export class CategoriesQueries {
  private kept: { version: string; tree: Promise<CategoryTree> } | null = null;

  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  tree(): Promise<CategoryTree> {
    const { version, settings } = this.reference.current;
    if (this.kept?.version !== version) {
      const tree = this.db.system(async (tx) => ({
        items: await readThemes(tx),
        legalTexts: (settings.get('legal_texts') as LegalTextView[] | undefined) ?? [],
      }));
      this.kept = { version, tree };
      tree.catch(() => (this.kept = null));
    }
    return this.kept.tree;
  }
}

async function readThemes(tx: TenantTx): Promise<CategoryTree['items']> {
  const rows = await tx.sql<CategoryView & { parentCode: string | null }>(`
    select code, parent_code as "parentCode", kind, name_fr as "nameFr", name_ar as "nameAr", name_en as "nameEn", advice_level as "adviceLevel",
      needs_validation as "needsValidation", default_priority as "defaultPriority", default_confidentiality as "defaultConfidentiality",
      legal_basis as "legalBasis", deadlines, note_fr as "noteFr", note_ar as "noteAr"
    from category where active order by code`);
  return rows
    .filter((row) => row.parentCode === null)
    .map(({ code, kind, nameFr, nameAr, nameEn }) => ({
      code,
      kind,
      nameFr,
      nameAr,
      nameEn,
      categories: rows.filter((row) => row.parentCode === code).map(({ parentCode: _, ...leaf }) => leaf),
    }));
}
