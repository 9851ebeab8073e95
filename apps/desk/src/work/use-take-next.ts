import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { workQuery } from '../data/queries';
import { toast } from '../ui/toast-store';

/** Takes the most urgent piece of work that waits; opens its ticket. */
export function useTakeNext(onOpen: (reference: string | undefined) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST('/api/v1/work/next')),
    onSuccess: ({ items }) => {
      const had = new Set(client.getQueryData(workQuery.queryKey)?.items.map((one) => one.id));
      client.setQueryData(workQuery.queryKey, { items });
      const taken = items.find((one) => !had.has(one.id) && one.reference);
      if (taken?.reference) onOpen(taken.reference);
      else toast({ text: t('desk.work.nothingWaits') });
    },
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
}
