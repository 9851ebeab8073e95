import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '@app/contract/openapi';
import type { CalendarDefinition } from '@app/domain/calendar';
import { api, ApiProblem, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useUnsaved } from '../forms/use-unsaved';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import type { Calendar } from './calendar-queries';

interface Draft {
  base: number;
  definition: CalendarDefinition;
}

const bodyOf = (definition: CalendarDefinition) => ({
  definition: definition as unknown as components['schemas']['CalendarDraftBody']['definition'],
});

/** Changes of a calendar, kept on the device until they are published; their effect is asked first. */
export function useCalendarDraft(calendar: Calendar) {
  const client = useQueryClient();
  const [unsaved, setUnsaved] = useUnsaved<Draft>(`calendar.${calendar.id}`);
  const [asked, setAsked] = useState<string | null>(null);
  const { base, definition } = unsaved ?? { base: calendar.version, definition: calendar.definition };
  const path = { id: calendar.id };
  const impact = useMutation({
    mutationFn: () =>
      call(api.POST('/api/v1/sla/calendars/{id}/impact', { params: { path }, body: bodyOf(definition) })),
    onMutate: () => {
      publish.reset();
      setAsked(JSON.stringify(definition));
    },
  });
  const publish = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/v1/sla/calendars/{id}/publish', {
          params: { path, header: { 'If-Match': ifMatch(base) } },
          body: bodyOf(definition),
        }),
      ),
    onSuccess: () => {
      setUnsaved(null);
      impact.reset();
      toast({ text: t('rules.closure.done', { name: nameOf(calendar) }) });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['calendars'] }),
  });
  const problem: unknown = publish.error ?? impact.error;
  return {
    definition,
    changed: unsaved !== null,
    set: (part: Partial<CalendarDefinition>) => setUnsaved({ base, definition: { ...definition, ...part } }),
    rebase: () => setUnsaved({ base: calendar.version, definition }),
    giveUp: () => {
      setUnsaved(null);
      impact.reset();
      publish.reset();
    },
    impact,
    publish,
    problem,
    overtaken: problem instanceof ApiProblem && problem.status === 412,
    effect: asked === JSON.stringify(definition) ? (impact.data ?? null) : null,
  };
}

export type CalendarDraft = ReturnType<typeof useCalendarDraft>;
