import { useQuery } from '@tanstack/react-query';
import { CATEGORY_SKILL } from '@app/domain/routing-rules';
import { t } from '@app/ui/i18n';
import { skillsQuery } from '../people/people-queries';
import { conditionText, useVocabulary } from '../rules/vocabulary';
import { nameOf } from '../ui/names';
import { queuesQuery, type RuleDraft } from './routing-queries';

/** Names of queues and skills of a hub, and rules as sentences. */
export function useRoutingNames(hubId: string) {
  const vocabulary = useVocabulary();
  const queues = useQuery(queuesQuery(hubId)).data ?? [];
  const skills = useQuery(skillsQuery).data?.items ?? [];
  const named = (list: readonly { code: string; nameFr: string; nameAr: string }[], code: string) => {
    const found = list.find((one) => one.code === code);
    return found ? nameOf(found) : code;
  };
  const queueName = (code: string) => named(queues, code);
  const skillName = (code: string) => (code === CATEGORY_SKILL ? t('rules.routing.ofCategory') : named(skills, code));
  const skillText = ({ skill, level }: { skill: string; level: number }) =>
    t('rules.routing.skillLevel', { skill: skillName(skill), level });
  const when = ({ conditions }: Pick<RuleDraft, 'conditions'>) =>
    conditions.length === 0
      ? t('rules.routing.rest')
      : conditions.map((one) => conditionText(vocabulary, one)).join(t('rules.routing.and'));
  return { vocabulary, queues, skills, queueName, skillName, skillText, when };
}

export type RoutingNames = ReturnType<typeof useRoutingNames>;
