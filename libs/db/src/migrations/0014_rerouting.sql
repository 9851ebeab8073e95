-- What waits follows the rules that were published: from those of before to those of now, ticket by ticket in the order of their ids.
-- Sets of before this have nothing to follow.
alter table routing_rule_set
  add replaced jsonb,
  add cursor uuid not null default '00000000-0000-0000-0000-000000000000',
  add rerouted int not null default 0,
  add done_at timestamptz;
create index routing_rule_set_waiting on routing_rule_set (published_at) where done_at is null and replaced is not null;
grant update (cursor, rerouted, done_at) on routing_rule_set to sanad_system;
