import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconUserMinus, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { fold } from '@app/domain/folding';
import { UserName } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { colleaguesQuery, type Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay, useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Btn, type BtnProps } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { assign, useTicketAct } from './ticket-acts';

/** Who works on it: nobody yet, me, or a colleague. Every choice can be taken back. */
export function AssignMenu({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const { accountId } = useMe();
  const [open, setOpen] = useState(false);
  const back = useTicketAct(({ version, to }: { version: number; to: string | null }) =>
    assign({ id: ticket.id, version }, to),
  );
  const act = useTicketAct(
    (to: string | null) => assign(ticket, to),
    (now) =>
      toast({
        key: `assign-${ticket.id}`,
        text: now.assignee ? t('desk.ticket.assignedTo', { name: now.assignee.name }) : t('desk.ticket.released'),
        action: {
          label: t('desk.common.undo'),
          run: () => back.mutate({ version: now.version, to: ticket.assignee?.id ?? null }),
        },
      }),
  );
  const mine = ticket.assignee?.id === accountId;
  const canAct = may('tickets:assign') && ticket.status !== 'closed';
  useCommands(
    canAct
      ? [
          { id: 'ticket.assign', key: 'a', group: 'ticket', run: () => setOpen(true) },
          { id: 'ticket.claim', group: 'ticket', run: () => act.mutate(mine ? null : 'me') },
        ]
      : [],
  );
  if (!canAct) return ticket.assignee && <Assignee assignee={ticket.assignee} />;
  return (
    <Menu opened={open} onChange={setOpen} width={260}>
      <Menu.Target>
        <AssignButton ticket={ticket} busy={act.isPending} />
      </Menu.Target>
      <Menu.Dropdown mah="60dvh" style={{ overflowY: 'auto' }}>
        {!mine && (
          <Menu.Item leftSection={<Icon of={IconUserPlus} />} onClick={() => act.mutate('me')}>
            {t('desk.ticket.claim')}
          </Menu.Item>
        )}
        {ticket.assignee && (
          <Menu.Item leftSection={<Icon of={IconUserMinus} />} onClick={() => act.mutate(null)}>
            {t('desk.ticket.release')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Colleagues ticket={ticket} onChoose={(to) => act.mutate(to)} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The menu puts its own properties on the button. */
function AssignButton({ ticket: { assignee }, ...rest }: { ticket: Ticket } & BtnProps) {
  const label = assignee ? t('desk.ticket.assignedTo', { name: assignee.name }) : t('desk.ticket.assign');
  return (
    <Btn {...rest} aria-label={label}>
      {assignee ? <Assignee assignee={assignee} /> : <Icon of={IconUserPlus} />}
      {!assignee && <span className="wide">{t('desk.ticket.assign')}</span>}
      <Icon of={IconChevronDown} size={15} />
    </Btn>
  );
}

function Assignee({ assignee }: { assignee: NonNullable<Ticket['assignee']> }) {
  return (
    <span className="row" title={t('desk.ticket.assignedTo', { name: assignee.name })}>
      <Avatar id={assignee.id} name={assignee.name} size={20} />
    </span>
  );
}

function Colleagues({ ticket, onChoose }: { ticket: Ticket; onChoose: (accountId: string) => void }) {
  const { accountId } = useMe();
  const { data } = useQuery(colleaguesQuery);
  const restricted = ticket.confidentiality === 'restricted';
  const people = (data?.items ?? [])
    .filter((one) => one.role !== 'expert' && one.accountId !== accountId && one.accountId !== ticket.assignee?.id)
    .filter((one) => !restricted || one.cleared || one.role === 'supervisor')
    .sort((a, b) => fold(a.name).localeCompare(fold(b.name)));
  return (
    <>
      {people.map((one) => (
        <Menu.Item
          key={one.accountId}
          leftSection={<Avatar id={one.accountId} name={one.name} size={20} />}
          onClick={() => onChoose(one.accountId)}
        >
          <UserName text={one.name} />
          {one.role === 'supervisor' && <span className="mut xs"> · {t('desk.role.supervisor')}</span>}
        </Menu.Item>
      ))}
    </>
  );
}
