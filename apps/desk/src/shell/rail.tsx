import { Link, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { t } from '@app/ui/i18n';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { Mark } from '../ui/mark';
import { useCounts } from './use-counts';
import { RAIL, type RailEntry } from './rail-entries';

/** Menus weigh more than the rail: they come once it stands. */
const RailTools = lazy(() => import('./rail-tools').then((found) => ({ default: found.RailTools })));

/** Where one can go; on a phone it lies at the bottom. */
export function Rail() {
  const { role, permissions } = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const counts = useCounts();
  return (
    <nav className="rail" aria-label={t('desk.rail.label')}>
      <Mark />
      {RAIL.filter((entry) => entry.roles.includes(role)).map((entry) => (
        <Entry key={entry.id} entry={entry} on={path.startsWith(entry.under)} count={counts[entry.count ?? '']} />
      ))}
      <span className="sp" />
      <Suspense fallback={<span className="me av s36" aria-hidden />}>
        <RailTools works={permissions.includes('work:do')} />
      </Suspense>
    </nav>
  );
}

function Entry({ entry, on, count }: { entry: RailEntry; on: boolean; count: number | undefined }) {
  return (
    <Link to={entry.to} className={on ? 'entry on' : 'entry'} aria-current={on ? 'page' : undefined}>
      <Icon of={entry.icon} size={21} />
      {count !== undefined && count > 0 && <span className="n">{count > 99 ? '99+' : count}</span>}
      <span>{t(`desk.rail.${entry.id}`)}</span>
    </Link>
  );
}
