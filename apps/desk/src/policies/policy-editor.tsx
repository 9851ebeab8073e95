import { CONDITION_FIELDS, type PolicyDefinition } from '@app/domain/sla-policy';
import { floorsOf } from '@app/domain/policy-list';
import { t } from '@app/ui/i18n';
import { ConditionRows } from '../rules/condition-rows';
import { useVocabulary } from '../rules/vocabulary';
import { HeadFields } from './policy-head-fields';
import { placesFor } from './policy-places';
import type { Policy } from './policy-queries';
import { LadderFields } from './ladder-fields';
import { PauseFields } from './pause-fields';
import { TargetGrid } from './target-grid';
import type { PolicyDraft } from './use-policy-draft';
import { WarningFields } from './warning-fields';

interface PolicyEditorProps {
  all: readonly Policy[];
  stored: Policy | null;
  /** Whose policy it is; null: the programme's. */
  hubId: string | null;
  draft: PolicyDraft;
}

/** Everything that a policy says, one card for each question that it answers. */
export function PolicyEditor({ all, stored, hubId, draft }: PolicyEditorProps) {
  const vocabulary = useVocabulary();
  const { definition } = draft.draft;
  const { problem } = draft;
  const set = (part: Partial<PolicyDefinition>) =>
    draft.set({ ...draft.draft, definition: { ...definition, ...part } });
  const floors = hubId === null ? [] : floorsOf(definition, nationalOf(all));
  return (
    <>
      <section className="card rl-card">
        <h2>{t('rules.policy.identity')}</h2>
        <HeadFields
          policy={definition}
          isNew={stored === null}
          places={placesFor(all, { id: stored?.id ?? null, hubId })}
          problem={problem}
          set={set}
        />
      </section>
      <section className="card rl-card">
        <h2>{t('rules.policy.when')}</h2>
        <ConditionRows
          fields={hubId === null ? CONDITION_FIELDS : CONDITION_FIELDS.filter((one) => one !== 'hub')}
          conditions={definition.conditions}
          vocabulary={vocabulary}
          problem={problem}
          pointer="/definition/conditions"
          onChange={(conditions) => set({ conditions: conditions.map(withFlags) })}
        />
      </section>
      <section className="card rl-card">
        <h2>{t('rules.target.title')}</h2>
        <TargetGrid
          targets={definition.targets}
          floors={floors.flatMap((one) => one.targets)}
          problem={problem}
          onChange={(targets) => set({ targets })}
        />
      </section>
      <section className="card rl-card">
        <h2>{t('rules.pause.title')}</h2>
        <PauseFields pause={definition.pause} problem={problem} onChange={(pause) => set({ pause })} />
      </section>
      <section className="card rl-card">
        <h2>{t('rules.warning.title')}</h2>
        <WarningFields warnings={definition.warnings} problem={problem} onChange={(warnings) => set({ warnings })} />
      </section>
      <section className="card rl-card">
        <h2>{t('rules.ladder.title')}</h2>
        <LadderFields ladder={definition.ladder} problem={problem} onChange={(ladder) => set({ ladder })} />
      </section>
    </>
  );
}

const nationalOf = (all: readonly Policy[]): PolicyDefinition[] =>
  all.filter((one) => one.active && one.hub === null).map((one) => one.definition);

/** Whether an answer needs approval is yes or no, not a word. */
function withFlags({
  field,
  op,
  values,
}: {
  field: PolicyDefinition['conditions'][number]['field'];
  op: 'in';
  values: string[];
}) {
  return { field, op, values: field === 'needs_validation' ? values.map((one) => one === 'true') : values };
}
