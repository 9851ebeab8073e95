import { CATEGORY_SKILL } from '../routing-rules';
import type { Requirement } from './candidates';

/** The clearance that a restricted ticket asks for; membership grants it. */
export const CLEARANCE = 'restricted';

export interface SkillFamily {
  code: string;
  type: 'domain' | 'language' | 'clearance';
  categoryPrefixes: readonly string[];
}

/**
 * What a ticket asks of an agent: the language of the answer and, when restricted, the clearance, both without relaxation;
 * the skills of the routing rule, which waiting lowers. A category without a skill asks for none.
 */
export function requiredSkills(
  ticket: { answerLanguage: string; restricted: boolean; categoryCode: string },
  ruleSkills: readonly { skill: string; level: number }[],
  families: readonly SkillFamily[],
): Requirement[] {
  const required = new Map<string, Requirement>();
  for (const { skill, level } of ruleSkills) {
    const code = skill === CATEGORY_SKILL ? skillOfCategory(ticket.categoryCode, families) : skill;
    const family = families.find((one) => one.code === code);
    if (family) required.set(family.code, { skill: family.code, level, floor: family.type === 'domain' ? 0 : level });
  }
  required.set(ticket.answerLanguage, { skill: ticket.answerLanguage, level: 1, floor: 1 });
  if (ticket.restricted) required.set(CLEARANCE, { skill: CLEARANCE, level: 1, floor: 1 });
  return [...required.values()];
}

function skillOfCategory(categoryCode: string, families: readonly SkillFamily[]): string | undefined {
  const prefix = categoryCode.split(/[.-]/)[0];
  return families.find((one) => one.categoryPrefixes.includes(prefix))?.code;
}
