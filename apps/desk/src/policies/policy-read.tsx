import type { PolicyDefinition } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { useVocabulary } from '../rules/vocabulary';
import { policyLines } from './policy-lines';

interface PolicyReadProps {
  policy: PolicyDefinition;
  /** The one before it: what differs is marked. */
  than?: PolicyDefinition | null;
}

/** A policy to read. */
export function PolicyRead({ policy, than }: PolicyReadProps) {
  const vocabulary = useVocabulary();
  const before = than ? new Map(policyLines(than, vocabulary).map((one) => [one.key, one.texts.join('\n')])) : null;
  return (
    <dl className="card rl-read">
      {policyLines(policy, vocabulary).map(({ key, head, texts }) => {
        const differs = before !== null && before.get(key) !== texts.join('\n');
        return (
          <div key={key} className={differs ? 'differs' : undefined}>
            <dt>
              {head}
              {differs && <span className="tagl">{t('rules.history.changed')}</span>}
            </dt>
            {texts.map((text) => (
              <dd key={text}>{text}</dd>
            ))}
            {texts.length === 0 && <dd className="mut">{t('rules.none')}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
