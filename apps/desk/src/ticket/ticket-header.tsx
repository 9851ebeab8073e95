import { IconCopy, IconId, IconList, IconX } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { others } from '../data/others-store';
import { useStore } from '../data/store';
import type { Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Btn } from '../ui/button';
import { Reference } from '../ui/reference';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { AssignMenu } from './assign-menu';
import { MoreMenu } from './more-menu';
import { StatusMenu } from './status-menu';

interface TicketHeaderProps {
  ticket: Ticket;
  alone: boolean;
  onDrawer: (drawer: 'list' | 'context') => void;
  onClose: () => void;
}

/** What it is, who else is here, and what can be done. */
export function TicketHeader({ ticket, alone, onDrawer, onClose }: TicketHeaderProps) {
  const copy = () =>
    void navigator.clipboard.writeText(ticket.reference).then(() => toast({ text: t('desk.ticket.copied') }));
  useCommands([
    { id: 'ticket.copy', group: 'ticket', run: copy },
    { id: 'ticket.close', key: 'u', group: 'ticket', run: onClose },
  ]);
  return (
    <div className="ch1">
      {!alone && (
        <Btn square className="only-drawer" aria-label={t('desk.ticket.showList')} onClick={() => onDrawer('list')}>
          <Icon of={IconList} size={18} />
        </Btn>
      )}
      <Reference of={ticket.reference} className="ref" />
      <Btn look="quiet" small square aria-label={t('desk.ticket.copy')} onClick={copy}>
        <Icon of={IconCopy} size={15} />
      </Btn>
      <span className="marks wide">
        <span className="tagl lg">{t(`desk.lang.${ticket.language}`)}</span>
        <span className="tagl">{t(`desk.kind.${ticket.kind}`)}</span>
      </span>
      <div className="tools">
        <Viewers ticketId={ticket.id} />
        <AssignMenu ticket={ticket} />
        <MoreMenu ticket={ticket} />
        <StatusMenu ticket={ticket} />
        <Btn
          square
          className="only-narrow"
          aria-label={t('desk.ticket.showContext')}
          onClick={() => onDrawer('context')}
        >
          <Icon of={IconId} size={18} />
        </Btn>
        <Btn look="quiet" square aria-label={t('desk.ticket.back')} onClick={onClose}>
          <Icon of={IconX} size={18} />
        </Btn>
      </div>
    </div>
  );
}

/** Colleagues who have the ticket open now. */
function Viewers({ ticketId }: { ticketId: string }) {
  const { accountId } = useMe();
  const viewers = (useStore(others).get(ticketId)?.viewers ?? []).filter(
    (one) => one.accountId !== null && one.accountId !== accountId,
  );
  if (viewers.length === 0) return null;
  return (
    <span
      className="stack"
      role="img"
      aria-label={t('desk.ticket.viewers', { names: viewers.map((one) => one.name).join(t('ui.date.comma')) })}
    >
      {viewers.slice(0, 3).map((one) => (
        <Avatar key={one.accountId} id={one.accountId} name={one.name} size={24} />
      ))}
    </span>
  );
}
