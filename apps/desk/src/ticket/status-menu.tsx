import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { nextStatuses } from '@app/domain/ticket-status';
import type { Status } from '@app/domain/ticket';
import { t } from '@app/ui/i18n';
import { areaPart } from '../area';
import type { Ticket } from '../data/queries';
import { whoMoves } from '../inbox/who-moves';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { setStatus, useTicketAct, type StatusBody } from './ticket-acts';

const HoldDialog = lazy(areaPart('acts', async () => ({ default: (await import('./hold-dialog')).HoldDialog })));

/** Whose move it is. What a status does to the clocks is said beside it, before it is chosen. */
export function StatusMenu({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const back = useTicketAct((body: { status: Status; version: number }) =>
    setStatus({ id: ticket.id, version: body.version }, { status: body.status }),
  );
  const act = useTicketAct(
    (body: StatusBody) => setStatus(ticket, body),
    (now) => {
      const undo = ticket.status !== 'on_hold' && nextStatuses(now.status, 'staff').includes(ticket.status);
      toast({
        key: `status-${ticket.id}`,
        text: t('desk.status.changed', { status: whoMoves(now) }),
        ...(undo
          ? {
              action: {
                label: t('desk.common.undo'),
                run: () => back.mutate({ status: ticket.status, version: now.version }),
              },
            }
          : {}),
      });
    },
  );
  const [holding, setHolding] = useState(false);
  const choices = nextStatuses(ticket.status, 'staff');
  const choose = (status: Status) => (status === 'on_hold' ? setHolding(true) : act.mutate({ status }));
  useCommands(
    may('tickets:claim')
      ? [
          { id: 'ticket.status', key: 's', group: 'ticket', run: () => setOpen(true) },
          ...choices.map((status) => ({
            id: `ticket.status.${status}`,
            ...(status === 'resolved' ? { key: 'e' } : {}),
            group: 'ticket' as const,
            label: t('desk.status.set', { status: t(`desk.moves.${status}`) }),
            run: () => choose(status),
          })),
        ]
      : [],
  );
  if (!may('tickets:claim')) return <span className="tagl">{whoMoves(ticket)}</span>;
  return (
    <>
      <Menu opened={open} onChange={setOpen} width={300}>
        <Menu.Target>
          <Btn look="tint" busy={act.isPending} aria-label={t('desk.status.label', { status: whoMoves(ticket) })}>
            {whoMoves(ticket)}
            <Icon of={IconChevronDown} size={15} />
          </Btn>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map((status) => (
            <Menu.Item key={status} onClick={() => choose(status)}>
              <span className="b">{t(`desk.moves.${status}`)}</span>
              <span className="mut xs" style={{ display: 'block', whiteSpace: 'normal' }}>
                {t(`desk.clocks.${status}`)}
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>{holding && <HoldDialog ticket={ticket} onClose={() => setHolding(false)} />}</Suspense>
    </>
  );
}
