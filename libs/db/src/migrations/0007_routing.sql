-- Routing that people change: published rule sets, overflow from queue to queue, and why waiting work waits.

-- What waits too long in a queue goes over to another one of the hub; chains have no loop, which the rules see to.
alter table queue
  add column overflow_code text,
  add column overflow_after_seconds int check (overflow_after_seconds between 60 and 604800),
  add check (overflow_code <> code),
  add check ((overflow_code is null) = (overflow_after_seconds is null)),
  add foreign key (hub_id, overflow_code) references queue (hub_id, code);

-- Every published set of rules, whole: an event names rule and version, and its words are found again.
create table routing_rule_set (
  hub_id uuid not null references hub,
  version int not null check (version > 1),
  rules jsonb not null,
  published_by uuid references account,
  published_at timestamptz not null,
  primary key (hub_id, version)
);

-- A hub never handles a case about the association that manages it.
alter table hub add column if not exists managing_association_id uuid;

-- The skills of an agent are changed as one list.
alter table agent_skill add column version int not null default 1;
alter table presence_reason add column version int not null default 1;

-- Null while nothing has been found out.
alter table work_item
  add column why_waiting text check (why_waiting in ('nobody_present', 'all_busy', 'missing_skill', 'in_conflict', 'after_refusal', 'kept_for_agent')),
  add column missing_skills text[] not null default '{}';

-- The wall counts by queue and language without opening the fold of each ticket; late outranks at risk.
alter table live_ticket
  add column late boolean generated always as (jsonb_path_exists(state, '$.clocks.* ? (@ == "breached")')) stored,
  add column at_risk boolean generated always as (
    jsonb_path_exists(state, '$.clocks.* ? (@ == "warned")') and not jsonb_path_exists(state, '$.clocks.* ? (@ == "breached")')) stored;

create index live_ticket_hub on live_ticket (hub_id);

alter table routing_rule_set enable row level security;
alter table routing_rule_set force row level security;
create policy owner_rows on routing_rule_set to sanad_owner using (true) with check (true);
create policy system_rows on routing_rule_set to sanad_system using (true) with check (true);
create policy hub_rows on routing_rule_set for select to sanad_hub using (hub_id = nullif(current_setting('app.hub_id', true), '')::uuid);
create policy national_rows on routing_rule_set for select to sanad_national using (true);

-- What people may change is asked of the rules first, which know hub and role; they write as the system.
grant select on routing_rule_set to sanad_hub, sanad_national;
grant select, insert on routing_rule_set to sanad_system;
grant insert, update, delete on routing_rule to sanad_system;
grant insert, update on queue, presence_reason, setting to sanad_system;
grant delete on agent_skill to sanad_system;
