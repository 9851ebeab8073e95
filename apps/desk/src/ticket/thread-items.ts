import { localTime } from '@app/ui/dates';
import type { HistoryEntry, Message } from '../data/queries';

export type ThreadItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'events'; key: string; events: HistoryEntry[] };

/** Said by the messages themselves, or of no use between them. */
const SILENT = new Set(['ticket.replied', 'ticket.asked-again', 'ticket.noted', 'ticket.read', 'ticket.created']);

/**
 * Messages in order, days between them, and what happened between two messages folded into one line.
 * Pure: the same input gives the same keys, so that nothing folds back when one more arrives.
 */
export function threadItems(messages: readonly Message[], events: readonly HistoryEntry[]): ThreadItem[] {
  const told = events.filter((event) => !SILENT.has(event.type));
  const line: ThreadItem[] = [];
  let at = 0;
  let day = NaN;
  const flush = (until: number) => {
    const group: HistoryEntry[] = [];
    while (at < told.length && Date.parse(told[at].at) < until) group.push(told[at++]);
    if (group.length > 0) line.push({ kind: 'events', key: `events-${group[0].id}`, events: group });
  };
  for (const message of messages) {
    flush(Date.parse(message.createdAt));
    const { dayNumber } = localTime(message.createdAt);
    if (dayNumber !== day) line.push({ kind: 'day', key: `day-${dayNumber}`, at: message.createdAt });
    day = dayNumber;
    line.push({ kind: 'message', key: message.id, message });
  }
  flush(Infinity);
  return line;
}
