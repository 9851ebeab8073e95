-- What waits for those who take many rows at once, in the order of the log: a batch reads as many rows as it takes, however many wait.
create index outbox_batches on outbox (consumer, event_id) where done_at is null and dead_at is null and consumer in ('ladder', 'notice');
