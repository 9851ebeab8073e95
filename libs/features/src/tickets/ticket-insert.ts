import { eventCtes, eventShape } from '@app/db/event-log';
import { idempotencyCte } from './idempotency';
import { CLOCK_VALUES } from './ticket-create-rows';
import { CREATED_COLUMNS } from './ticket-row';

const TICKET_COLUMNS = [...CREATED_COLUMNS.map(([, column]) => column), 'created_by', 'follow_up_code_hash'];

const TICKET_AT = 1;
const MESSAGE_AT = TICKET_AT + TICKET_COLUMNS.length;
const VERSIONS_AT = MESSAGE_AT + 10;
const IDEMPOTENCY_AT = VERSIONS_AT + 2;
const CLOCKS_AT = IDEMPOTENCY_AT + 5;

const numbered = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');

/** Written out, because taking rows out of one JSON parameter costs a tenth of the whole creation. */
function clockCtes(count: number): string {
  if (count === 0) return '';
  const first = Array.from({ length: count }, (_, i) => CLOCKS_AT + i * CLOCK_VALUES);
  const clocks = first.map(
    (n) => `($${n}, $1, $3, $5, $${n + 1}, $${VERSIONS_AT}, $${VERSIONS_AT + 1}, ${numbered(n + 2, 4)}, 'running')`,
  );
  const deadlines = first.map((n) => `($${n}, $1, $3, $5, ${numbered(n + 6, 4)})`);
  return `
    new_clock as (
      insert into sla_clock (id, ticket_id, hub_id, association_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)
      values ${clocks.join(', ')}),
    new_deadline as (
      insert into deadline (clock_id, ticket_id, hub_id, association_id, kind, due_at, later_kinds, later_dues)
      values ${deadlines.join(', ')}),`;
}

const statements = new Map<string, string>();

/**
 * All rows of a creation in one statement: separate statements cost twice as much. A repeated Idempotency-Key makes
 * it fail; the caller then answers as the first time. Parameters: ticket, message, versions, idempotency, clocks, events.
 */
export function insertTicket(clocks: number, events: number): [name: string, text: string] {
  const name = `ticket-create:${clocks}:${eventShape(events)}`;
  const text = statements.get(name) ?? insertText(clocks, events);
  statements.set(name, text);
  return [name, text];
}

function insertText(clocks: number, events: number): string {
  return `
  with ${idempotencyCte(IDEMPOTENCY_AT)},
    new_ticket as (
      insert into ticket (${TICKET_COLUMNS.join(', ')}) values (${numbered(TICKET_AT, TICKET_COLUMNS.length)})),
    new_message as (
      insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, search, created_at)
      values ($${MESSAGE_AT}, $1, $3, $5, 'reply', ${numbered(MESSAGE_AT + 1, 7)}, array_to_tsvector(string_to_array($${MESSAGE_AT + 8}, ' ')), $${MESSAGE_AT + 9})),
    ${clockCtes(clocks)}
    ${eventCtes(CLOCKS_AT + clocks * CLOCK_VALUES, events)}
  select 1`;
}
