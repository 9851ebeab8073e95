import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { t } from '@app/ui/i18n';
import { useTitle } from '../ui/page';
import '../styles/inbox.css';
import { InboxEmpty } from './inbox-empty';
import type { InboxSearch } from './inbox-search';
import { ListPane } from './list-pane';
import { queryOf, viewOf } from './views';

const TicketPane = lazy(() => import('../ticket/ticket-pane').then((found) => ({ default: found.TicketPane })));

export type DrawerName = 'list' | 'context' | null;

/** List, conversation, context. */
export function InboxScreen() {
  const view = viewOf(useParams({ from: '/inbox/$view' }).view);
  const search = useSearch({ from: '/inbox/$view' });
  const navigate = useNavigate();
  const [drawer, setDrawer] = useState<DrawerName>(null);
  useTitle(search.ticket ?? t(`desk.view.${view}`));
  const { ticket, ...filters } = search;
  const filterKey = JSON.stringify(filters);
  const query = useMemo(() => queryOf(view, JSON.parse(filterKey) as InboxSearch), [view, filterKey]);
  const open = useCallback(
    (reference: string | undefined) => {
      setDrawer(null);
      void navigate({
        to: '/inbox/$view',
        params: { view },
        search: (before: InboxSearch) => ({ ...before, ticket: reference }),
      });
    },
    [navigate, view],
  );
  const classes = ['inbox', ticket ? 'has-ticket with-ctx' : ''].join(' ');
  return (
    <div
      className={classes}
      data-drawer={drawer ?? undefined}
      onKeyDown={(event) => event.key === 'Escape' && setDrawer(null)}
    >
      <ListPane key={view} view={view} query={query} search={search} onOpen={open} />
      {ticket ? (
        <Suspense fallback={<main className="conv" aria-busy="true" />}>
          <TicketPane key={ticket} ticket={ticket} onClose={() => open(undefined)} onDrawer={setDrawer} />
        </Suspense>
      ) : (
        <InboxEmpty onOpen={open} />
      )}
      <div className="scrim" onClick={() => setDrawer(null)} />
    </div>
  );
}
