import { IconPlus, IconTrash } from '@tabler/icons-react';
import { CATEGORY_SKILL, RULE_FIELDS } from '@app/domain/routing-rules';
import { t } from '@app/ui/i18n';
import { ConditionRows } from '../rules/condition-rows';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { TwinTexts } from '../rules/twin-texts';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import type { RoutingNames } from './names';
import type { RuleDraft } from './routing-queries';

interface RuleFormProps {
  rule: RuleDraft;
  pointer: string;
  problem: unknown;
  names: RoutingNames;
  onChange: (rule: RuleDraft) => void;
}

/** Conditions, the queue, the skills asked for, and the reason that people read. */
export function RuleForm({ rule, pointer, problem, names, onChange }: RuleFormProps) {
  return (
    <div className="stacked rl-rule-form">
      <ConditionRows
        fields={RULE_FIELDS}
        conditions={rule.conditions}
        vocabulary={names.vocabulary}
        problem={problem}
        pointer={`${pointer}/conditions`}
        onChange={(conditions) => onChange({ ...rule, conditions })}
      />
      <Field label={t('rules.routing.queue')} error={faultAt(problem, `${pointer}/queueCode`)}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={rule.queueCode}
            onChange={(event) => onChange({ ...rule, queueCode: event.target.value })}
          >
            {names.queues.map((one) => (
              <option key={one.id} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SkillRows {...{ rule, pointer, problem, names, onChange }} />
      <TwinTexts
        label={t('rules.routing.reason')}
        values={{ fr: rule.reasonFr, ar: rule.reasonAr }}
        pointers={{ fr: `${pointer}/reasonFr`, ar: `${pointer}/reasonAr` }}
        problem={problem}
        maxLength={120}
        onChange={(language, text) =>
          onChange({ ...rule, ...(language === 'fr' ? { reasonFr: text } : { reasonAr: text }) })
        }
      />
    </div>
  );
}

function SkillRows({ rule, pointer, problem, names, onChange }: RuleFormProps) {
  const { requiredSkills: demands } = rule;
  const set = (requiredSkills: RuleDraft['requiredSkills']) => onChange({ ...rule, requiredSkills });
  const free = [CATEGORY_SKILL, ...names.skills.map((one) => one.code)].filter(
    (code) => !demands.some((one) => one.skill === code),
  );
  return (
    <div className="stacked">
      <span className="sm b">{t('rules.routing.skills')}</span>
      {demands.map(({ skill, level }, at) => (
        <div key={at} className="rl-row wrap" role="group" aria-label={t('rules.routing.nthSkill', { n: at + 1 })}>
          <select
            className="inp rl-narrow"
            aria-label={t('rules.routing.skill')}
            value={skill}
            onChange={(event) => set(demands.map((one, i) => (i === at ? { ...one, skill: event.target.value } : one)))}
          >
            {[skill, ...free].map((code) => (
              <option key={code} value={code}>
                {names.skillName(code)}
              </option>
            ))}
          </select>
          <select
            className="inp rl-narrow"
            aria-label={t('rules.routing.level')}
            value={level}
            onChange={(event) =>
              set(demands.map((one, i) => (i === at ? { ...one, level: Number(event.target.value) } : one)))
            }
          >
            {[1, 2, 3].map((one) => (
              <option key={one} value={one}>
                {t('rules.routing.atLeast', { level: one })}
              </option>
            ))}
          </select>
          <Btn
            square
            small
            look="quiet"
            aria-label={t('rules.routing.removeSkill', { n: at + 1 })}
            onClick={() => set(demands.filter((_, i) => i !== at))}
          >
            <Icon of={IconTrash} size={16} />
          </Btn>
          <FaultLine text={faultAt(problem, `${pointer}/requiredSkills/${at}`, true)} />
        </div>
      ))}
      {free.length > 0 && (
        <div>
          <Btn small onClick={() => set([...demands, { skill: free[0], level: 1 }])}>
            <Icon of={IconPlus} size={15} />
            {t('rules.routing.skill')}
          </Btn>
        </div>
      )}
    </div>
  );
}
