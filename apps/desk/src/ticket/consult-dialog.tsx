import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconClock, IconEye, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { consultTargetsQuery, type Ticket } from '../data/queries';
import { Consequences } from '../ui/consequences';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';

const DAY_HOURS = 24;
const DAYS = [1, 2, 3, 7] as const;

const consequences = () => [
  { icon: IconUser, text: t('acts.consult.owner') },
  { icon: IconEye, text: t('acts.consult.sees') },
  { icon: IconClock, text: t('acts.consult.returns') },
];

/** Asks for an opinion: a loan that ends by itself. */
export function ConsultDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const client = useQueryClient();
  const { data: targets } = useQuery(consultTargetsQuery);
  const [to, setTo] = useState('');
  const [question, setQuestion] = useState('');
  const [days, setDays] = useState(2);
  const chosen = targets?.items.find((one) => one.id === to);
  const ask = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/v1/tickets/{ticket}/consultations', {
          params: { path: { ticket: ticket.id } },
          body: { toKind: chosen!.kind, toId: chosen!.id, question: question.trim(), hours: days * DAY_HOURS },
        }),
      ),
    onSuccess: () => {
      for (const key of ['consultations', 'events']) void client.invalidateQueries({ queryKey: [key] });
      toast({ text: t('acts.consult.done') });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('acts.consult.title')}
      onClose={onClose}
      confirm={t('acts.consult.confirm')}
      onConfirm={() => ask.mutate()}
      busy={ask.isPending}
      disabled={!chosen || question.trim() === ''}
      problem={ask.error ? problemText(ask.error) : null}
    >
      <Field label={t('acts.consult.to')}>
        {(control) => (
          <select {...control} className="inp" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            <option value="">{t('desk.common.choose')}</option>
            {targets?.items.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)} · {t(`acts.consult.kind.${one.kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('desk.consult.question')}>
        {(control) => (
          <textarea
            {...control}
            className="inp said"
            maxLength={5_000}
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('acts.consult.days')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={days}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          >
            {DAYS.map((n) => (
              <option key={n} value={n}>
                {t('ui.count.days', { n })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Consequences of={consequences()} />
    </Dialog>
  );
}
