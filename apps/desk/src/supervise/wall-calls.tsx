import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPhone } from '@tabler/icons-react';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { searchOfList } from '../calls/call-search';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { CallFigureText, callReportQuery, type CallFigure, type CallReport } from './call-figures';
import { wordsOf } from './figure';

const TILES: readonly CallFigure['code'][] = ['offered', 'abandonment', 'asa', 'longest_wait', 'callback_kept'];
const AGAIN_MS = 20_000;

/** Calls of today at a hub that telephones; nothing where there are none. */
export function WallCalls({ hubId }: { hubId: string | null }) {
  const own = useMe().hubId;
  const { data } = useQuery({
    ...callReportQuery(hubId ?? undefined, {}),
    enabled: hubId !== null,
    refetchInterval: AGAIN_MS,
  });
  if (!data || data.calls === 0) return null;
  const level = data.serviceLevels.find((one) => one.shown);
  return (
    <section className="wall-calls" aria-label={t('supervise.calls.today')}>
      <div className="tiles6">
        {level && <LevelTile level={level} seconds={data.thresholdSeconds} />}
        {TILES.flatMap((code) => {
          const figure = data.figures.find((one) => one.code === code);
          return figure ? [<CallTile key={code} figure={figure} lists={own !== null} />] : [];
        })}
      </div>
    </section>
  );
}

/** One figure; it opens its formula and the list behind it. */
function CallTile({ figure, lists }: { figure: CallFigure; lists: boolean }) {
  return (
    <Popover position="bottom" withArrow trapFocus>
      <Popover.Target>
        <button type="button" className="wt plain">
          <span className="l">
            <Icon of={IconPhone} size={16} />
            {wordsOf(figure.name)}
          </span>
          <span className="v">
            <CallFigureText figure={figure} />
          </span>
          <span className="o">{t(`supervise.calls.basis.${figure.basis}`)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <p>{wordsOf(figure.formula)}</p>
        {lists && figure.list && (
          <Link to="/calls" search={searchOfList(figure.list)} className="btn small tint">
            {t('supervise.calls.list')}
          </Link>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function LevelTile({ level, seconds }: { level: CallReport['serviceLevels'][number]; seconds: number }) {
  return (
    <Popover position="bottom" withArrow trapFocus>
      <Popover.Target>
        <button type="button" className="wt plain">
          <span className="l">
            <Icon of={IconPhone} size={16} />
            {t('supervise.calls.level', { n: seconds })}
          </span>
          <span className="v">{level.value === null ? '–' : <Bidi>{formatPercent(level.value)}</Bidi>}</span>
          <span className="o">
            <Bidi>
              {formatNumber(level.part)}/{formatNumber(level.whole)}
            </Bidi>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <p className="b">{wordsOf(level.name)}</p>
        <p>
          <Bidi>{level.definition}</Bidi>
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
