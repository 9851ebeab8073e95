import type { PolicyDefinition } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { TwinTexts } from '../rules/twin-texts';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { placeOf, type Place } from './policy-places';

interface HeadFieldsProps {
  policy: PolicyDefinition;
  /** A code is chosen once. */
  isNew: boolean;
  places: readonly Place[];
  problem: unknown;
  set: (part: Partial<PolicyDefinition>) => void;
}

/** Names, code and place of a policy. */
export function HeadFields({ policy, isNew, places, problem, set }: HeadFieldsProps) {
  const here = placeOf(places, policy);
  return (
    <div className="stacked">
      <TwinTexts
        label={t('rules.closure.name')}
        values={{ fr: policy.nameFr, ar: policy.nameAr }}
        pointers={{ fr: '/definition/nameFr', ar: '/definition/nameAr' }}
        problem={problem}
        onChange={(language, text) => set(language === 'fr' ? { nameFr: text } : { nameAr: text })}
      />
      <div className="rl-twins">
        {isNew && (
          <Field
            label={t('rules.policy.code')}
            hint={t('rules.policy.codeHint')}
            error={faultAt(problem, '/definition/key')}
          >
            {(control) => (
              <input
                {...control}
                className="inp"
                dir="ltr"
                maxLength={40}
                value={policy.key}
                onChange={(event) => set({ key: event.target.value.toUpperCase() })}
              />
            )}
          </Field>
        )}
        <Field
          label={t('rules.policy.place')}
          hint={t('rules.policy.placeHint')}
          error={faultAt(problem, '/definition/position')}
        >
          {(control) => (
            <select
              {...control}
              className="inp"
              value={here ? places.indexOf(here) : -1}
              onChange={(event) => set({ position: places[Number(event.target.value)].position })}
            >
              {places.map(({ before }, at) => (
                <option key={before?.id ?? 'last'} value={at}>
                  {before ? t('rules.policy.before', { name: nameOf(before) }) : t('rules.policy.last')}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </div>
  );
}
