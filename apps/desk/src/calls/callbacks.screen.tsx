import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconPhoneCheck, IconPhonePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { formatNumber } from '@app/ui/numbers';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { Window } from './call-bits';
import { CallbackDialog } from './callback-dialog';
import { callbackListQuery, type Callback } from './call-queries';
import { CALLBACK_STATES, type CallbackSearch } from './callback-search';
import { NewCallback } from './new-callback';
import '../styles/forms.css';
import '../styles/calls.css';

/** Calls that the hub owes, the one that waits longest first. */
export function CallbacksScreen() {
  const search = useSearch({ strict: false }) as CallbackSearch;
  const navigate = useNavigate();
  const [adds, setAdds] = useState(false);
  const { open, state, ...rest } = search;
  const filter = { ...rest, ...(state ? { state: [state] } : {}) };
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(callbackListQuery(filter));
  const go = (next: CallbackSearch) => void navigate({ to: '/callbacks', search: next });
  const set = (part: CallbackSearch) =>
    go(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined)));
  return (
    <Page
      title={t('calls.callbacks.title')}
      tools={
        <Btn onClick={() => setAdds(true)}>
          <Icon of={IconPhonePlus} />
          {t('calls.callbacks.new')}
        </Btn>
      }
    >
      <Filters search={search} set={set} />
      {error && (
        <p className="alert warn" role="alert">
          {problemText(error)}
        </p>
      )}
      {data && !error && (
        <DataTable
          caption={t('calls.callbacks.title')}
          columns={columnsOf((id) => set({ open: id }))}
          rows={data.pages.flatMap((page) => page.items)}
          rowKey={(one) => one.id}
          empty={<Empty icon={IconPhoneCheck} title={t('calls.callbacks.none')} text={t('calls.callbacks.noneText')} />}
        />
      )}
      {hasNextPage && (
        <div className="calls-more">
          <Btn busy={isFetching} onClick={() => void fetchNextPage()}>
            {t('calls.more')}
          </Btn>
        </div>
      )}
      {open && <CallbackDialog id={open} onClose={() => set({ open: undefined })} />}
      {adds && <NewCallback onClose={() => setAdds(false)} />}
    </Page>
  );
}

interface FiltersProps {
  search: CallbackSearch;
  set: (part: CallbackSearch) => void;
}

function Filters({ search, set }: FiltersProps) {
  return (
    <div className="calls-filters" role="search" aria-label={t('calls.filters')}>
      <label className="field">
        {t('calls.callbacks.state')}
        <select
          className="inp"
          value={search.state ?? ''}
          onChange={(event) => set({ state: CALLBACK_STATES.find((one) => one === event.target.value) })}
        >
          <option value="">{t('calls.callbacks.open')}</option>
          {CALLBACK_STATES.map((one) => (
            <option key={one} value={one}>
              {t(`calls.callbacks.state.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Btn
        aria-pressed={search.mine ?? false}
        look={search.mine ? 'tint' : 'plain'}
        onClick={() => set({ mine: search.mine ? undefined : true })}
      >
        {t('calls.callbacks.mine')}
      </Btn>
      <Btn
        aria-pressed={search.breached ?? false}
        look={search.breached ? 'tint' : 'plain'}
        onClick={() => set({ breached: search.breached ? undefined : true })}
      >
        {t('calls.callbacks.late')}
      </Btn>
    </div>
  );
}

function columnsOf(onOpen: (id: string) => void): Column<Callback>[] {
  return [
    {
      key: 'number',
      head: t('calls.col.number'),
      cell: (one) => (
        <>
          <Phone number={one.number} className="b nw" />
          <span className="mut xs u">
            <Bidi>{one.reference}</Bidi>
          </span>
        </>
      ),
    },
    {
      key: 'who',
      head: t('calls.col.who'),
      cell: (one) => (
        <>
          {one.association && <UserLine text={nameOf(one.association)} className="b" />}
          {(one.contact?.name ?? one.name) && <UserLine text={one.contact?.name ?? one.name ?? ''} />}
          {one.subject && <UserLine text={one.subject} cut className="mut sm" />}
        </>
      ),
    },
    {
      key: 'source',
      head: t('calls.callbacks.source'),
      cell: (one) => (
        <>
          {t(`calls.callbacks.source.${one.source}`)}
          {one.missedCalls > 1 && <span className="mut xs u">{t('calls.callbacks.rang', { n: one.missedCalls })}</span>}
        </>
      ),
    },
    { key: 'language', head: t('calls.language'), cell: (one) => t(`desk.lang.${one.language}`) },
    {
      key: 'window',
      head: t('calls.callbacks.window'),
      cell: (one) => <Window from={one.windowFrom} to={one.windowTo} />,
    },
    {
      key: 'promise',
      head: t('calls.callbacks.promise'),
      cell: (one) => (
        <>
          <span className={one.promise === 'breached' ? 'tagl late' : 'tagl'}>
            {t(`calls.callbacks.promise.${one.promise}`)}
          </span>
          {one.promise === 'running' && (
            <span className="mut xs u">
              <DateTime at={one.dueAt} style="near" />
            </span>
          )}
        </>
      ),
    },
    { key: 'attempts', head: t('calls.callbacks.attempts'), numeric: true, cell: (one) => formatNumber(one.attempts) },
    { key: 'state', head: t('calls.callbacks.state'), cell: (one) => t(`calls.callbacks.state.${one.state}`) },
    {
      key: 'open',
      head: t('calls.col.open'),
      numeric: true,
      cell: (one) => (
        <Btn
          small
          look={one.mayDial ? 'primary' : 'plain'}
          aria-label={t('calls.openOf', { number: one.numberDisplay })}
          onClick={() => onOpen(one.id)}
        >
          {t(one.mayDial ? 'calls.callbacks.call' : 'calls.open')}
        </Btn>
      ),
    },
  ];
}
