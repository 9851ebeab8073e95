import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconDots } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { countsQuery } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { useMay } from '../session/me';
import { Icon } from '../ui/icon';
import { VIEW_IDS, type ViewId } from './views';

const FRONT: readonly ViewId[] = ['mine', 'unassigned', 'hub'];
/** Views that the server counts, by the name of the count. */
const COUNTED: Partial<Record<ViewId, 'mine' | 'unassigned' | 'hub' | 'mentions' | 'atRisk' | 'late'>> = {
  mine: 'mine',
  unassigned: 'unassigned',
  hub: 'hub',
  mentions: 'mentions',
  soon: 'atRisk',
  late: 'late',
};

/** The views one looks at all day stand in front, the others behind the dots. */
export function ViewTabs({ view }: { view: ViewId }) {
  const navigate = useNavigate();
  const may = useMay();
  const counts = useQuery({ ...countsQuery, enabled: may('views:use') });
  const go = (id: ViewId) => void navigate({ to: '/inbox/$view', params: { view: id }, search: {} });
  const front = FRONT.includes(view) ? FRONT : [...FRONT, view];
  useCommands(
    VIEW_IDS.map((id) => ({ id: `view.${id}`, group: 'go' as const, label: t(`desk.view.${id}`), run: () => go(id) })),
  );
  return (
    <nav className="tabs" aria-label={t('desk.view.label')}>
      {front.map((id) => (
        <Link
          key={id}
          to="/inbox/$view"
          params={{ view: id }}
          search={{}}
          className={id === view ? 'tab on' : 'tab'}
          aria-current={id === view ? 'page' : undefined}
        >
          {t(`desk.view.${id}`)} <Count of={counts.data?.[COUNTED[id] ?? 'mine']} shown={id in COUNTED} />
        </Link>
      ))}
      <Menu>
        <Menu.Target>
          <button type="button" className="tab end" aria-label={t('desk.view.more')}>
            <Icon of={IconDots} size={18} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {VIEW_IDS.filter((id) => !FRONT.includes(id)).map((id) => (
            <Menu.Item key={id} onClick={() => go(id)} aria-current={id === view || undefined}>
              <span className="row">
                <span className="grow">{t(`desk.view.${id}`)}</span>
                <Count of={counts.data?.[COUNTED[id] ?? 'mine']} shown={id in COUNTED} />
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

function Count({ of, shown }: { of: number | undefined; shown: boolean }) {
  return shown && of !== undefined ? <b>{formatNumber(of)}</b> : null;
}
