import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { toast } from '../ui/toast-store';
import type { Person } from './people-queries';
import { useBase, useWrite } from '../forms/use-write';

/** Back to the post that was left. */
export function ReactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const write = useWrite(['people', 'colleagues']);
  const { busy, problem, run } = write;
  const base = useBase(write, person.version);
  const confirm = async () => {
    const done = await run(async () => {
      await call(
        api.POST('/api/v1/accounts/{id}/reactivation', {
          params: { path: { id: person.accountId }, header: { 'If-Match': ifMatch(base) } },
        }),
      );
    });
    if (!done) return;
    toast({ text: t('people.reactivated', { name: person.name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('people.reactivate.title', { name: person.name })}
      onClose={onClose}
      confirm={t('people.act.reactivate')}
      onConfirm={() => void confirm()}
      busy={busy}
      problem={problem}
    >
      <p>{t('people.reactivate.text', { role: t(`desk.role.${person.role}`) })}</p>
    </Dialog>
  );
}
