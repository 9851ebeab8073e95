import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '@app/contract/openapi';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { screenLocale, t } from '@app/ui/i18n';
import { legalDeadlinesQuery, type Ticket } from '../data/queries';
import { DateField } from '../forms/date-field';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';

type List = components['schemas']['LegalDeadlineList'];
type Deadline = List['items'][number];

/** The days of the case from which the law counts. */
export function LegalDialog({ ticket, list, onClose }: { ticket: Ticket; list: List; onClose: () => void }) {
  const client = useQueryClient();
  const [days, setDays] = useState<Record<number, string>>(
    Object.fromEntries(list.items.map((one) => [one.item, one.from ?? ''])),
  );
  const save = useMutation({
    mutationFn: () =>
      call(
        api.PUT('/api/v1/tickets/{ticket}/legal-deadlines', {
          params: { path: { ticket: ticket.id }, header: { 'If-Match': ifMatch(list.version) } },
          body: {
            items: Object.entries(days)
              .filter(([, from]) => from !== '')
              .map(([item, from]) => ({ item: Number(item), from })),
          },
        }),
      ),
    onSuccess: (found) => {
      client.setQueryData(legalDeadlinesQuery(ticket.id).queryKey, found);
      for (const key of ['ticket', 'events']) void client.invalidateQueries({ queryKey: [key] });
      onClose();
    },
    onError: () => client.invalidateQueries({ queryKey: ['legal-deadlines', ticket.id] }),
  });
  return (
    <Dialog
      title={t('desk.law.title')}
      onClose={onClose}
      confirm={t('desk.law.save')}
      onConfirm={() => save.mutate()}
      busy={save.isPending}
      problem={save.error ? problemText(save.error) : null}
    >
      {list.items.map((one) => (
        <DateField
          key={one.item}
          label={nameOf(one)}
          hint={hintOf(one)}
          value={days[one.item] ?? ''}
          onChange={(day) => setDays({ ...days, [one.item]: day })}
        />
      ))}
    </Dialog>
  );
}

/** What it counts from, and where it is written. */
function hintOf(one: Deadline): string {
  const from = screenLocale() === 'ar' ? one.countsFromAr : one.countsFromFr;
  const basis = one.ref ? t('desk.law.basis', { articles: one.articles ?? '', ref: one.ref }) : '';
  const doubt = one.confidence === 'high' ? '' : t('desk.law.doubt');
  return [from && t('desk.law.from', { from }), basis, doubt].filter(Boolean).join(' · ');
}
