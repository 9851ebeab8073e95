import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { toast } from '../ui/toast-store';

/** Publishes a change of a calendar: says so and closes, or says why not; what is shown is read anew either way. */
export function usePublish(name: string, onClose: () => void) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const publish = async (write: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await write();
      toast({ text: t('rules.closure.done', { name }) });
      onClose();
    } catch (refused) {
      setProblem(problemText(refused));
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['calendars'] });
    }
  };
  return { busy, problem, publish };
}
