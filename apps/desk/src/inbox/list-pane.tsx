import { IconArrowUp, IconMoodSmile, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useMay } from '../session/me';
import { PresenceSwitch } from '../shell/presence-switch';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { useDraftMarks } from '../composer/draft-marks';
import { BulkBar } from './bulk-bar';
import type { InboxSearch } from './inbox-search';
import { ListFilters } from './list-filters';
import { SearchBox } from './search-box';
import { TicketList } from './ticket-list';
import { useListKeys } from './use-list-keys';
import { usePicked } from './use-picked';
import { useTicketList } from './use-ticket-list';
import { ViewTabs } from './view-tabs';
import type { TicketQuery, ViewId } from './views';

const NEAR_TOP = 40;

interface ListPaneProps {
  view: ViewId;
  query: TicketQuery;
  search: InboxSearch;
  onOpen: (reference: string | undefined) => void;
}

/** The list with its header: views, filters, new ones, selection. */
export function ListPane({ view, query, search, onOpen }: ListPaneProps) {
  const may = useMay();
  useDraftMarks(may('drafts:write'));
  const scroller = useRef<HTMLDivElement | null>(null);
  const picked = usePicked();
  const pickedCount = useRef(0);
  pickedCount.current = picked.ids.size;
  const atTop = useCallback(() => (scroller.current?.scrollTop ?? 0) < NEAR_TOP && pickedCount.current === 0, []);
  const list = useTicketList(query, atTop);
  const [cursor, setCursor] = useState(0);
  const order = useMemo(() => list.rows.map((row) => row.id), [list.rows]);
  const pick = useCallback((id: string, range: boolean) => picked.toggle(id, range ? order : null), [order, picked]);
  useListKeys({ rows: list.rows, cursor, setCursor, pick, clear: picked.clear, onOpen });
  const showFresh = () => {
    list.showFresh();
    scroller.current?.scrollTo({ top: 0 });
    setCursor(0);
  };
  return (
    <section className="list" aria-label={t('desk.list.label')}>
      <div className="lh">
        <h1>{t('desk.rail.inbox')}</h1>
        <SearchBox search={search} view={view} />
        {may('work:do') && <PresenceSwitch />}
      </div>
      <ViewTabs view={view} />
      <ListFilters view={view} search={search} rows={order} picked={picked} />
      {list.fresh > 0 && (
        <button type="button" className="newbar" onClick={showFresh}>
          <Icon of={IconArrowUp} size={15} />
          {t('desk.list.fresh', { n: list.fresh })}
        </button>
      )}
      <span className="sr" role="status">
        {list.fresh > 0 ? t('desk.list.fresh', { n: list.fresh }) : ''}
      </span>
      {list.rows.length > 0 ? (
        <TicketList
          rows={list.rows}
          hasMore={list.hasMore}
          loadMore={list.loadMore}
          view={view}
          openTicket={search.ticket}
          cursor={cursor}
          picked={picked.ids}
          onPick={pick}
          scroller={scroller}
        />
      ) : (
        <NoRows isLoading={list.isLoading} problem={list.problem} searching={Boolean(search.q)} />
      )}
      {picked.ids.size > 0 && <BulkBar rows={list.rows} picked={picked} />}
    </section>
  );
}

function NoRows({ isLoading, problem, searching }: { isLoading: boolean; problem: unknown; searching: boolean }) {
  if (isLoading) return <div className="rows" aria-busy="true" />;
  if (problem) {
    return (
      <p className="alert warn" role="alert" style={{ margin: 12 }}>
        {problemText(problem)}
      </p>
    );
  }
  return searching ? (
    <Empty icon={IconSearchOff} title={t('desk.list.noneFound')} text={t('desk.list.noneFoundText')} />
  ) : (
    <Empty icon={IconMoodSmile} title={t('desk.list.none')} text={t('desk.list.noneText')} />
  );
}
