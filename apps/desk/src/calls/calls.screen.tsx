import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhonePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { Reference } from '../ui/reference';
import { CallFilters } from './call-filters';
import { CallNumber, clockText, WhoCalls } from './call-bits';
import { callListQuery, callWordsQuery, codeText, type CallItem } from './call-queries';
import { filterOf, type CallSearch } from './call-search';
import { holdCall } from './live-calls';
import { LogCall } from './log-call';
import '../styles/forms.css';
import '../styles/calls.css';

/** The calls of the hub. What is asked for stands in the address: the figures of the report lead here. */
export function CallsScreen() {
  const search = useSearch({ strict: false }) as CallSearch;
  const navigate = useNavigate();
  const [logs, setLogs] = useState(false);
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(callListQuery(filterOf(search)));
  const go = (next: CallSearch) => void navigate({ to: '/calls', search: next });
  const columns = useColumns();
  useCommands([{ id: 'call.log', key: 'l', group: 'app', label: t('calls.log.title'), run: () => setLogs(true) }]);
  return (
    <Page
      title={t('calls.title')}
      tools={
        <Btn look="primary" onClick={() => setLogs(true)}>
          <Icon of={IconPhonePlus} />
          {t('calls.log.title')}
        </Btn>
      }
    >
      {logs && <LogCall onClose={() => setLogs(false)} />}
      <CallFilters key={JSON.stringify(search)} search={search} onChange={go} />
      {error && (
        <p className="alert warn" role="alert">
          {problemText(error)}
        </p>
      )}
      {data && !error && (
        <DataTable
          caption={t('calls.title')}
          columns={columns}
          rows={data.pages.flatMap((page) => page.items)}
          rowKey={(one) => one.id}
          empty={<Empty icon={IconPhone} title={t('calls.none')} text={t('calls.noneText')} />}
        />
      )}
      {hasNextPage && (
        <div className="calls-more">
          <Btn busy={isFetching} onClick={() => void fetchNextPage()}>
            {t('calls.more')}
          </Btn>
        </div>
      )}
    </Page>
  );
}

function useColumns(): Column<CallItem>[] {
  const { data: words } = useQuery(callWordsQuery);
  const length = (ms: number | null) => (ms === null ? <span className="mut">–</span> : <Bidi>{clockText(ms)}</Bidi>);
  return [
    {
      key: 'at',
      head: t('calls.col.at'),
      cell: (one) => (
        <span className="row nw">
          <span title={t(`calls.direction.${one.direction}`)}>
            <Icon of={one.direction === 'out' ? IconPhoneOutgoing : IconPhoneIncoming} size={16} />
            <span className="sr">{t(`calls.direction.${one.direction}`)}</span>
          </span>
          <DateTime at={one.startedAt} style="dateTime" />
        </span>
      ),
    },
    { key: 'number', head: t('calls.col.number'), cell: (one) => <CallNumber call={one} className="nw" /> },
    { key: 'who', head: t('calls.col.who'), cell: (one) => <WhoCalls call={one} /> },
    {
      key: 'outcome',
      head: t('calls.col.outcome'),
      cell: (one) => (
        <>
          {t(one.outcome ? `calls.outcome.${one.outcome}` : `calls.state.${one.state}`)}
          {one.short && <span className="mut xs u">{t('calls.short')}</span>}
          {one.wrapUpCode && <span className="mut xs u">{codeText(words?.wrapUpCodes, one.wrapUpCode)}</span>}
        </>
      ),
    },
    { key: 'agent', head: t('calls.col.agent'), cell: (one) => one.agent && <UserLine text={one.agent.name} /> },
    { key: 'wait', head: t('calls.col.wait'), numeric: true, cell: (one) => length(one.waitMs) },
    { key: 'talk', head: t('calls.col.talk'), numeric: true, cell: (one) => length(one.talkMs) },
    {
      key: 'times',
      head: t('calls.col.times'),
      cell: (one) => (
        <span className="mut sm">{t(one.times === 'declared' ? 'calls.declared' : 'calls.measured')}</span>
      ),
    },
    {
      key: 'ticket',
      head: t('calls.col.ticket'),
      cell: (one) =>
        one.reference && (
          <Link to="/t/$ticket" params={{ ticket: one.reference }}>
            <Reference of={one.reference} />
          </Link>
        ),
    },
    {
      key: 'open',
      head: t('calls.col.open'),
      numeric: true,
      cell: (one) => (
        <Btn
          small
          aria-label={t('calls.openOf', { number: one.numberDisplay ?? t('calls.withheld') })}
          onClick={() => holdCall(one.id)}
        >
          {t('calls.open')}
        </Btn>
      ),
    },
  ];
}
