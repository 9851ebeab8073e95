import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { eventsQuery, messagesQuery, type HistoryEntry, type Message, type Ticket } from '../data/queries';
import { useMay, useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { MessageBlock } from './message-block';
import { threadItems } from './thread-items';

const NEAR_END = 120;
const NONE: readonly Message[] = [];

/** The conversation. It stays where it is read, unless the end is in sight. */
export function Thread({ ticket, address }: { ticket: Ticket; address: string }) {
  const messages = useQuery(messagesQuery(address));
  const events = useQuery(eventsQuery(address));
  const box = useRef<HTMLDivElement | null>(null);
  const atEnd = useRef(true);
  const items = useMemo(
    () => threadItems(messages.data?.items ?? [], events.data?.items ?? []),
    [messages.data, events.data],
  );
  const count = messages.data?.items.length ?? 0;
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [count, items.length]);
  const announced = useAnnouncement(count);
  useMentionsRead(ticket.id, messages.data?.items ?? NONE);
  return (
    <div
      className="thread"
      ref={box}
      role="log"
      aria-live="off"
      aria-label={t('desk.thread.label')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {messages.error && (
        <p className="alert warn" role="alert">
          {problemText(messages.error)}
        </p>
      )}
      {items.map((item) => {
        if (item.kind === 'day') {
          return (
            <div key={item.key} className="day">
              <DateTime at={item.at} style="long" />
            </div>
          );
        }
        if (item.kind === 'events') return <EventGroup key={item.key} events={item.events} />;
        return <MessageBlock key={item.key} message={item.message} ticket={ticket} />;
      })}
      <span className="sr" role="status">
        {announced}
      </span>
    </div>
  );
}

/** Notes that call this person are read once they are on the screen. */
function useMentionsRead(ticketId: string, messages: readonly Message[]): void {
  const client = useQueryClient();
  const may = useMay();
  const { accountId } = useMe();
  const isCalled = may('views:use') && messages.some((one) => one.mentions.includes(accountId));
  useEffect(() => {
    if (!isCalled) return;
    const read = call(api.POST('/api/v1/tickets/{ticket}/mentions/read', { params: { path: { ticket: ticketId } } }));
    void read.then(
      ({ read: n }) => {
        if (n > 0) void client.invalidateQueries({ queryKey: ['counts'] });
      },
      () => undefined,
    );
  }, [client, isCalled, ticketId]);
}

/** A message that comes in while the ticket is open is said politely, not those that were there. */
function useAnnouncement(count: number): string {
  const [said, setSaid] = useState('');
  const before = useRef(0);
  useEffect(() => {
    if (before.current > 0 && count > before.current) setSaid(t('desk.thread.arrived', { n: count - before.current }));
    before.current = count;
  }, [count]);
  return said;
}

/** `3 changements · …`, unfolded when asked for. */
function EventGroup({ events }: { events: HistoryEntry[] }) {
  const [open, setOpen] = useState(false);
  const last = events[events.length - 1];
  return (
    <div>
      <button type="button" className="ev" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon of={IconChevronRight} size={14} flip />
        <span className="nw">{t('desk.thread.changes', { n: events.length })}</span>
        {!open && <span className="ell">{eventText(last)}</span>}
      </button>
      {open && (
        <ul className="evs">
          {events.map((event) => (
            <li key={event.id} className="row">
              <DateTime at={event.atLocal} style="time" />
              <span>{eventText(event)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function eventText({ text }: HistoryEntry): string {
  return screenLocale() === 'ar' ? text.ar : text.fr;
}
