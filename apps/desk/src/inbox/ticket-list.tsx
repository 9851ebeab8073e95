import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type RefObject } from 'react';
import { t } from '@app/ui/i18n';
import { others } from '../data/others-store';
import { useStore } from '../data/store';
import type { TicketSummary } from '../data/queries';
import { drafts } from '../composer/draft-marks';
import { useMe } from '../session/me';
import { TicketRow } from './ticket-row';

const ROW = 84;
const AHEAD = 8;

export interface TicketListProps {
  rows: readonly TicketSummary[];
  hasMore: boolean;
  loadMore: () => void;
  view: string;
  openTicket: string | undefined;
  cursor: number;
  picked: ReadonlySet<string>;
  onPick: (id: string, range: boolean) => void;
  scroller: RefObject<HTMLDivElement | null>;
}

/** Ten thousand rows, some twenty in the page. */
export function TicketList(props: TicketListProps) {
  const { rows, hasMore, loadMore, view, openTicket, cursor, picked, onPick, scroller } = props;
  const seen = useStore(others);
  const marks = useStore(drafts);
  const { accountId } = useMe();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: AHEAD,
    getItemKey: (at) => rows[at].id,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - 2 * AHEAD) loadMore();
  }, [hasMore, last, loadMore, rows.length]);
  const moved = useRef(cursor);
  useEffect(() => {
    if (moved.current === cursor) return;
    moved.current = cursor;
    virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, virtual]);
  const active = Math.min(cursor, rows.length - 1);
  return (
    <div className="rows" ref={scroller} role="list" aria-label={t('desk.list.label')}>
      <div role="presentation" style={{ blockSize: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <TicketRow
              key={item.key}
              row={row}
              at={item.index}
              size={hasMore ? -1 : rows.length}
              view={view}
              isOpen={openTicket === row.reference || openTicket === row.id}
              isCursor={item.index === active}
              isPicked={picked.has(row.id)}
              picking={picked.size > 0}
              hasDraft={marks.has(row.id)}
              viewers={(seen.get(row.id)?.viewers ?? NOBODY).filter((one) => one.accountId !== accountId)}
              style={{ transform: `translateY(${item.start}px)` }}
              onPick={onPick}
            />
          );
        })}
      </div>
    </div>
  );
}

const NOBODY: readonly never[] = [];
