import { Link } from '@tanstack/react-router';
import { memo, type CSSProperties } from 'react';
import { UserLine } from '@app/ui/bidi';
import { useNow } from '@app/ui/clock';
import { shortDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { SlaChip } from '@app/ui/sla-chip';
import type { SlaClock } from '@app/ui/sla-state';
import type { TicketSummary } from '../data/queries';
import { Avatar } from '../ui/avatar';
import { ChannelIcon } from '../ui/channel-icon';
import { nameOf } from '../ui/names';
import { When } from '../ui/when';
import type { Viewer } from '@app/contract/realtime';
import type { InboxSearch } from './inbox-search';
import { isOurs, nearestClock, whoMoves } from './who-moves';
import { Reference } from '../ui/reference';

export interface TicketRowProps {
  row: TicketSummary;
  at: number;
  size: number;
  view: string;
  isOpen: boolean;
  isCursor: boolean;
  isPicked: boolean;
  /** Selecting is under way: the box shows instead of the channel. */
  picking: boolean;
  hasDraft: boolean;
  viewers: readonly Viewer[];
  style: CSSProperties;
  onPick: (id: string, range: boolean) => void;
}

/** Who the ticket is from, in the language of the screen. */
export function fromOf(row: TicketSummary): string {
  if (row.association) return nameOf(row.association);
  return row.requester?.name ?? t('desk.row.anonymous');
}

/** One ticket in 84 px: time, who, what, whose move. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const { row, at, size, view, isOpen, isCursor, style } = props;
  const clock = nearestClock(row);
  const classes = ['lr', isOurs(row) ? 'un' : '', isOpen ? 'on' : '', isCursor ? 'at-cursor' : ''];
  return (
    <div
      role="listitem"
      aria-setsize={size}
      aria-posinset={at + 1}
      className={classes.filter(Boolean).join(' ')}
      style={style}
    >
      <span className="tc">
        <span>{clock && <RowChip clock={clock} since={row.updatedAt} />}</span>
        <RowStart {...props} />
      </span>
      <Link
        to="/inbox/$view"
        params={{ view }}
        search={(before: InboxSearch) => ({ ...before, ticket: row.reference })}
        className="cover who"
        id={`row-${row.id}`}
        tabIndex={isCursor ? 0 : -1}
        aria-current={isOpen || undefined}
      >
        <UserLine text={fromOf(row)} cut className="ell" />
        <span className="at">
          <When at={row.updatedAt} />
        </span>
      </Link>
      <UserLine text={row.subject} cut className="ell sub" />
      <RowEnd {...props} />
    </div>
  );
});

/** A clock that stands still says for how long: that is what one looks for in a list. */
function RowChip({ clock, since }: { clock: SlaClock; since: string }) {
  const now = useNow();
  return <SlaChip clock={clock} pausedText={shortDuration(Math.max(0, now - Date.parse(since)))} />;
}

function RowStart({ row, isPicked, picking, onPick }: TicketRowProps) {
  return (
    <span className={picking ? 'ch picking' : 'ch'}>
      <span className="pick">
        <input
          type="checkbox"
          className="cb"
          tabIndex={-1}
          checked={isPicked}
          aria-label={t('desk.list.pick', { reference: row.reference })}
          onClick={(event) => onPick(row.id, event.shiftKey)}
          onChange={() => undefined}
        />
      </span>
      <ChannelIcon channel={row.channel} />
    </span>
  );
}

function RowEnd({ row, hasDraft, viewers }: TicketRowProps) {
  return (
    <span className="meta">
      <Reference of={row.reference} className="nw" />
      <span aria-hidden>·</span>
      {hasDraft ? <span className="draft">{t('desk.row.draft')}</span> : <span className="ell">{whoMoves(row)}</span>}
      <span className="end stack">
        {viewers.slice(0, 2).map((one) => (
          <Avatar key={one.accountId} id={one.accountId} name={one.name} size={20} />
        ))}
      </span>
    </span>
  );
}
