import { useQuery } from '@tanstack/react-query';
import { IconPoint } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText, api, call, ifMatch } from '@app/ui/api';
import { screenLocale, t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { targetsOf, type Target } from './escalate-targets';
import { useTicketAct } from './ticket-acts';

/** Why, to whom, and what follows: said before it is done. */
export function EscalateDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const targets = targetsOf(ticket);
  const [to, setTo] = useState<Target>(targets[0]);
  const [reason, setReason] = useState('');
  const path = { ticket: ticket.id };
  const offered = useQuery({
    queryKey: ['escalation-options', ticket.id, ticket.version],
    queryFn: () => call(api.GET('/api/v1/tickets/{ticket}/escalation-options', { params: { path } })),
  });
  const act = useTicketAct(
    () =>
      call(
        api.POST('/api/v1/tickets/{ticket}/escalations', {
          params: { path, header: { 'If-Match': ifMatch(ticket.version) } },
          body: { to, reason },
        }),
      ),
    () => {
      toast({ text: t('acts.escalate.done', { level: t(`desk.level.${to}`) }) });
      onClose();
    },
  );
  const option = offered.data?.options.find((one) => one.to === to);
  const problem = act.error ?? offered.error;
  const inWords = (one: { fr: string; ar: string }) => (screenLocale() === 'ar' ? one.ar : one.fr);
  return (
    <Dialog
      title={t('acts.escalate.title')}
      onClose={onClose}
      confirm={t('acts.escalate.confirm')}
      onConfirm={() => act.mutate(undefined)}
      busy={act.isPending}
      disabled={!reason || !option?.available}
      problem={problem ? problemText(problem) : null}
    >
      <Choices
        label={t('acts.escalate.to')}
        value={to}
        onChange={setTo}
        options={targets.map((one) => ({
          value: one,
          label: t(`desk.level.${one}`),
          hint: t(`acts.escalate.hint.${one}`),
        }))}
      />
      <Field label={t('acts.escalate.reason')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="">{t('desk.common.choose')}</option>
            {offered.data?.reasons.map((one) => (
              <option key={one.code} value={one.code}>
                {inWords(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {option && (
        <ul className="facts" aria-live="polite">
          {option.consequences.map((one) => (
            <li key={one.fr}>
              <Icon of={IconPoint} size={15} />
              <span dir="auto">{inWords(one)}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
