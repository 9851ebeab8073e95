import { IconHistory } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { ImpactView } from '../rules/impact';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import type { Policy } from './policy-queries';
import type { PolicyDraft } from './use-policy-draft';

/** First what it would do, then publish or give up. */
export function PublishPane({ stored, draft }: { stored: Policy | null; draft: PolicyDraft }) {
  const next = (stored?.version ?? 0) + 1;
  return (
    <section className="card rl-card" aria-labelledby="publish-head">
      <h2 id="publish-head">
        <Icon of={IconHistory} size={17} />
        {t('rules.publish.title')}
      </h2>
      <div className="stacked">
        {draft.changed && stored && <p className="mut sm">{t('rules.publish.draft', { n: next })}</p>}
        {stored?.active && !draft.draft.active && <p className="alert warn">{t('rules.publish.ends')}</p>}
        <Effect draft={draft} />
        <Refused stored={stored} draft={draft} />
        <Acts next={next} draft={draft} />
      </div>
    </section>
  );
}

function Effect({ draft: { effect, changed } }: { draft: PolicyDraft }) {
  if (!effect) return <p className="mut sm">{t(changed ? 'rules.publish.ask' : 'rules.publish.nothing')}</p>;
  const { endsHubPolicies: ends } = effect;
  return (
    <>
      <ImpactView impact={effect} />
      {ends.length > 0 && (
        <div className="alert warn" role="status">
          <span>
            {t('rules.publish.endsHubs', { n: ends.length })}
            {ends.map((one) => (
              <bdi key={one.id} className="u">
                {one.hub ? `${nameOf(one.hub)} : ${nameOf(one)}` : nameOf(one)}
              </bdi>
            ))}
          </span>
        </div>
      )}
    </>
  );
}

function Refused({ stored, draft }: { stored: Policy | null; draft: PolicyDraft }) {
  if (!draft.problem) return null;
  return (
    <>
      <p className="alert warn" role="alert">
        {problemText(draft.problem)}
      </p>
      {draft.overtaken && stored && (
        <Btn onClick={() => draft.set({ ...draft.draft, base: stored.version })}>
          {t('rules.publish.rebase', { n: stored.version })}
        </Btn>
      )}
    </>
  );
}

function Acts({ next, draft }: { next: number; draft: PolicyDraft }) {
  const { impact, publish, effect, changed } = draft;
  return (
    <div className="rl-foot">
      <Btn
        look={effect ? 'plain' : 'primary'}
        busy={impact.isPending}
        disabled={!changed}
        onClick={() => impact.mutate(draft.draft)}
      >
        {t('rules.publish.try')}
      </Btn>
      <Btn look="primary" busy={publish.isPending} disabled={!effect} onClick={() => publish.mutate(draft.draft)}>
        {t('rules.publish.publish', { n: next })}
      </Btn>
      <Btn disabled={!changed} onClick={draft.giveUp}>
        {t('rules.publish.giveUp')}
      </Btn>
    </div>
  );
}
