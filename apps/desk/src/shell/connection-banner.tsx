import { useEffect, useState } from 'react';
import { IconRefresh } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { connection } from '../data/live';
import { useStore } from '../data/store';
import { Icon } from '../ui/icon';

const RECENT_MS = 2_500;

/** Says that the line is lost, and for a moment that it is back. */
export function ConnectionBanner() {
  const state = useStore(connection);
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (state === 'lost') setWasLost(true);
    if (state !== 'live' || !wasLost) return;
    const timer = setTimeout(() => setWasLost(false), RECENT_MS);
    return () => clearTimeout(timer);
  }, [state, wasLost]);
  const shown = state === 'lost' || (wasLost && state === 'live');
  return (
    <div role="status" className={shown ? 'bar' : 'sr'}>
      {shown && (
        <>
          <Icon of={IconRefresh} />
          <span>{t(state === 'lost' ? 'desk.connection.lost' : 'desk.connection.back')}</span>
        </>
      )}
    </div>
  );
}
