import { Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconBell,
  IconCheck,
  IconClock,
  IconHeadset,
  IconUsers,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { WallSnapshot } from '@app/contract/realtime';
import { Bidi } from '@app/ui/bidi';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { formatPercent } from '@app/ui/numbers';
import type { ViewId } from '../inbox/views';
import { Icon } from '../ui/icon';
import { useSecond } from './use-wall';

type Look = 'plain' | 'soon' | 'warn' | 'bad';

interface TileProps {
  id: 'waiting' | 'longest' | 'late' | 'atRisk' | 'available' | 'kept';
  icon: TablerIcon;
  look?: Look;
  value: ReactNode;
  below: string;
  /** The list behind the figure; nobody's when the programme looks on. */
  list?: ViewId;
}

/** One figure with what it is measured against; it opens its definition and the list behind it. */
function Tile({ id, icon, look = 'plain', value, below, list }: TileProps) {
  return (
    <Popover position="bottom" withArrow trapFocus>
      <Popover.Target>
        <button type="button" className={`wt ${look}`}>
          <span className="l">
            <Icon of={icon} size={16} />
            {t(`supervise.tile.${id}`)}
          </span>
          <span className="v">{value}</span>
          <span className="o">{below}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <p>{t(`supervise.definition.${id}`)}</p>
        {list && (
          <Link to="/inbox/$view" params={{ view: list }} className="btn small tint" style={{ marginBlockStart: 8 }}>
            {t('supervise.tile.list')}
          </Link>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** People on duty by what they do. */
function teamOf({ byPresence }: WallSnapshot): { all: number; available: number } {
  const available = byPresence.find((one) => one.presence === 'available')?.agents ?? 0;
  return { all: byPresence.reduce((sum, one) => sum + one.agents, 0), available };
}

export function WallTiles({ wall, tv }: { wall: WallSnapshot; tv?: boolean }) {
  const { waiting, late, atRisk } = wall;
  const list = (view: ViewId): ViewId | undefined => (wall.nextToBreach ? view : undefined);
  return (
    <div className="tiles6">
      <Tile
        id="waiting"
        icon={IconUsers}
        value={<Bidi>{waiting}</Bidi>}
        below={t('supervise.tile.open', { n: wall.open })}
        list={list('waiting')}
      />
      <Tile
        id="longest"
        icon={IconClock}
        value={<Elapsed since={wall.longestWaitSince} />}
        below={t('supervise.tile.longestBelow')}
        list={list('waiting')}
      />
      <Tile
        id="late"
        icon={IconAlertTriangle}
        look={late > 0 ? 'bad' : 'plain'}
        value={<Bidi>{late}</Bidi>}
        below={t('supervise.tile.lateBelow')}
        list={list('late')}
      />
      <Tile
        id="atRisk"
        icon={IconBell}
        look={atRisk > 0 ? 'soon' : 'plain'}
        value={<Bidi>{atRisk}</Bidi>}
        below={t('supervise.tile.atRiskBelow')}
        list={list('soon')}
      />
      <TeamTile wall={wall} />
      <KeptTile kept={wall.firstResponseToday} tv={tv} />
    </div>
  );
}

function Elapsed({ since }: { since: string | null }) {
  const now = useSecond();
  return since ? shortDuration(Math.max(0, now - Date.parse(since))) : '–';
}

function TeamTile({ wall }: { wall: WallSnapshot }) {
  const { all, available } = teamOf(wall);
  return (
    <Tile
      id="available"
      icon={IconHeadset}
      value={
        <Bidi>
          {available}
          <span className="of">/{all}</span>
        </Bidi>
      }
      below={t('supervise.tile.away', { n: all - available })}
    />
  );
}

interface KeptTileProps {
  kept: WallSnapshot['firstResponseToday'];
  /** On television the target alone: one line, read from afar. */
  tv?: boolean;
}

function KeptTile({ kept: { kept, late, share, target }, tv }: KeptTileProps) {
  return (
    <Tile
      id="kept"
      icon={IconCheck}
      look={share !== null && share < target ? 'warn' : 'plain'}
      value={share === null ? '–' : <Bidi>{formatPercent(share)}</Bidi>}
      below={t(tv ? 'supervise.tile.target' : 'supervise.tile.keptBelow', {
        n: kept + late,
        target: formatPercent(target),
      })}
    />
  );
}
