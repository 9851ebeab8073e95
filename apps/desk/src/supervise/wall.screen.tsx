import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconDeviceTv, IconX } from '@tabler/icons-react';
import type { WallSnapshot } from '@app/contract/realtime';
import { problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Mark } from '../ui/mark';
import { nameOf } from '../ui/names';
import { Page, useTitle } from '../ui/page';
import { HubChoice } from './hub-choice';
import { useSecond, useWall, type Wall } from './use-wall';
import { WallCalls } from './wall-calls';
import { WallGroups } from './wall-groups';
import { WallNext } from './wall-next';
import { WallTeam } from './wall-team';
import { WallTiles } from './wall-tiles';
import '../styles/wall.css';

/** What the address says of a wall. */
export interface WallSearch {
  hub?: string;
  tv?: 1;
}

export function WallScreen() {
  const { hub, tv } = useSearch({ strict: false }) as WallSearch;
  const navigate = useNavigate();
  const national = useMe().role === 'coordinator';
  const shown = useWall(national ? hub : undefined);
  const go = (search: WallSearch) => void navigate({ to: '/sup/wall', search });
  if (tv) return <Television shown={shown} onLeave={() => go({ hub })} />;
  return (
    <Page
      title={t('supervise.wall.title')}
      tools={
        <>
          <HubChoice hub={hub} onChange={(next) => go({ hub: next })} />
          <LiveState shown={shown} />
          <Btn onClick={() => go({ hub, tv: 1 })}>
            <Icon of={IconDeviceTv} />
            {t('supervise.wall.tv')}
          </Btn>
        </>
      }
    >
      {shown.wall ? (
        <WallBody wall={shown.wall} />
      ) : (
        <p className="mut">{shown.problem ? problemText(shown.problem) : t('supervise.wall.loading')}</p>
      )}
    </Page>
  );
}

function WallBody({ wall, tv }: { wall: WallSnapshot; tv?: boolean }) {
  return (
    <div className="wall">
      <WallTiles wall={wall} tv={tv} />
      <WallCalls hubId={wall.hubId} />
      <div className="wg">
        {wall.nextToBreach && <WallNext wall={wall} tv={tv} />}
        <div className="stacked">
          <WallGroups wall={wall} tv={tv} />
          <WallTeam wall={wall} tv={tv} />
        </div>
      </div>
    </div>
  );
}

/** Whether what hangs here is true now. */
function LiveState({ shown: { wall, frozenSince } }: { shown: Wall }) {
  if (!wall) return null;
  return (
    <span className="row mut sm">
      <span className={frozenSince === null ? 'dot' : 'dot break'} />
      {t(frozenSince === null ? 'supervise.wall.live' : 'supervise.wall.lost')}
      <DateTime at={wall.asOf} style="time" />
    </span>
  );
}

/** For the wall of the room: legible from three metres, nothing to hover, no names, and honest when the line is down. */
function Television({ shown, onLeave }: { shown: Wall; onLeave: () => void }) {
  const now = useSecond();
  const { data: hubs } = useQuery(hubsQuery);
  useTitle(t('supervise.wall.title'));
  const { wall, frozenSince } = shown;
  const hub = hubs?.items.find((one) => one.id === wall?.hubId);
  const at = new Date(now).toISOString();
  return (
    <main className="tv" data-theme="dark" id="main" tabIndex={-1}>
      <header>
        <Mark size={38} />
        <h1>{hub ? nameOf(hub) : t('supervise.wall.allHubs')}</h1>
        <DateTime at={at} style="long" className="mut" />
        <span className="end clock">
          <DateTime at={at} style="time" />
        </span>
        <Btn look="quiet" square aria-label={t('supervise.wall.leaveTv')} onClick={onLeave}>
          <Icon of={IconX} size={24} />
        </Btn>
      </header>
      {frozenSince !== null && (
        <p className="frozen" role="alert">
          {t('supervise.wall.frozen', { time: shortDuration(Math.max(0, now - frozenSince)) })}
        </p>
      )}
      {wall && <WallBody wall={wall} tv />}
      <footer>
        <LiveState shown={shown} />
      </footer>
    </main>
  );
}
