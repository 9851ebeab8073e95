import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { AppliedPolicy } from '@app/domain/promise-renewal';
import { Refusal } from '@app/domain/refusal';
import { Clock } from '@app/platform/clock';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData, readPolicies } from '../directory/reference-data';
import { checkOwner, ownedBy, publishingAlone, recordChange } from './changes';
import { ImpactService } from './impact.service';
import { type PlannedPolicies, planPolicies, type PolicyDraft } from './policy-draft';
import { PoliciesQueries, readPolicyRow } from './policies.queries';
import { type PlannedChange, rulesOf } from './planned-change';
import type { ChangeView, PolicyImpactView, PublishedPolicyView } from './sla-view.dto';

const DRAFT = 'draft';

/** Policies from draft over impact to publication. A draft lives with who writes it; what is published is never changed again. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly impacts: ImpactService,
    private readonly queries: PoliciesQueries,
    private readonly clock: Clock,
  ) {}

  /** What publishing the draft would do; without an id: of a policy that is new. */
  async impact(actor: Actor, id: string | null, draft: PolicyDraft): Promise<PolicyImpactView> {
    const target = await this.db.run(actor, (tx) => targetOf(tx, actor, id, draft), { as: 'system' });
    const before = await this.db.run(actor, (tx) => readPolicies(tx), { as: 'system' });
    const planned = this.plan(before, { ...draft, ...target, versionId: DRAFT });
    const impact = await this.impacts.impactOf(actor, this.changeOf(target.hubId, planned), '/definition/targets');
    const { hubs } = this.reference.current;
    const endsHubPolicies = planned.ended.map(({ policyId, key, nameFr, nameAr, hubId }) => {
      const { id: hub, code, ...names } = hubs.get(hubId!)!;
      return {
        id: policyId,
        code: key,
        nameFr,
        nameAr,
        hub: { id: hub, code, nameFr: names.nameFr, nameAr: names.nameAr },
      };
    });
    return { ...impact, endsHubPolicies };
  }

  /** Publishes a new version, or a new policy; open clocks follow. */
  async publish(actor: Actor, id: string | null, draft: PolicyDraft, version: number): Promise<PublishedPolicyView> {
    const { policyId, change } = await this.db.run(
      actor,
      async (tx) => {
        await publishingAlone(tx);
        const target = await targetOf(tx, actor, id, draft);
        checkVersion(target.version, version);
        const versionId = uuid();
        const planned = this.plan(await readPolicies(tx), { ...draft, ...target, versionId });
        await write(tx, { ...target, versionId }, draft);
        await end(
          tx,
          planned.ended.map((one) => one.policyId),
        );
        const { hubId } = target;
        const { policyIds } = planned;
        return {
          policyId: target.policyId,
          change: await recordChange(tx, { hubId, why: 'policy', policyIds, versionId }),
        };
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return { policy: await this.queries.get(actor, policyId), change };
  }

  /** Another order of the own policies; their positions are dealt out anew. */
  async orderImpact(actor: Actor, ids: readonly string[]): Promise<PolicyImpactView> {
    const before = await this.db.run(actor, (tx) => readPolicies(tx), { as: 'system' });
    const planned = this.reordered(actor, before, ids);
    const impact = await this.impacts.impactOf(actor, this.changeOf(ownedBy(actor), planned), '/ids');
    return { ...impact, endsHubPolicies: [] };
  }

  async publishOrder(actor: Actor, ids: readonly string[]): Promise<ChangeView> {
    const change = await this.db.run(
      actor,
      async (tx) => {
        await publishingAlone(tx);
        const { after, policyIds } = this.reordered(actor, await readPolicies(tx), ids);
        const moved = after.filter((one) => policyIds.includes(one.policyId));
        // Two steps, because positions are taken.
        const places = JSON.stringify(moved.map((one) => ({ id: one.policyId, position: one.position })));
        const from = 'from jsonb_to_recordset($1::jsonb) as x(id uuid, position int) where p.id = x.id';
        await tx.query('policies-apart', `update sla_policy p set position = -x.position ${from}`, [places]);
        await tx.query('policies-ordered', `update sla_policy p set position = x.position ${from}`, [places]);
        return recordChange(tx, { hubId: ownedBy(actor), why: 'policy', policyIds, versionId: null });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return change;
  }

  private reordered(actor: Actor, before: readonly AppliedPolicy[], ids: readonly string[]): PlannedPolicies {
    const own = before.filter((one) => one.hubId === ownedBy(actor));
    const known = new Map(own.map((one) => [one.policyId, one]));
    if (ids.length !== own.length || new Set(ids.filter((id) => known.has(id))).size !== own.length) {
      throw Refusal.field('/ids', 'not_the_list', 'Name each of your active policies once.');
    }
    const positions = own.map((one) => one.position).sort((a, b) => a - b);
    let planned: PlannedPolicies = { after: [...before], policyIds: [...ids], ended: [] };
    const placed = ids.map((id, i) => ({ ...known.get(id)!, position: positions[i] }));
    const after = [...before.filter((one) => !known.has(one.policyId)), ...placed];
    for (const one of placed) {
      try {
        planned = { ...this.plan(after, { ...one, definition: one, active: true }), policyIds: [...ids] };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const errors = error.errors.map(({ code, detail }) => ({
          pointer: `/ids/${ids.indexOf(one.policyId)}`,
          code,
          detail,
        }));
        throw new Refusal(error.code, 'This order is not possible.', errors);
      }
    }
    if (planned.ended.length > 0) {
      throw Refusal.field('/ids', 'slower_than_floor', 'In this order hubs would promise less than the programme.');
    }
    return planned;
  }

  private plan(
    before: readonly AppliedPolicy[],
    draft: PolicyDraft & Pick<AppliedPolicy, 'policyId' | 'versionId' | 'hubId'>,
  ): PlannedPolicies {
    return planPolicies(before, draft, this.reference.current, this.clock.now());
  }

  private changeOf(hubId: string | null, { after, policyIds }: PlannedPolicies): PlannedChange {
    const rules = rulesOf(this.reference.current, { policies: after });
    return { hubId, why: 'policy', change: { policyIds: new Set(policyIds) }, rules };
  }
}

interface Target {
  policyId: string;
  hubId: string | null;
  /** 0 before the first. */
  version: number;
}

/** The policy that is meant, or the place of a new one. A code never changes: reports and hubs know a policy by it. */
async function targetOf(tx: TenantTx, actor: Actor, id: string | null, draft: PolicyDraft): Promise<Target> {
  const { key } = draft.definition;
  if (id === null) {
    const hubId = ownedBy(actor);
    const [taken] = await tx.query(
      'policy-code',
      'select 1 from sla_policy where hub_id is not distinct from $1 and code = $2',
      [hubId, key],
    );
    if (taken) throw Refusal.field('/definition/key', 'duplicate', 'Another policy has this code.');
    if (!draft.active) throw Refusal.field('/active', 'not_allowed', 'A new policy is active.');
    return { policyId: uuid(), hubId, version: 0 };
  }
  const row = await readPolicyRow(tx, id);
  checkOwner(actor, row.hubId);
  if (row.code !== key) throw Refusal.field('/definition/key', 'not_allowed', 'The code of a policy never changes.');
  return { policyId: id, hubId: row.hubId, version: row.version };
}

async function write(tx: TenantTx, target: Target & { versionId: string }, draft: PolicyDraft): Promise<void> {
  const { policyId, hubId, version, versionId } = target;
  const { definition, active } = draft;
  if (version === 0) {
    await tx.query(
      'policy-added',
      'insert into sla_policy (id, code, hub_id, position, active) values ($1, $2, $3, $4, true)',
      [policyId, definition.key, hubId, definition.position],
    );
  } else if (active) {
    await tx.query('policy-placed', 'update sla_policy set position = $2, active = true where id = $1', [
      policyId,
      definition.position,
    ]);
  } else {
    await end(tx, [policyId]);
  }
  await tx.query(
    'policy-version',
    'insert into sla_policy_version (id, policy_id, version, definition, published_at, published_by) values ($1, $2, $3, $4, $5, $6)',
    [versionId, policyId, version + 1, JSON.stringify(definition), tx.now, tx.actorId],
  );
}

/** Out of use, a policy leaves its position to others and takes one below all. */
async function end(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    'policies-ended',
    `update sla_policy p set active = false, position = least(0, (select min(position) from sla_policy)) - x.n
     from unnest($1::uuid[]) with ordinality x(id, n) where p.id = x.id and p.active`,
    [ids],
  );
}
