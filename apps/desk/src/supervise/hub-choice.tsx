import { useQuery } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { nameOf } from '../ui/names';

/** For the programme: all hubs, or one. */
export function HubChoice({ hub, onChange }: { hub: string | undefined; onChange: (hub: string | undefined) => void }) {
  const national = useMe().role === 'coordinator';
  const { data } = useQuery({ ...hubsQuery, enabled: national });
  if (!national) return null;
  return (
    <select
      className="inp"
      aria-label={t('supervise.wall.hub')}
      value={hub ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{t('supervise.wall.allHubs')}</option>
      {data?.items.map((one) => (
        <option key={one.id} value={one.id}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  );
}
