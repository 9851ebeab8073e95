import { consumersOf, type NewEvent } from '@app/domain/events';

/** So many events are written out in the statement; more come as one JSON, which costs a tenth of a creation to take apart. */
const FEW = 6;
const TYPES = ['text', 'uuid', 'uuid', 'uuid', 'uuid', 'int', 'jsonb'];
const COLUMNS = ['type', 'hub_id', 'association_id', 'ticket_id', 'actor_id', 'entity_version', 'data'];

/** What tells statements apart that carry so many events: part of the name of a prepared statement. */
export function eventShape(count: number): string {
  return isFew(count) ? String(count) : 'many';
}

const isFew = (count: number): boolean => count > 0 && count <= FEW;

/**
 * The part of a statement that appends `count` events and their outbox rows; `first` is the number of its first parameter.
 * Shared by the flush before commit and by the hot statements that carry their events along.
 */
export function eventCtes(first: number, count: number): string {
  const given = isFew(count)
    ? `(values ${Array.from({ length: count }, (_, i) => writtenOut(first + 3 + i * TYPES.length)).join(', ')}) as x(${COLUMNS.join(', ')})`
    : `jsonb_to_recordset($${first + 3}::jsonb) as x(${COLUMNS.map((name, i) => `${name} ${TYPES[i]}`).join(', ')})`;
  return `
    new_event as (
      insert into event (at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data)
      select $${first}::timestamptz, x.type, x.hub_id, x.association_id, x.ticket_id, coalesce(x.actor_id, $${first + 1}::uuid), x.entity_version, x.data
      from ${given}
      returning id, type),
    new_outbox as (
      insert into outbox (event_id, consumer)
      select e.id, jsonb_array_elements_text($${first + 2}::jsonb -> e.type) from new_event e)`;
}

const writtenOut = (first: number): string => `(${TYPES.map((type, i) => `$${first + i}::${type}`).join(', ')})`;

/** The parameters that `eventCtes` expects for these events. */
export function eventValues(events: readonly NewEvent[], actorId: string | null, at: Date): unknown[] {
  const consumers = Object.fromEntries(events.map(({ type }) => [type, consumersOf(type)]));
  const told: unknown[] = [at, actorId, JSON.stringify(consumers)];
  if (isFew(events.length)) return told.concat(events.flatMap(rowOf));
  const rows = events.map((event) => Object.fromEntries(rowOf(event).map((value, i) => [COLUMNS[i], value])));
  return [...told, JSON.stringify(rows)];
}

function rowOf({ type, hubId, associationId, ticketId, actorId, entityVersion, data }: NewEvent): unknown[] {
  return [
    type,
    hubId ?? null,
    associationId ?? null,
    ticketId ?? null,
    actorId ?? null,
    entityVersion ?? null,
    data ?? {},
  ];
}
