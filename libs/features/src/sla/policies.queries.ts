import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { PolicyDefinition } from '@app/domain/sla-policy';
import { toLocalIso } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { isSeen, ownedBy, readChange } from './changes';
import type {
  ChangeView,
  OwnerHubView,
  PolicyDetailsView,
  PolicyListView,
  PolicyVersionView,
  PolicyView,
  VersionView,
} from './sla-view.dto';

const VERSIONS_SHOWN = 50;

interface PolicyRow {
  id: string;
  code: string;
  hubId: string | null;
  position: number;
  active: boolean;
  version: number;
  versionId: string;
  publishedAt: Date;
  publishedByName: string | null;
  definition: PolicyDefinition;
}

const SELECT = `
  select p.id, p.code, p.hub_id as "hubId", p.position, p.active, v.version, v.id as "versionId", v.published_at as "publishedAt",
    a.name as "publishedByName", v.definition
  from sla_policy p cross join lateral (select * from sla_policy_version v where v.policy_id = p.id order by v.version desc limit 1) v
    left join account a on a.id = v.published_by`;

/** @throws Refusal `not_found` */
export async function readPolicyRow(tx: TenantTx, id: string): Promise<PolicyRow> {
  const [row] = await tx.query<PolicyRow>('policy-row', `${SELECT} where p.id = $1`, [id]);
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

async function seenPolicy(tx: TenantTx, actor: Actor, id: string): Promise<PolicyRow> {
  const row = await readPolicyRow(tx, id);
  if (!isSeen(actor, row.hubId)) throw new Refusal('not_found', 'Not found.');
  return row;
}

/** Who published is told to everybody who reads the policy, of whatever hub. */
export const NAMES = { as: 'system' } as const;

/** Policies as they are published. */
@Injectable()
export class PoliciesQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** In the order in which they are asked, with those out of use at the end; the programme sees every hub's. */
  async list(actor: Actor): Promise<PolicyListView> {
    const rows = await this.db.run(
      actor,
      (tx) =>
        tx.query<PolicyRow>(
          'policies',
          `${SELECT} order by p.active desc, p.position, p.hub_id nulls last, p.id limit 1000`,
        ),
      NAMES,
    );
    return { items: rows.filter((row) => isSeen(actor, row.hubId)).map((row) => this.view(actor, row)) };
  }

  get(actor: Actor, id: string): Promise<PolicyDetailsView> {
    return this.db.run(
      actor,
      async (tx) => {
        const row = await seenPolicy(tx, actor, id);
        return { ...this.view(actor, row), versions: await readVersions(tx, 'sla_policy_version', 'policy_id', id) };
      },
      NAMES,
    );
  }

  /** One version, as it was published. */
  version(actor: Actor, id: string, version: number): Promise<PolicyVersionView> {
    return this.db.run(actor, async (tx) => {
      await seenPolicy(tx, actor, id);
      const [row] = await tx.query<Omit<PolicyVersionView, 'publishedLocal'>>(
        'policy-at-version',
        'select id, version, published_at as "publishedAt", definition from sla_policy_version where policy_id = $1 and version = $2',
        [id, version],
      );
      if (!row) throw new Refusal('not_found', 'Not found.');
      return { ...row, publishedLocal: toLocalIso(row.publishedAt) };
    });
  }

  /** How far a published change has come. */
  change(actor: Actor, id: string): Promise<ChangeView> {
    return this.db.run(actor, (tx) => readChange(tx, actor, id), { as: 'system' });
  }

  private view(actor: Actor, row: PolicyRow): PolicyView {
    const { id, code, hubId, active, version, versionId } = row;
    const position = active ? row.position : row.definition.position;
    const definition = { ...row.definition, position };
    const { nameFr, nameAr } = definition;
    const hub = ownerView(this.reference, hubId);
    const { publishedAt, publishedByName } = row;
    const published = { publishedAt, publishedLocal: toLocalIso(publishedAt), publishedByName };
    const yours = actor.role !== 'agent' && hubId === ownedBy(actor);
    return { id, code, nameFr, nameAr, hub, position, active, version, versionId, ...published, yours, definition };
  }
}

export function ownerView(reference: ReferenceData, hubId: string | null): OwnerHubView | null {
  if (!hubId) return null;
  const { id, code, nameFr, nameAr } = reference.hub(hubId);
  return { id, code, nameFr, nameAr };
}

/** The last versions with who published them; names of tables and columns are ours. */
export async function readVersions(
  tx: TenantTx,
  table: 'sla_policy_version' | 'calendar_version',
  column: 'policy_id' | 'calendar_id',
  id: string,
): Promise<VersionView[]> {
  const rows = await tx.query<Omit<VersionView, 'publishedLocal'>>(
    `versions:${table}`,
    `select v.id, v.version, v.published_at as "publishedAt", v.published_by as "publishedBy", a.name as "publishedByName"
     from ${table} v left join account a on a.id = v.published_by
     where v.${column} = $1 order by v.version desc limit ${VERSIONS_SHOWN}`,
    [id],
  );
  return rows.map((row) => ({ ...row, publishedLocal: toLocalIso(row.publishedAt) }));
}
