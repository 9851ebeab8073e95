import { IconUserPlus } from '@tabler/icons-react';
import { UserName } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay, useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { assign, useTicketAct } from './ticket-acts';

/** Who works on it: nobody yet, me, or a colleague. */
export function AssignMenu({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const { accountId } = useMe();
  const act = useTicketAct((to: string | null) => assign(ticket, to));
  const mine = ticket.assignee?.id === accountId;
  useCommands(
    may('tickets:claim')
      ? [{ id: 'ticket.claim', key: 'a', group: 'ticket', run: () => act.mutate(mine ? null : 'me') }]
      : [],
  );
  if (ticket.assignee) {
    return (
      <span className="row wide" title={t('desk.ticket.assignedTo', { name: ticket.assignee.name })}>
        <Avatar id={ticket.assignee.id} name={ticket.assignee.name} size={24} />
        <span className="sr">
          {t('desk.ticket.assignedTo', { name: '' })}
          <UserName text={ticket.assignee.name} />
        </span>
      </span>
    );
  }
  if (!may('tickets:claim')) return null;
  return (
    <Btn busy={act.isPending} onClick={() => act.mutate('me')}>
      <Icon of={IconUserPlus} />
      {t('desk.ticket.claim')}
    </Btn>
  );
}
