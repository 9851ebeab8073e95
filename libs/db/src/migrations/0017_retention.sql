-- What is done is kept for a while and then deleted in small batches. The log itself is never shortened: history, seals, figures and
-- verify are computed from it, and people's words and contacts are not in it.
grant delete on outbox, idempotency to sanad_system;
create index idempotency_age on idempotency (created_at);
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
alter table deadline set (autovacuum_vacuum_scale_factor = 0.05);
