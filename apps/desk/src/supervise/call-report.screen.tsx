import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber, formatPercent } from '@app/ui/numbers';
import { clockText } from '../calls/call-bits';
import { searchOfList, type CallReportSearch } from '../calls/call-search';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { DataTable } from '../ui/data-table';
import { DateField } from '../forms/date-field';
import { Page } from '../ui/page';
import { CallFigureText, callReportQuery, type CallFigure, type CallReport } from './call-figures';
import { wordsOf } from './figure';
import { FirstContactPart } from './first-contact-part';
import { HubChoice } from './hub-choice';
import { StaffingPart } from './staffing-part';
import '../styles/report.css';
import '../styles/calls.css';

/** Figures over calls: each with its formula, the list behind it, and whether it was measured or declared. */
export function CallReportScreen() {
  const search = useSearch({ strict: false }) as CallReportSearch;
  const navigate = useNavigate();
  const own = useMe().hubId;
  const hubs = useQuery({ ...hubsQuery, enabled: own === null }).data?.items ?? [];
  const hubId = own ?? search.hub ?? hubs[0]?.id;
  const { data, error } = useQuery({ ...callReportQuery(hubId, search), enabled: hubId !== undefined });
  const go = (part: CallReportSearch) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value);
    void navigate({ to: '/sup/calls', search: Object.fromEntries(next) });
  };
  return (
    <Page title={t('supervise.calls.title')} tools={<HubChoice hub={search.hub} onChange={(hub) => go({ hub })} />}>
      <div className="calls-filters" role="search" aria-label={t('supervise.calls.period')}>
        {(['from', 'to'] as const).map((key) => (
          <DateField
            key={key}
            label={t(`supervise.calls.${key}`)}
            value={search[key] ?? data?.[key] ?? ''}
            onChange={(day) => go({ [key]: day })}
          />
        ))}
      </div>
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && <Body report={data} lists={own !== null} />}
      {hubId && <FirstContactPart hubId={hubId} {...periodOf(search)} />}
      {hubId && <StaffingPart hubId={hubId} />}
    </Page>
  );
}

/** Only what was asked for: each part has a stretch of its own otherwise. */
function periodOf({ from, to }: CallReportSearch) {
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function Body({ report, lists }: { report: CallReport; lists: boolean }) {
  return (
    <div className="stacked">
      <div className="figures">
        {report.figures.map((one) => (
          <FigureCard key={one.code} figure={one} lists={lists} />
        ))}
      </div>
      <section className="card">
        <h2>{t('supervise.calls.levels', { n: report.thresholdSeconds })}</h2>
        <DataTable
          caption={t('supervise.calls.levels', { n: report.thresholdSeconds })}
          rows={report.serviceLevels}
          rowKey={(one) => one.formula}
          empty={null}
          columns={[
            {
              key: 'name',
              head: t('supervise.calls.formula'),
              cell: (one) => (
                <span className={one.shown ? 'b' : undefined}>
                  {wordsOf(one.name)}
                  {one.shown && <span className="tagl beside">{t('supervise.calls.shown')}</span>}
                </span>
              ),
            },
            {
              key: 'definition',
              head: t('supervise.calls.how'),
              cell: (one) => <Bidi className="mut sm">{one.definition}</Bidi>,
            },
            {
              key: 'parts',
              head: t('supervise.calls.parts'),
              numeric: true,
              cell: (one) => (
                <Bidi>
                  {formatNumber(one.part)}/{formatNumber(one.whole)}
                </Bidi>
              ),
            },
            {
              key: 'value',
              head: t('supervise.calls.value'),
              numeric: true,
              cell: (one) => (one.value === null ? '–' : <Bidi>{formatPercent(one.value, 1)}</Bidi>),
            },
          ]}
        />
      </section>
      <section className="card">
        <h2>{t('supervise.calls.halfHours')}</h2>
        <DataTable
          caption={t('supervise.calls.halfHours')}
          rows={report.intervals.filter((one) => one.offered > 0)}
          rowKey={(one) => one.from}
          empty={<p className="mut calls-none">{t('supervise.calls.none')}</p>}
          columns={[
            {
              key: 'from',
              head: t('supervise.calls.from'),
              cell: (one) => <DateTime at={one.from} style="dateTime" />,
            },
            ...(['offered', 'answered', 'abandoned', 'answeredWithin'] as const).map((key) => ({
              key,
              head: t(`supervise.calls.col.${key}`),
              numeric: true,
              cell: (one: CallReport['intervals'][number]) => formatNumber(one[key]),
            })),
          ]}
        />
      </section>
    </div>
  );
}

function FigureCard({ figure, lists }: { figure: CallFigure; lists: boolean }) {
  const text = <CallFigureText figure={figure} />;
  return (
    <div className="card figure">
      <span className="mut sm">{wordsOf(figure.name)}</span>
      {lists && figure.list && figure.value !== null ? (
        <Link to="/calls" search={searchOfList(figure.list)} className="big">
          {text}
        </Link>
      ) : (
        <span className="big">{text}</span>
      )}
      {figure.p90 !== null && figure.median !== null && (
        <span className="mut xs">
          {t('supervise.calls.median')} <Bidi>{clockText(figure.median * 1_000)}</Bidi> · {t('supervise.calls.p90')}{' '}
          <Bidi>{clockText(figure.p90 * 1_000)}</Bidi>
        </span>
      )}
      <span className="xs mut">{wordsOf(figure.formula)}</span>
      <span className="tagl">{t(`supervise.calls.basis.${figure.basis}`)}</span>
    </div>
  );
}
