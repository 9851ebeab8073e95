-- The answer kept for a repeated request is a little longer than what PostgreSQL stores as it is; compressing it was two per cent of a creation.
alter table idempotency set (toast_tuple_target = 8160);
