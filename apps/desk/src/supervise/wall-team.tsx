import type { WallSnapshot } from '@app/contract/realtime';
import { Bidi, UserLine } from '@app/ui/bidi';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { dotOf } from '../shell/presence-switch';
import { Avatar } from '../ui/avatar';
import { useSecond } from './use-wall';

type WallAgent = NonNullable<WallSnapshot['agents']>[number];

const ORDER = ['available', 'not_responding', 'away', 'recovery', 'meeting', 'training', 'disconnected'];
const LONG_BREAK_MS = 15 * 60_000;

/** What somebody does now, in one word, and since when. */
export function stateOf(agent: WallAgent): { text: string; since: string } {
  const atWork = agent.presence === 'available' && agent.activity !== 'idle';
  return atWork
    ? { text: t(`supervise.activity.${agent.activity}`), since: agent.activitySince }
    : { text: t(`desk.presence.${agent.presence}`), since: agent.since };
}

/** Everybody on duty with state and time in it; on television only how many are in each. */
export function WallTeam({ wall, tv }: { wall: WallSnapshot; tv?: boolean }) {
  const now = useSecond();
  const agents = [...(wall.agents ?? [])].sort(
    (a, b) => ORDER.indexOf(a.presence) - ORDER.indexOf(b.presence) || a.name.localeCompare(b.name),
  );
  return (
    <section className="card grow wall-team">
      <h2>
        {t('supervise.team.title')}
        {!tv && <span className="end mut xs">{t('supervise.team.once')}</span>}
      </h2>
      {tv || agents.length === 0 ? <ByState wall={wall} /> : null}
      {!tv && agents.length > 0 && (
        <ul className="ags">
          {agents.map((agent) => {
            const { text, since } = stateOf(agent);
            const ms = Math.max(0, now - Date.parse(since));
            const long = agent.presence === 'away' && ms > LONG_BREAK_MS;
            return (
              <li key={agent.accountId} className={long ? 'ag w' : 'ag'}>
                <Avatar id={agent.accountId} name={agent.name} idle={!agent.fresh} />
                <span>
                  <UserLine text={agent.name} cut className="ell sm" />
                  <span className="s">
                    <span className={dotOf(agent.presence, agent.activity)} />
                    {text} <bdi>{shortDuration(ms)}</bdi>
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function ByState({ wall }: { wall: WallSnapshot }) {
  if (wall.byPresence.length === 0) return <p className="mut pad">{t('supervise.team.none')}</p>;
  return (
    <ul className="by-state">
      {wall.byPresence.map(({ presence, agents }) => (
        <li key={presence}>
          <span className="v">
            <Bidi>{agents}</Bidi>
          </span>
          <span className="row">
            <span className={dotOf(presence)} />
            {t(`desk.presence.${presence}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
