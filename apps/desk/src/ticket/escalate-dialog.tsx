import { useQuery } from '@tanstack/react-query';
import { IconClock, IconEye, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText, api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { reasonsQuery, type Ticket } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { targetsOf, type Target } from './escalate-targets';
import { useTicketAct } from './ticket-acts';

/** Why, to whom, and what follows: said before it is done. */
export function EscalateDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { data: reasons } = useQuery(reasonsQuery);
  const targets = targetsOf(ticket);
  const [to, setTo] = useState<Target>(targets[0]);
  const [reason, setReason] = useState('');
  const act = useTicketAct(
    () =>
      call(
        api.POST('/api/v1/tickets/{ticket}/escalations', {
          params: { path: { ticket: ticket.id }, header: { 'If-Match': ifMatch(ticket.version) } },
          body: { to, reason },
        }),
      ),
    () => {
      toast({ text: t('desk.escalate.done', { level: t(`desk.level.${to}`) }) });
      onClose();
    },
  );
  return (
    <Dialog
      title={t('desk.escalate.title')}
      onClose={onClose}
      confirm={t('desk.escalate.confirm')}
      onConfirm={() => act.mutate(undefined)}
      busy={act.isPending}
      disabled={!reason}
      problem={act.error ? problemText(act.error) : null}
    >
      <Choices
        label={t('desk.escalate.to')}
        value={to}
        onChange={setTo}
        options={targets.map((one) => ({
          value: one,
          label: t(`desk.level.${one}`),
          hint: t(`desk.escalate.hint.${one}`),
        }))}
      />
      <Field label={t('desk.escalate.reason')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="">{t('desk.common.choose')}</option>
            {reasons?.escalation.map((one) => (
              <option key={one.code} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ul className="facts">
        <li>
          <Icon of={IconUser} size={15} />
          {t(`desk.escalate.owner.${to}`)}
        </li>
        <li>
          <Icon of={IconClock} size={15} />
          {t('desk.escalate.clock')}
        </li>
        <li>
          <Icon of={IconEye} size={15} />
          {t('desk.escalate.unseen')}
        </li>
      </ul>
    </Dialog>
  );
}
