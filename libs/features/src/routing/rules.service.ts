import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import type { RoutingRule } from '@app/domain/routing';
import { checkRules, type RuleDraft } from '@app/domain/routing-rules';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { RuleSetView } from './routing-view.dto';
import { lockRouting, routingHub, tellRouting } from './routing-scope';
import { RULES, RulesQueries, ruleSetVersion } from './rules.queries';

const INSERT = `
  insert into routing_rule (id, hub_id, position, conditions, queue_code, required_skills, reason_fr, reason_ar, version)
  select r.id, $1, r.position, r.conditions, r."queueCode", r."requiredSkills", r."reasonFr", r."reasonAr", r.version
  from jsonb_to_recordset($2::jsonb) as r(id uuid, position int, conditions jsonb, "queueCode" text, "requiredSkills" jsonb, "reasonFr" text, "reasonAr" text, version int)`;

/** Publishes the rules of a hub: the whole set or nothing. Tickets that come from then on are decided by it; those that wait follow. */
@Injectable()
export class RulesService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly queries: RulesQueries,
  ) {}

  async publish(actor: Actor, hub: string, drafts: readonly RuleDraft[], expected: number): Promise<RuleSetView> {
    const hubId = routingHub(actor, hub, this.reference);
    await this.db.run(
      actor,
      async (tx) => {
        await lockRouting(tx, hubId);
        checkVersion(await ruleSetVersion(tx, hubId), expected);
        checkRules(drafts, await this.queries.vocabulary(tx, hubId));
        const before = await tx.query<RoutingRule>('rules-before', RULES, [hubId]);
        await this.replace(tx, hubId, { before, rules: numbered(drafts, before), version: expected + 1 });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return this.queries.find(actor, hubId);
  }

  private async replace(
    tx: TenantTx,
    hubId: string,
    { before, rules, version }: { before: readonly RoutingRule[]; rules: readonly RoutingRule[]; version: number },
  ): Promise<void> {
    const text = JSON.stringify(rules);
    await tx.query('rules-clear', 'delete from routing_rule where hub_id = $1', [hubId]);
    await tx.query('rules-write', INSERT, [hubId, text]);
    await tx.query(
      'rules-archive',
      'insert into routing_rule_set (hub_id, version, rules, replaced, published_by, published_at) values ($1, $2, $3, $4, $5, $6)',
      [hubId, version, text, JSON.stringify(before), tx.actorId, tx.now],
    );
    tellRouting(tx, hubId, { what: 'rules', version });
  }
}

/** Drafts with ids and versions: a rule keeps its own, and counts on when it says something else than before. */
function numbered(drafts: readonly RuleDraft[], before: readonly RoutingRule[]): RoutingRule[] {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  const strangers = drafts.flatMap((draft, at): FieldProblem[] =>
    draft.id === undefined || known.has(draft.id)
      ? []
      : [{ pointer: `/rules/${at}/id`, code: 'unknown', detail: 'The hub has no such rule.' }],
  );
  if (strangers.length > 0) throw new Refusal('validation_failed', 'The rules cannot be published.', strangers);
  return drafts.map(({ id, ...said }, at) => {
    const old = id === undefined ? undefined : known.get(id);
    const rule = { ...said, position: at + 1 };
    const version = old ? old.version + Number(meaning(old) !== meaning(rule)) : 1;
    return { id: old?.id ?? uuid(), version, ...rule };
  });
}

/** What a rule says; its place in the list is not part of it. */
function meaning({ conditions, queueCode, requiredSkills, reasonFr, reasonAr }: RuleDraft): string {
  const plain = conditions.map(({ field, op, values }) => [field, op, values]);
  const skills = requiredSkills.map(({ skill, level }) => [skill, level]);
  return JSON.stringify([plain, queueCode, skills, reasonFr, reasonAr]);
}
