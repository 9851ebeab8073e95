import { useQuery } from '@tanstack/react-query';
import { IconArrowForwardUp, IconBuildingCommunity, IconClock, IconMap2 } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import type { Impact, ManagedHub } from './programme-queries';

interface ImpactFactsProps {
  /** What it depends on. */
  of: readonly string[];
  hubs: readonly ManagedHub[];
  ask: () => Promise<Impact>;
}

/** What a change would move, before it is made. */
export function ImpactFacts({ of, hubs, ask }: ImpactFactsProps) {
  const { data, error } = useQuery({ queryKey: ['territory-impact', ...of], queryFn: ask, staleTime: 0, retry: false });
  if (error)
    return (
      <p className="alert warn" role="alert">
        {problemText(error)}
      </p>
    );
  if (!data) return <p className="mut sm">{t('programme.impact.counting')}</p>;
  if (data.places.length === 0) return <p className="alert">{t('programme.impact.nothing')}</p>;
  const to = hubs.find((hub) => hub.id === data.places[0].toHubId);
  return (
    <ul className="facts" aria-live="polite">
      <li>
        <Icon of={IconMap2} size={15} />
        {t('programme.impact.places', { n: data.places.length, hub: to ? nameOf(to) : '' })}
      </li>
      <li>
        <Icon of={IconArrowForwardUp} size={15} flip />
        {t('programme.impact.tickets', { n: data.openTickets })}
      </li>
      <li>
        <Icon of={IconBuildingCommunity} size={15} />
        {t('programme.impact.associations', { n: data.associations })}
      </li>
      <li>
        <Icon of={IconClock} size={15} />
        {t('programme.impact.clocks')}
      </li>
    </ul>
  );
}
