import { consumersOf, type NewEvent } from '@app/domain/events';

/**
 * The part of a statement that appends events and their outbox rows; `$first` is the number of its first parameter.
 * Shared by the flush before commit and by the hot statements that carry their events along.
 */
export function eventCtes(first: number): string {
  return `
    new_event as (
      insert into event (at, type, hub_id, association_id, ticket_id, actor_id, entity_version, data)
      select $${first}::timestamptz, x.type, x.hub_id, x.association_id, x.ticket_id, coalesce(x.actor_id, $${first + 1}::uuid), x.entity_version, coalesce(x.data, '{}')
      from jsonb_to_recordset($${first + 2}::jsonb) as x(type text, hub_id uuid, association_id uuid, ticket_id uuid, actor_id uuid, entity_version int, data jsonb)
      returning id, type),
    new_outbox as (
      insert into outbox (event_id, consumer)
      select e.id, jsonb_array_elements_text($${first + 3}::jsonb -> e.type) from new_event e)`;
}

/** The four parameters that `eventCtes` expects. */
export function eventValues(events: readonly NewEvent[], actorId: string | null, at: Date): unknown[] {
  const consumers: Record<string, readonly string[]> = {};
  const rows = events.map((event) => {
    consumers[event.type] = consumersOf(event.type);
    return {
      type: event.type,
      hub_id: event.hubId ?? null,
      association_id: event.associationId ?? null,
      ticket_id: event.ticketId ?? null,
      actor_id: event.actorId ?? null,
      entity_version: event.entityVersion ?? null,
      data: event.data ?? {},
    };
  });
  return [at, actorId, JSON.stringify(rows), JSON.stringify(consumers)];
}

export const FLUSH_EVENTS = `with ${eventCtes(1)} select 1`;
