import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Confidentiality, Kind } from '@app/domain/ticket';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { ManagedCategory } from './programme-view.dto';

export interface CategoryFields {
  kind: Kind;
  adviceLevel: AdviceLevel;
  nameFr: string;
  nameAr: string;
  nameEn: string;
  needsValidation: boolean;
  defaultPriority: Priority;
  defaultConfidentiality: Confidentiality;
  active: boolean;
}

const COLUMNS = `code, parent_code as "parentCode", kind, advice_level as "adviceLevel", name_fr as "nameFr", name_ar as "nameAr", name_en as "nameEn",
  needs_validation as "needsValidation", default_priority as "defaultPriority", default_confidentiality as "defaultConfidentiality", active, version`;
const COLUMN: Record<keyof CategoryFields, string> = {
  kind: 'kind',
  adviceLevel: 'advice_level',
  nameFr: 'name_fr',
  nameAr: 'name_ar',
  nameEn: 'name_en',
  needsValidation: 'needs_validation',
  defaultPriority: 'default_priority',
  defaultConfidentiality: 'default_confidentiality',
  active: 'active',
};

/** The taxonomy: themes and their leaves. Nothing is ever deleted, because tickets and figures name it. */
@Injectable()
export class ManagedCategoriesService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  list(actor: Actor): Promise<ManagedCategory[]> {
    return this.db.run(actor, (tx) => tx.sql<ManagedCategory>(`select ${COLUMNS} from category order by code`), {
      as: 'system',
    });
  }

  /** A leaf of a theme: its code begins with the theme's. */
  async create(actor: Actor, code: string, fields: CategoryFields): Promise<ManagedCategory> {
    const parent = code.slice(0, 3);
    if (this.reference.current.categories.get(parent)?.parentCode !== null)
      throw Refusal.field('/code', 'unknown_theme', 'The first three letters name no theme.');
    const row = await this.db.run(
      actor,
      async (tx) => {
        const names = Object.values(COLUMN).join(', ');
        const places = Object.keys(COLUMN).map((_, i) => `$${i + 3}`);
        const [made] = await tx.sql<ManagedCategory>(
          `insert into category (code, parent_code, ${names}) values ($1, $2, ${places.join(', ')}) returning ${COLUMNS}`,
          [code, parent, ...valuesOf(fields)],
        );
        tell(tx, made, 'created', []);
        return made;
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return row;
  }

  async change(
    actor: Actor,
    code: string,
    changes: Partial<CategoryFields>,
    expected: number,
  ): Promise<ManagedCategory> {
    const row = await this.db.run(
      actor,
      async (tx) => {
        const [present] = await tx.sql<ManagedCategory>(`select ${COLUMNS} from category where code = $1 for update`, [
          code,
        ]);
        if (!present) throw new Refusal('not_found', 'Not found.');
        checkVersion(present.version, expected);
        const fields = (Object.keys(COLUMN) as (keyof CategoryFields)[]).filter(
          (field) => changes[field] !== undefined && changes[field] !== present[field],
        );
        if (fields.length === 0) return present;
        const sets = fields.map((field, i) => `${COLUMN[field]} = $${i + 2}`).join(', ');
        const [changed] = await tx.sql<ManagedCategory>(
          `update category set ${sets}, version = version + 1 where code = $1 returning ${COLUMNS}`,
          [code, ...fields.map((field) => changes[field])],
        );
        tell(tx, changed, 'changed', fields);
        return changed;
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return row;
  }
}

function valuesOf(fields: CategoryFields): unknown[] {
  return (Object.keys(COLUMN) as (keyof CategoryFields)[]).map((field) => fields[field]);
}

function tell(tx: TenantTx, row: ManagedCategory, what: 'created' | 'changed', fields: readonly string[]): void {
  const data = { categoryCode: row.code, what, fields, active: row.active };
  tx.emit({ type: 'category.changed', entityVersion: row.version, data });
}
