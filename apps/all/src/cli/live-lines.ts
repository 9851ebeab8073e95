import type { Presence } from '@app/contract/realtime';
import { toLocalIso } from '@app/domain/zone';
import type { Message, Ticket, TicketLine } from './live-api';

const [ISOLATE, END_ISOLATE] = ['\u2068', '\u2069'];

/** Text of people for a terminal: its direction cannot spill over, and it cannot steer the terminal. */
export function isolated(text: string): string {
  return ISOLATE + text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ') + END_ISOLATE;
}

export function localTime(instant: string | Date): string {
  return toLocalIso(new Date(instant)).slice(11, 19);
}

export function pokeLine(at: string, type: string, about: string): string {
  return [localTime(at), type.padEnd(21), about].join('  ').trimEnd();
}

export function ticketLine(ticket: TicketLine): string {
  const { reference, status, assignee, subject } = ticket;
  const whose = assignee ? isolated(assignee.name) : '–';
  return [reference, status.padEnd(8), dueOf(ticket).padEnd(24), whose, isolated(subject)].join('  ');
}

/** The whole ticket with what was said. */
export function ticketPage(ticket: Ticket, messages: readonly Message[]): string {
  const promise = Object.entries(ticket.promise).map(
    ([name, clock]) => `  ${name}: ${clock ? `${clock.state}${clock.dueLocal ? `, due ${clock.dueLocal}` : ''}` : '–'}`,
  );
  const said = messages.map(
    ({ kind, authorName, createdAt, body }) =>
      `  [${toLocalIso(new Date(createdAt))}] ${kind}, ${isolated(authorName)}\n${body.split('\n').map(indented).join('\n')}`,
  );
  return [ticketLine(ticket), ...promise, ...said].join('\n');
}

export function presenceLine(reference: string, { viewers, writers }: Presence): string {
  const names = (people: Presence['viewers']): string =>
    people.map(({ name }) => isolated(name)).join(', ') || 'nobody';
  return `          ${reference}  looking: ${names(viewers)}; writing: ${names(writers)}`;
}

function dueOf({ nextDueLocal }: TicketLine): string {
  return nextDueLocal ? `due ${nextDueLocal.slice(0, 16)}` : 'nothing due';
}

function indented(line: string): string {
  return `    ${isolated(line)}`;
}
