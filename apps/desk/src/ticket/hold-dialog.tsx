import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { reasonsQuery, type Ticket } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Choices } from '../ui/field';
import { nameOf } from '../ui/names';
import { setStatus, useTicketAct } from './ticket-acts';

/** For whom one waits decides whether the clock stands still. */
export function HoldDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { data: reasons } = useQuery(reasonsQuery);
  const [reason, setReason] = useState<string | null>(null);
  const act = useTicketAct((code: string) => setStatus(ticket, { status: 'on_hold', reason: code }), onClose);
  return (
    <Dialog
      title={t('acts.hold.title')}
      onClose={onClose}
      confirm={t('acts.hold.confirm')}
      onConfirm={() => reason && act.mutate(reason)}
      busy={act.isPending}
      disabled={!reason}
      problem={act.error ? problemText(act.error) : null}
    >
      <Choices
        label={t('acts.hold.reason')}
        value={reason}
        onChange={setReason}
        options={(reasons?.hold ?? []).map((one) => ({
          value: one.code,
          label: nameOf(one),
          hint: t(one.pausesClock ? 'acts.hold.stops' : 'acts.hold.runs'),
        }))}
      />
    </Dialog>
  );
}
