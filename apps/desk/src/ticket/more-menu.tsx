import { Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconArrowsSplit2,
  IconArrowUp,
  IconDots,
  IconLink,
  IconMessageQuestion,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { areaPart } from '../area';
import { targetsOf } from './escalate-targets';

interface DialogProps {
  ticket: Ticket;
  onClose: () => void;
}

const DIALOGS = {
  escalate: lazy(areaPart('acts', async () => ({ default: (await import('./escalate-dialog')).EscalateDialog }))),
  consult: lazy(areaPart('acts', async () => ({ default: (await import('./consult-dialog')).ConsultDialog }))),
  merge: lazy(areaPart('acts', async () => ({ default: (await import('./merge-dialog')).MergeDialog }))),
  split: lazy(areaPart('acts', async () => ({ default: (await import('./split-dialog')).SplitDialog }))),
  link: lazy(areaPart('acts', async () => ({ default: (await import('./link-dialog')).LinkDialog }))),
} satisfies Record<string, ComponentType<DialogProps>>;
type Act = keyof typeof DIALOGS;

const DRAWINGS: Record<Act, TablerIcon> = {
  escalate: IconArrowUp,
  consult: IconMessageQuestion,
  merge: IconArrowMerge,
  split: IconArrowsSplit2,
  link: IconLink,
};

function actsOn(ticket: Ticket, may: (permission: string) => boolean): Act[] {
  const closed = ticket.status === 'closed';
  const acts: Act[] = [];
  if (may('tickets:claim') && !closed && targetsOf(ticket).length > 0) acts.push('escalate');
  if (may('tickets:consult') && !closed) acts.push('consult');
  if (may('tickets:change') && !closed) acts.push('merge', 'split');
  if (may('tickets:change')) acts.push('link');
  return acts;
}

/** Acts that ask before they do: the next level, and what concerns two tickets. */
export function MoreMenu({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const [act, setAct] = useState<Act | null>(null);
  const offered = actsOn(ticket, may);
  useCommands(offered.map((one) => ({ id: `ticket.${one}`, group: 'ticket' as const, run: () => setAct(one) })));
  if (offered.length === 0) return null;
  const Shown = act && DIALOGS[act];
  return (
    <>
      {offered.includes('escalate') && (
        <Btn className="wide" onClick={() => setAct('escalate')}>
          <Icon of={IconArrowUp} size={15} />
          {t('desk.more.escalate')}
        </Btn>
      )}
      <Menu>
        <Menu.Target>
          <Btn square aria-label={t('desk.more.label')}>
            <Icon of={IconDots} size={18} />
          </Btn>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((one) => (
            <Menu.Item key={one} leftSection={<Icon of={DRAWINGS[one]} />} onClick={() => setAct(one)}>
              {t(`desk.more.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>{Shown && <Shown ticket={ticket} onClose={() => setAct(null)} />}</Suspense>
    </>
  );
}
