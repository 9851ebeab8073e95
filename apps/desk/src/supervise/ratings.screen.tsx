import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconStar } from '@tabler/icons-react';
import type { components } from '@app/contract/openapi';
import { api, call, problemText } from '@app/ui/api';
import { Bidi, UserLine, UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Page } from '../ui/page';
import { Reference } from '../ui/reference';
import { wordsOf } from './figure';
import { dayBefore, SPANS } from './report-search';
import '../styles/report.css';

/** What the address says of the notes: the last so many days, and one note only. */
export interface RatingsSearch {
  days?: number;
  score?: number;
}

type Item = components['schemas']['RatingItem'];

const MOST = 100;
const SCORES = [5, 4, 3, 2, 1] as const;

export function RatingsScreen() {
  const search = useSearch({ strict: false }) as RatingsSearch;
  const { days = 90, score } = search;
  const navigate = useNavigate();
  const go = (next: RatingsSearch) => void navigate({ to: '/sup/ratings', search: { ...search, ...next } });
  const query = { from: dayBefore(days - 1), to: dayBefore(0), limit: MOST, ...(score ? { score } : {}) };
  const { data, error } = useQuery({
    queryKey: ['ratings', query],
    queryFn: () => call(api.GET('/api/v1/reports/ratings', { params: { query } })),
  });
  return (
    <Page
      title={t('supervise.ratings.title')}
      tools={
        <select
          className="inp"
          aria-label={t('supervise.report.period')}
          value={days}
          onChange={(event) => go({ days: Number(event.target.value) })}
        >
          {SPANS.map((one) => (
            <option key={one} value={one}>
              {t('supervise.report.days', { n: one })}
            </option>
          ))}
        </select>
      }
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && (
        <div className="stacked">
          <div className="figures">
            <div className="card figure">
              <span className="mut sm">{t('supervise.ratings.average')}</span>
              <span className="big">
                {data.average === null ? '–' : <Bidi>{formatNumber(data.average, 1)}</Bidi>}{' '}
                <span className="mut xs">{t('supervise.ratings.n', { n: data.n })}</span>
              </span>
            </div>
            {SCORES.map((one) => (
              <button
                key={one}
                type="button"
                className="card figure rating"
                aria-pressed={score === one}
                onClick={() => go({ score: score === one ? undefined : one })}
              >
                <span className="mut sm">{t('supervise.ratings.stars', { n: one })}</span>
                <span className="big">
                  <Bidi>{data.byScore[one - 1]}</Bidi>
                </span>
              </button>
            ))}
          </div>
          <p className="mut sm">{wordsOf(data.definition)}</p>
          <RatingTable items={data.items} />
          {data.nextCursor && <p className="mut sm">{t('supervise.ratings.more', { n: MOST })}</p>}
        </div>
      )}
    </Page>
  );
}

function RatingTable({ items }: { items: readonly Item[] }) {
  return (
    <DataTable
      caption={t('supervise.ratings.title')}
      rows={items}
      rowKey={(row) => row.ticketId}
      empty={<Empty icon={IconStar} title={t('supervise.ratings.none')} text={t('supervise.report.noneText')} />}
      columns={[
        { key: 'score', head: t('supervise.ratings.score'), cell: (row) => <Bidi>{row.score}/5</Bidi> },
        {
          key: 'ticket',
          head: t('supervise.report.reference'),
          cell: (row) => (
            <Link to="/t/$ticket" params={{ ticket: row.reference }}>
              <Reference of={row.reference} className="nw" />
            </Link>
          ),
        },
        {
          key: 'comment',
          head: t('supervise.ratings.comment'),
          cell: (row) => <UserLine text={row.comment ?? row.subject} />,
        },
        {
          key: 'agent',
          head: t('supervise.by.agent'),
          cell: (row) => row.agent && <UserName text={row.agent.name} />,
        },
        { key: 'date', head: t('supervise.ratings.date'), cell: (row) => <DateTime at={row.updatedAt} /> },
      ]}
    />
  );
}
