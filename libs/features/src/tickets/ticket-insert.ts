import { eventCtes } from '@app/db/event-log';
import { idempotencyCte } from './idempotency';
import { CREATED_COLUMNS } from './ticket-row';

const TICKET_COLUMNS = [...CREATED_COLUMNS.map(([, column]) => column), 'created_by', 'follow_up_code_hash'];

const TICKET_AT = 1;
const MESSAGE_AT = TICKET_AT + TICKET_COLUMNS.length;
const VERSIONS_AT = MESSAGE_AT + 10;
const CLOCKS_AT = VERSIONS_AT + 2;
const EVENTS_AT = CLOCKS_AT + 1;
const IDEMPOTENCY_AT = EVENTS_AT + 4;

const numbered = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');

const CLOCK_ROWS = `
    clock as materialized (
      select * from jsonb_to_recordset($${CLOCKS_AT}::jsonb) as x(id uuid, metric text, time text, target_minutes int, started_at timestamptz, due_at timestamptz,
        kind text, step_at timestamptz, later_kinds text[], later_dues timestamptz[])),
    new_clock as (
      insert into sla_clock (id, ticket_id, hub_id, association_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)
      select id, $1, $3, $5, metric, $${VERSIONS_AT}, $${VERSIONS_AT + 1}, time, target_minutes, started_at, due_at, 'running' from clock),
    new_deadline as (
      insert into deadline (clock_id, ticket_id, hub_id, association_id, kind, due_at, later_kinds, later_dues)
      select id, $1, $3, $5, kind, step_at, later_kinds, later_dues from clock)`;

/**
 * All rows of a creation in one statement: separate statements cost twice as much. A repeated Idempotency-Key makes
 * it fail; the caller then answers as the first time.
 */
export const INSERT_TICKET = `
  with ${idempotencyCte(IDEMPOTENCY_AT)},
    new_ticket as (
      insert into ticket (${TICKET_COLUMNS.join(', ')}) values (${numbered(TICKET_AT, TICKET_COLUMNS.length)})),
    new_message as (
      insert into message (id, ticket_id, hub_id, association_id, kind, author_id, author_kind, author_name, channel, language, direction, body, search, created_at)
      values ($${MESSAGE_AT}, $1, $3, $5, 'reply', ${numbered(MESSAGE_AT + 1, 7)}, array_to_tsvector(string_to_array($${MESSAGE_AT + 8}, ' ')), $${MESSAGE_AT + 9})),
    ${CLOCK_ROWS},
    ${eventCtes(EVENTS_AT)}
  select 1`;
