import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiProblem, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useUnsaved } from '../forms/use-unsaved';
import { toast } from '../ui/toast-store';
import type { RuleDraft, RuleSetView } from './routing-queries';

interface SetDraft {
  base: number;
  rules: RuleDraft[];
}

/** The rules of a hub as somebody writes them: tried on last month before they can be published, kept on the device until then. */
export function useRuleSet(stored: RuleSetView) {
  const { hubId, version } = stored;
  const client = useQueryClient();
  const [unsaved, setUnsaved] = useUnsaved<SetDraft>(`routing.${hubId}`);
  const [asked, setAsked] = useState<string | null>(null);
  const rules = unsaved?.rules ?? stored.rules.map(draftOf);
  const base = unsaved?.base ?? version;
  const current = JSON.stringify(rules);
  const dryRun = useMutation({
    mutationFn: () => call(api.POST('/api/v1/routing/dry-run', { body: { hubId, rules } })),
    onMutate: () => {
      publish.reset();
      setAsked(current);
    },
  });
  const publish = useMutation({
    mutationFn: () =>
      call(
        api.PUT('/api/v1/hubs/{id}/routing-rules', {
          params: { path: { id: hubId }, header: { 'If-Match': ifMatch(base) } },
          body: { rules },
        }),
      ),
    onSuccess: (set) => {
      setUnsaved(null);
      dryRun.reset();
      toast({ text: t('rules.routing.done', { n: set.version }) });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['routing', hubId] }),
  });
  const problem: unknown = publish.error ?? dryRun.error;
  return {
    rules,
    changed: unsaved !== null,
    set: (next: RuleDraft[]) => setUnsaved({ base, rules: next }),
    giveUp: () => {
      setUnsaved(null);
      dryRun.reset();
      publish.reset();
    },
    rebase: () => setUnsaved({ base: version, rules }),
    overtaken: problem instanceof ApiProblem && problem.status === 412,
    dryRun,
    publish,
    problem,
    /** What the draft as it stands would have changed; null until it is tried. */
    result: asked === current ? (dryRun.data ?? null) : null,
  };
}

export type RuleSet = ReturnType<typeof useRuleSet>;

export function draftOf(rule: RuleDraft): RuleDraft {
  const { id, conditions, queueCode, requiredSkills, reasonFr, reasonAr } = rule;
  return { id, conditions, queueCode, requiredSkills, reasonFr, reasonAr };
}
