-- The audit log. A supervisor reads the events of the hub; the programme those of how it is run, never one of a ticket or an association.
drop policy national_numbers on event;
create policy national_rows on event for select to sanad_national using (ticket_id is null and association_id is null);
grant select on event to sanad_national;

-- What the programme reads is few among many; everything else costs one look at its type.
create index event_administration on event (id desc)
  where ticket_id is null and association_id is null
    and type not in ('notification.created', 'mail.queued', 'mail.sent', 'presence.changed', 'session.opened', 'session.closed');

-- Which seal covers an event, and from where in the log a period begins.
create index event_seal_place on event_seal (up_to_xid, up_to_id);
create index event_seal_time on event_seal (sealed_at);
-- What was given up waits for a person.
create index outbox_dead on outbox (dead_at) where dead_at is not null;
