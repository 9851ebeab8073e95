import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { PolicyDefinition } from '@app/domain/sla-policy';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useMay, useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { ChangeProgress } from './change-progress';
import { PolicyEditor } from './policy-editor';
import { PolicyHistory } from './policy-history';
import { PolicyList } from './policy-list';
import { placesFor } from './policy-places';
import { policiesQuery, type Draft, type Policy } from './policy-queries';
import { PolicyRead } from './policy-read';
import { PublishPane } from './publish-pane';
import { SimulationPane } from './simulation-pane';
import { usePolicyDraft, type Published } from './use-policy-draft';
import '../styles/rules.css';

const NEW = 'new';
const route = getRouteApi('/admin/policies');

/** What is promised to whom, in order; a change is tried and its effect seen before it is published. */
export function PoliciesScreen() {
  const navigate = route.useNavigate();
  const { data: all, error } = useQuery(policiesQuery);
  const mayPublish = useMay()('sla:publish');
  return (
    <Page
      title={t('rules.policies.title')}
      tools={
        mayPublish && (
          <Btn look="primary" onClick={() => void navigate({ search: { policy: NEW } })}>
            <Icon of={IconPlus} />
            {t('rules.policies.new')}
          </Btn>
        )
      }
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      {all && <Policies all={all} mayPublish={mayPublish} />}
    </Page>
  );
}

function Policies({ all, mayPublish }: { all: readonly Policy[]; mayPublish: boolean }) {
  const { policy: chosen, like } = route.useSearch();
  const navigate = route.useNavigate();
  const [following, setFollowing] = useState<string | null>(null);
  const stored = chosen === NEW ? null : (all.find((one) => one.id === chosen) ?? all[0]);
  const onPublished = ({ policyId, changeId }: Published) => {
    setFollowing(changeId);
    void navigate({ search: { policy: policyId } });
  };
  return (
    <>
      {following && <ChangeProgress id={following} />}
      <div className="rl-split">
        <PolicyList all={all} chosen={stored?.id} mayPublish={mayPublish} />
        {stored ? (
          <KnownPolicy key={`${stored.id} ${stored.version}`} {...{ all, stored, onPublished }} />
        ) : (
          <NewPolicy key={like} like={all.find((one) => one.id === like) ?? null} {...{ all, onPublished }} />
        )}
      </div>
    </>
  );
}

interface PolicyProps {
  all: readonly Policy[];
  onPublished: (done: Published) => void;
}

function KnownPolicy({ all, stored, onPublished }: PolicyProps & { stored: Policy }) {
  const start: Draft = { base: stored.version, definition: stored.definition, active: stored.active };
  const draft = usePolicyDraft(stored.id, stored, start, onPublished);
  const editable = useMay()('sla:publish') && stored.yours;
  const hubId = stored.hub?.id ?? null;
  return (
    <>
      <div className="stacked rl-main">
        <div className="row wrap">
          <h2 className="rl-name">
            <bdi>{nameOf(stored)}</bdi>
          </h2>
          {draft.changed && <span className="tagl">{t('rules.publish.draftOf', { n: stored.version + 1 })}</span>}
          {!stored.active && <span className="tagl">{t('rules.policies.out')}</span>}
          {editable && (
            <Btn small className="end" onClick={() => draft.set({ ...draft.draft, active: !draft.draft.active })}>
              {t(draft.draft.active ? 'rules.policy.end' : 'rules.policy.revive')}
            </Btn>
          )}
        </div>
        {editable ? (
          <PolicyEditor all={all} stored={stored} hubId={hubId} draft={draft} />
        ) : (
          <ReadOnly policy={stored} />
        )}
        <PolicyHistory policy={stored} />
      </div>
      <aside className="stacked rl-side rl-stay">
        {editable && <PublishPane stored={stored} draft={draft} />}
        <SimulationPane policy={draft.draft.definition} changed={draft.changed} hubId={hubId} />
      </aside>
    </>
  );
}

/** Who may look and not change is told why, and what can be done instead. */
function ReadOnly({ policy }: { policy: Policy }) {
  const navigate = route.useNavigate();
  const publishes = useMay()('sla:publish');
  const { role } = useMe();
  const why = !publishes ? 'nobody' : role === 'coordinator' ? 'hub' : 'national';
  return (
    <>
      <div className="alert rl-why">
        <span className="grow">{t(`rules.readOnly.${why}`)}</span>
        {why === 'national' && policy.active && (
          <Btn small onClick={() => void navigate({ search: { policy: NEW, like: policy.id } })}>
            {t('rules.policy.adapt')}
          </Btn>
        )}
      </div>
      <PolicyRead policy={policy.definition} />
    </>
  );
}

function NewPolicy({ all, like, onPublished }: PolicyProps & { like: Policy | null }) {
  const { role, hubId } = useMe();
  const owner = role === 'coordinator' ? null : (hubId ?? null);
  const draft = usePolicyDraft(like ? `like.${like.id}` : NEW, null, startOf(all, like, owner), onPublished);
  return (
    <>
      <div className="stacked rl-main">
        <h2 className="rl-name">{t('rules.policies.new')}</h2>
        <PolicyEditor all={all} stored={null} hubId={owner} draft={draft} />
      </div>
      <aside className="stacked rl-side rl-stay">
        <PublishPane stored={null} draft={draft} />
        <SimulationPane policy={draft.draft.definition} changed hubId={owner} />
      </aside>
    </>
  );
}

const EMPTY: PolicyDefinition = {
  ...{ key: '', nameFr: '', nameAr: '', position: 1, conditions: [], targets: [], warnings: [], ladder: [] },
  pause: { statuses: [], onHoldReasonsRequired: true, pausedMetrics: [] },
};

/** A new policy begins with the promises of another, before which it stands: of the one it adapts, else of the last, which takes the rest. */
function startOf(all: readonly Policy[], like: Policy | null, hubId: string | null): Draft {
  const model = like ?? all.filter((one) => one.active && one.hub === null).at(-1);
  const place = placesFor(all, { id: null, hubId }).find((one) => one.before?.id === model?.id);
  const { key, nameFr, nameAr } = like?.definition ?? EMPTY;
  const position = place?.position ?? EMPTY.position;
  return { base: 0, active: true, definition: { ...(model?.definition ?? EMPTY), key, nameFr, nameAr, position } };
}
