import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ApiProblem, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useUnsaved } from '../forms/use-unsaved';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { bodyOf, type Draft, type Policy } from './policy-queries';

/** What was published: the policy, and the change that open clocks follow. */
export type Published = { policyId: string; changeId: string };

/** A draft is kept on the device until it is published or given up; what it would do is asked before it can be published. */
export function usePolicyDraft(
  key: string,
  stored: Policy | null,
  start: Draft,
  onPublished: (done: Published) => void,
) {
  const client = useQueryClient();
  const [unsaved, setUnsaved] = useUnsaved<Draft>(`policy.${key}`);
  const [asked, setAsked] = useState<string | null>(null);
  const draft = unsaved ?? start;
  const impact = useMutation({
    mutationFn: (one: Draft) =>
      stored
        ? call(api.POST('/api/v1/sla/policies/{id}/impact', { params: { path: { id: stored.id } }, body: bodyOf(one) }))
        : call(api.POST('/api/v1/sla/policies/impact', { body: bodyOf(one) })),
    onMutate: (one) => {
      publish.reset();
      setAsked(JSON.stringify(one));
    },
  });
  const publish = useMutation({
    mutationFn: (one: Draft) =>
      stored
        ? call(
            api.POST('/api/v1/sla/policies/{id}/publish', {
              params: { path: { id: stored.id }, header: { 'If-Match': ifMatch(one.base) } },
              body: bodyOf(one),
            }),
          )
        : call(api.POST('/api/v1/sla/policies', { body: bodyOf(one) })),
    onSuccess: ({ policy, change }) => {
      setUnsaved(null);
      toast({ text: t('rules.policy.done', { name: nameOf(policy), n: policy.version }) });
      onPublished({ policyId: policy.id, changeId: change.id });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['policies'] }),
  });
  const problem: unknown = publish.error ?? impact.error;
  useEffect(() => {
    if (problem) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const current = JSON.stringify(draft);
  return {
    draft,
    changed: unsaved !== null,
    set: (next: Draft) => setUnsaved(next),
    giveUp: () => {
      setUnsaved(null);
      impact.reset();
      publish.reset();
    },
    impact,
    publish,
    problem,
    /** What the draft as it stands would do; null until it is asked. */
    effect: asked === current ? (impact.data ?? null) : null,
    /** Somebody published another version since the draft was begun. */
    overtaken: problem instanceof ApiProblem && problem.status === 412,
  };
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;
