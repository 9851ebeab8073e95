import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal, type FieldProblem } from '@app/domain/refusal';
import { CLEARANCE } from '@app/domain/work/required-skills';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { AgentSkillsView, SkillView } from './routing-view.dto';
import { lockRouting, routingHub, tellRouting } from './routing-scope';

export interface SkillLevel {
  skill: string;
  level: number;
}

const SKILLS = `
  select code, type, name_fr as "nameFr", name_ar as "nameAr", levels, category_prefixes as "categoryPrefixes" from skill order by type, code`;
const AGENTS = `
  select a.id as "accountId", a.name, coalesce(max(s.version), 1) as version,
    coalesce(jsonb_agg(jsonb_build_object('skill', s.skill_code, 'level', s.level) order by s.skill_code) filter (where s.skill_code is not null), '[]') as skills
  from account a left join agent_skill s on s.account_id = a.id and s.hub_id = $1
  where a.status = 'active' and ($3::uuid is null or a.id = $3) and exists (
    select from membership m where m.account_id = a.id and m.hub_id = $1 and m.kind = 'hub' and m.role in ('agent', 'supervisor') and m.valid @> $2::date)
  group by a.id order by a.name, a.id limit 1000`;
const REPLACE = `
  insert into agent_skill (account_id, hub_id, skill_code, level, version)
  select $1, $2, s.skill, s.level, $4 from jsonb_to_recordset($3::jsonb) as s(skill text, level int)`;

/** What the agents of a hub can do, with levels. */
@Injectable()
export class SkillsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** All skills there are. */
  list(actor: Actor): Promise<SkillView[]> {
    return this.db.run(actor, (tx) => tx.query<SkillView>('skill-list', SKILLS));
  }

  agents(actor: Actor, hub: string): Promise<AgentSkillsView[]> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(actor, (tx) => read(tx, hubId, null), { as: 'system' });
  }

  /** Replaces the whole list of an agent. @throws Refusal `not_found` for somebody who is not of the hub */
  async change(
    actor: Actor,
    hub: string,
    accountId: string,
    skills: readonly SkillLevel[],
    expected: number,
  ): Promise<AgentSkillsView> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(
      actor,
      async (tx) => {
        await lockRouting(tx, hubId);
        const [agent] = await read(tx, hubId, accountId);
        if (!agent) throw new Refusal('not_found', 'Not found.');
        checkVersion(agent.version, expected);
        checkSkills(skills, await tx.query<SkillView>('skill-list', SKILLS));
        const version = agent.version + 1;
        await tx.query('skills-clear', 'delete from agent_skill where account_id = $1 and hub_id = $2', [
          accountId,
          hubId,
        ]);
        await tx.query('skills-write', REPLACE, [accountId, hubId, JSON.stringify(skills), version]);
        tellRouting(tx, hubId, { what: 'skills', id: accountId, version });
        return (await read(tx, hubId, accountId))[0];
      },
      { as: 'system' },
    );
  }
}

function read(tx: TenantTx, hubId: string, accountId: string | null): Promise<AgentSkillsView[]> {
  return tx.query<AgentSkillsView>('agent-skills', AGENTS, [hubId, localParts(tx.now).date, accountId]);
}

/** Known skills at levels that they have, each once, among them a language: without one nothing could ever be given. */
function checkSkills(skills: readonly SkillLevel[], known: readonly SkillView[]): void {
  const problems: FieldProblem[] = [];
  skills.forEach(({ skill, level }, at) => {
    const add = (name: string, code: string, detail: string): void =>
      void problems.push({ pointer: `/skills/${at}/${name}`, code, detail });
    const one = known.find((row) => row.code === skill);
    if (!one) return add('skill', 'unknown', 'This skill is not known.');
    if (!one.levels.includes(level)) add('level', 'out_of_range', 'The skill has no such level.');
    if (skill === CLEARANCE) add('skill', 'not_allowed', 'The membership says who reads restricted files.');
    if (skills.findIndex((other) => other.skill === skill) < at) add('skill', 'repeated', 'Each skill is named once.');
  });
  const written = ['fr', 'ar'];
  if (!skills.some(({ skill }) => written.includes(skill))) {
    problems.push({ pointer: '/skills', code: 'language_required', detail: 'An agent writes French or Arabic.' });
  }
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
}
