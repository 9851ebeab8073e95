import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { savedViewsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import type { InboxSearch } from './inbox-search';
import { queryOf, type ViewId } from './views';

interface NameViewDialogProps {
  view: ViewId;
  search: InboxSearch;
  onClose: () => void;
}

/** What is filtered now gets a name; a supervisor may share it. */
export function NameViewDialog({ view, search, onClose }: NameViewDialogProps) {
  const client = useQueryClient();
  const { role } = useMe();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      call(api.POST('/api/v1/views', { body: { name: name.trim(), shared, query: queryOf(view, search) as never } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
      toast({ text: t('desk.saved.done') });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('desk.saved.save')}
      onClose={onClose}
      confirm={t('desk.saved.confirm')}
      onConfirm={() => save.mutate()}
      busy={save.isPending}
      disabled={name.trim() === ''}
      problem={save.error ? problemText(save.error) : null}
    >
      <Field label={t('desk.saved.name')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={80}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      {role === 'supervisor' && (
        <label className="row sm">
          <input
            type="checkbox"
            className="cb"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {t('desk.saved.share')}
        </label>
      )}
    </Dialog>
  );
}
