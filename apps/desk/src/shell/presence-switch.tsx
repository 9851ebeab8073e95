import { Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown } from '@tabler/icons-react';
import { api, call, problemText } from '@app/ui/api';
import { useNow } from '@app/ui/clock';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { presenceQuery } from '../data/queries';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';

type Chosen = 'available' | 'away' | 'training' | 'meeting' | 'recovery' | 'offline';
const CHOICES: readonly Chosen[] = ['available', 'away', 'training', 'meeting', 'recovery', 'offline'];

/** A drawing beside the word, never colour alone. */
export function dotOf(presence: string, activity?: string): string {
  if (presence === 'available') return activity === 'busy' || activity === 'outbound' ? 'dot busy' : 'dot';
  return presence === 'offline' || presence === 'disconnected' ? 'dot off' : 'dot break';
}

export function usePresenceChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (presence: Chosen) => call(api.PUT('/api/v1/me/presence', { body: { presence } })),
    onSuccess: (view) => {
      client.setQueryData(presenceQuery.queryKey, view);
      if (view.pendingPresence)
        toast({ text: t('desk.presence.later', { presence: t(`desk.presence.${view.pendingPresence}`) }) });
    },
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
}

/** The state of the person, always in sight; the person sets it, nothing else does but silence. */
export function PresenceSwitch({ inRail }: { inRail?: boolean }) {
  const { data: view } = useQuery(presenceQuery);
  const choice = usePresenceChoice();
  const now = useNow();
  if (!view) return null;
  const word = t(`desk.presence.${view.presence}`);
  const away = view.presence !== 'available' && view.presence !== 'offline';
  return (
    <Menu position={inRail ? 'right-end' : 'bottom-end'}>
      <Menu.Target>
        <button
          type="button"
          className={inRail ? 'entry only-drawer' : 'state'}
          aria-label={t('desk.presence.label', { presence: word })}
        >
          <span className={dotOf(view.presence, view.activity)} />
          <span>{word}</span>
          {!inRail && away && <bdi className="mut">{shortDuration(Math.max(0, now - Date.parse(view.since)))}</bdi>}
          {!inRail && <Icon of={IconChevronDown} size={15} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map((presence) => (
          <Menu.Item
            key={presence}
            leftSection={<span className={dotOf(presence)} />}
            aria-current={presence === view.presence || undefined}
            onClick={() => choice.mutate(presence)}
          >
            {t(`desk.presence.${presence}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
