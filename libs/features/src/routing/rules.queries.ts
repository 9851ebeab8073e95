import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { RoutingFacts, RoutingRule } from '@app/domain/routing';
import { dryRun, type FactGroup, type TouchedGroup } from '@app/domain/routing-dry-run';
import { checkRules, type RuleDraft, type RuleVocabulary } from '@app/domain/routing-rules';
import { DAY_MS } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { routingHub } from './routing-scope';
import type {
  DryRunView,
  RuleSetVersionView,
  RuleSetView,
  RuleView,
  TouchedGroupView,
  TouchedTicketView,
} from './routing-view.dto';

const HISTORY_DAYS = 30;
const SHOWN = 50;

export const RULES = `
  select id, version, position, conditions, queue_code as "queueCode", required_skills as "requiredSkills", reason_fr as "reasonFr", reason_ar as "reasonAr"
  from routing_rule where hub_id = $1 order by position`;
const SET = `
  select coalesce(max(version), 1) as version, max(published_at) as "publishedAt" from routing_rule_set where hub_id = $1`;
const VERSIONS = `
  select s.version, s.published_at as "publishedAt", a.name as "publishedBy", s.rules, s.rerouted, s.done_at as "reroutedAt"
  from routing_rule_set s left join account a on a.id = s.published_by where s.hub_id = $1 order by s.version desc limit ${SHOWN}`;
const FACTS = ['kind', 'category_code', 'channel', 'language', 'priority', 'confidentiality'].join(', ');
const HISTORY = `
  select ${FACTS}, count(*)::int as tickets from ticket where hub_id = $1 and opened_at >= $2 and opened_at < $3 group by ${FACTS}`;
/** The newest tickets with the facts of the groups given. */
const TOUCHED = `
  select t.id, t.reference, t.opened_at as "openedAt", ${FACTS.split(', ')
    .map((one) => `t.${one}`)
    .join(', ')}
  from ticket t
  where t.hub_id = $1 and t.opened_at >= $2 and t.opened_at < $3 and (t.${FACTS.replaceAll(', ', ', t.')}) in (
    select * from jsonb_to_recordset($4::jsonb) as g(kind text, category text, channel text, language text, priority text, confidentiality text))
  order by t.opened_at desc, t.id desc limit ${SHOWN}`;

interface FactRow {
  kind: string;
  category_code: string;
  channel: string;
  language: string;
  priority: string;
  confidentiality: string;
}

/** Reads rules, and tries drafts on what came in lately. */
@Injectable()
export class RulesQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  find(actor: Actor, hub: string): Promise<RuleSetView> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(actor, async (tx) => {
      const [set] = await tx.query<{ version: number; publishedAt: Date | null }>('rule-set', SET, [hubId]);
      return { hubId, ...set, rules: await tx.query<RuleView>('rules', RULES, [hubId]) };
    });
  }

  /** Earlier sets, newest first. */
  versions(actor: Actor, hub: string): Promise<RuleSetVersionView[]> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(actor, (tx) => tx.query<RuleSetVersionView>('rule-set-versions', VERSIONS, [hubId]), {
      as: 'system',
    });
  }

  /** What a draft would have changed in the last 30 days. Nothing is written. */
  dryRun(actor: Actor, hub: string, drafts: readonly RuleDraft[]): Promise<DryRunView> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(
      actor,
      async (tx) => {
        checkRules(drafts, await this.vocabulary(tx, hubId));
        const [from, to] = [new Date(tx.now.getTime() - HISTORY_DAYS * DAY_MS), tx.now];
        const current = await tx.query<RoutingRule>('rules', RULES, [hubId]);
        const draft = drafts.map((one, at) => ({ ...one, id: one.id ?? '', version: 0, position: at + 1 }));
        const rows = await tx.query<FactRow & { tickets: number }>('dry-run-facts', HISTORY, [hubId, from, to]);
        const result = dryRun(current, draft, rows.map(factGroup));
        const groups = result.groups.slice(0, SHOWN).map(groupView);
        const view = { hubId, from, to, tickets: result.tickets, touched: result.touched, groups };
        if (actor.role === 'coordinator') return view;
        return { ...view, items: await touchedTickets(tx, [hubId, from, to], result.groups) };
      },
      { as: 'system' },
    );
  }

  /** The codes that rules of a hub may name. */
  async vocabulary(tx: TenantTx, hubId: string): Promise<RuleVocabulary> {
    const skills = await tx.query<{ code: string; levels: number[] }>('rule-skills', 'select code, levels from skill');
    const queues = await tx.query<{ code: string }>('rule-queues', 'select code from queue where hub_id = $1', [hubId]);
    const leaves = [...this.reference.current.categories.values()].filter((one) => one.parentCode !== null);
    return {
      categories: new Map(leaves.map((one) => [one.code, one.kind])),
      queues: new Set(queues.map((queue) => queue.code)),
      skills: new Map(skills.map((skill) => [skill.code, skill.levels])),
    };
  }
}

/** 1 = as it was delivered. */
export async function ruleSetVersion(tx: TenantTx, hubId: string): Promise<number> {
  return (await tx.query<{ version: number }>('rule-set', SET, [hubId]))[0].version;
}

async function touchedTickets(
  tx: TenantTx,
  place: [string, Date, Date],
  groups: readonly TouchedGroup[],
): Promise<TouchedTicketView[]> {
  if (groups.length === 0) return [];
  const byFacts = new Map(groups.map((group) => [factKey(group.facts), group]));
  const rows = await tx.query<FactRow & { id: string; reference: string; openedAt: Date }>('dry-run-tickets', TOUCHED, [
    ...place,
    JSON.stringify(groups.map((group) => group.facts)),
  ]);
  return rows.map((row) => {
    const { before, after } = byFacts.get(factKey(factsOf(row)))!;
    const { id, reference, openedAt, category_code: categoryCode } = row;
    return { id, reference, categoryCode, openedAt, before: outcomeView(before), after: outcomeView(after) };
  });
}

function factsOf({
  category_code: category,
  kind,
  channel,
  language,
  priority,
  confidentiality,
}: FactRow): RoutingFacts {
  return { work_kind: 'ticket', kind, category, channel, language, priority, confidentiality };
}

const factKey = (facts: RoutingFacts): string =>
  [facts.kind, facts.category, facts.channel, facts.language, facts.priority, facts.confidentiality].join(' ');

function factGroup(row: FactRow & { tickets: number }): FactGroup {
  return { facts: factsOf(row), tickets: row.tickets };
}

function groupView({ facts, tickets, before, after }: TouchedGroup): TouchedGroupView {
  const { category: categoryCode, channel, language, priority, confidentiality } = facts;
  const outcomes = { before: outcomeView(before), after: outcomeView(after) };
  return { categoryCode, channel, language, priority, confidentiality, tickets, ...outcomes };
}

function outcomeView(one: TouchedGroup['before']): TouchedGroupView['before'] {
  return one && { ...one, requiredSkills: [...one.requiredSkills] };
}
